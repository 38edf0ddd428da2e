using EcgRecovery.Neural.Networks;
using EcgRecovery.Recovery.Beats.Training;

namespace EcgRecovery.Tests.Recovery.Beats.Training;

public sealed class BeatPresetTests
{
    [Fact]
    public void The_autoencoder_is_the_original()
    {
        var network = BeatPreset.Find("autoencoder").Options.Network;
        Assert.Equal(54_209, network.ParameterCount);
        Assert.Equal(1, network.InputCount);
        Assert.Equal([new LstmLayerSpec(64), new LstmLayerSpec(32), new LstmLayerSpec(64)], network.Layers);
        Assert.Equal(1, network.OutputCount);
    }

    [Fact]
    public void Beat_is_an_ensemble_of_bidirectional_networks()
    {
        var options = Assert.IsType<BeatModelTraining>(BeatPreset.Find("beat").Options);
        Assert.Equal([new LstmLayerSpec(64, Bidirectional: true), new LstmLayerSpec(64, Bidirectional: true)], options.Network.Layers);
        // 2·4·64·(3 + 64 + 1) + 2·4·64·(128 + 64 + 1) + 3·(128 + 1)
        Assert.Equal(34_816 + 98_816 + 387, options.Network.ParameterCount);
        Assert.Equal("beat", options.Preset);
        Assert.True(options.HasGaps);
    }

    [Fact]
    public void Names_the_existing_presets()
    {
        var error = Assert.Throws<ArgumentException>(() => BeatPreset.Find("transformer"));
        Assert.Equal("There is no preset 'transformer'; expected one of autoencoder, beat.", error.Message);
    }
}
