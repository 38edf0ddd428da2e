using EcgRecovery.Neural;
using EcgRecovery.Recovery.Training;

namespace EcgRecovery.Tests.Recovery.Training;

public sealed class BeatPresetTests
{
    [Fact]
    public void The_autoencoder_is_the_original()
    {
        var network = BeatPreset.Find("autoencoder").Network;
        Assert.Equal(54_209, network.ParameterCount);
        Assert.Equal(1, network.InputCount);
        Assert.Equal([new LstmLayerSpec(64), new LstmLayerSpec(32), new LstmLayerSpec(64)], network.Layers);
        Assert.Equal(1, network.OutputCount);
    }

    [Fact]
    public void Names_the_presets_that_there_are()
    {
        var error = Assert.Throws<ArgumentException>(() => BeatPreset.Find("transformer"));
        Assert.Equal("There is no preset 'transformer'; expected one of autoencoder.", error.Message);
    }
}
