using EcgRecovery.Neural.Networks;
using EcgRecovery.Recovery.Beats.Training;

namespace EcgRecovery.Tests.Recovery.Beats.Training;

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
    public void Beat_is_an_ensemble_of_bidirectional_networks()
    {
        var preset = BeatPreset.Find("beat");
        Assert.True(preset.IsEnsemble);
        Assert.Equal([new LstmLayerSpec(64, Bidirectional: true), new LstmLayerSpec(64, Bidirectional: true)], preset.Network.Layers);
        // 2·4·64·(3 + 64 + 1) + 2·4·64·(128 + 64 + 1) + 3·(128 + 1)
        Assert.Equal(34_816 + 98_816 + 387, preset.Network.ParameterCount);
        Assert.Equal("beat", preset.Options.Preset);
        Assert.True(preset.Options.Masked);
    }

    [Fact]
    public void Names_the_presets_that_there_are()
    {
        var error = Assert.Throws<ArgumentException>(() => BeatPreset.Find("transformer"));
        Assert.Equal("There is no preset 'transformer'; expected one of autoencoder, beat.", error.Message);
    }
}
