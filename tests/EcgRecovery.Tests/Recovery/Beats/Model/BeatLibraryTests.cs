using EcgRecovery.Neural.Networks;
using EcgRecovery.Recovery.Beats;
using EcgRecovery.Recovery.Beats.Model;

namespace EcgRecovery.Tests.Recovery.Beats.Model;

public sealed class BeatLibraryTests
{
    [Fact]
    public void Comes_back_from_a_file_as_it_was()
    {
        var set = SyntheticBeats.Make(30);
        var library = BeatLibrary.Thin(set, 20);
        var tensor = library.ToTensor("library");
        Assert.Equal([20, 187], tensor.Shape);
        Assert.Equal(TensorType.U8, tensor.Type);
        Assert.Equal(library.Beats.Samples, BeatLibrary.FromTensor(tensor).Beats.Samples);
        var rows = EvenRows.Of(30, 20);
        for (var i = 0; i < 20; i++)
            Assert.All(library.Beats[i].ToArray().Zip(set[rows[i]].ToArray()), pair => Assert.Equal(pair.Second, pair.First, 0.501f / 255));
    }
}
