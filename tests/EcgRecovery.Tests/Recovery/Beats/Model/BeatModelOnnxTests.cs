using EcgRecovery.Beats;
using EcgRecovery.Neural;
using EcgRecovery.Neural.Networks;
using EcgRecovery.Recovery.Beats.Model;
using EcgRecovery.Recovery.Training;

namespace EcgRecovery.Tests.Recovery.Beats.Model;

/// <summary>Exported beat models, computed by ONNX Runtime.</summary>
public class BeatModelOnnxTests
{
    private const int Length = HeartbeatSet.BeatLength;
    private const int Rows = 1000;
    private const int BatchRows = 250;

    [Fact]
    public void The_original_is_that_of_the_engine()
    {
        var file = BeatModelFile.ReadShipped("autoencoder");
        using var session = Session(file);
        Assert.Equal(("x [B, T, 1]", "y [B, T, 1]"), (session.Inputs, session.Outputs));
        var broken = BrokenBeats();
        var expected = new float[broken.Length];
        using var model = new BeatModel("autoencoder", file, 2);
        model.Estimate(broken, expected);
        var output = session.Run("y", broken, Rows, Length);
        var difference = new OnnxDifference("autoencoder", 1e-6);
        for (var i = 0; i < output.Length; i++)
            difference.Add(expected[i], output[i]);
        difference.AssertSmall(Rows * Length);
    }

    // Outputs of observed samples are not used. In the zeros after a beat's end a rounding error grows from step to step, in either
    // program (docs/onnx.md).
    [Fact]
    public void The_ensemble_is_that_of_the_engine()
    {
        var file = BeatModelFile.ReadShipped("beat");
        using var session = Session(file);
        Assert.Equal(("x [B, T, 9]", "y [B, T, 3]; library [12000, 187]"), (session.Inputs, session.Outputs));
        var broken = BrokenBeats();
        var recovered = new float[broken.Length];
        using (var model = new BeatModel("beat", file, 2))
            model.Recover(broken, recovered);

        var example = new EnsembleExample(file, broken);
        OnnxDifference filled = new("beat, estimates", 1e-6), bounds = new("beat, bounds", 1e-5), unused = new("beat, observed", 1e-4);
        for (var first = 0; first < Rows; first += BatchRows)
        {
            var expected = example.Mean(first, BatchRows);
            var output = session.Run("y", example.Input(first, BatchRows, seesLibrary: true), BatchRows, Length);
            for (var i = 0; i < output.Length; i++)
            {
                var sample = (first * Length) + (i / BeatChannels.Outputs);
                var isEstimate = i % BeatChannels.Outputs == 0;
                var difference = !float.IsNaN(broken[sample]) ? unused : isEstimate ? filled : bounds;
                difference.Add(expected[i], output[i]);
                if (!isEstimate || !float.IsNaN(broken[sample]))
                    continue;
                var highest = BeatChannels.LiesInPadding(broken.AsSpan(sample / Length * Length, Length)) ? 0 : 1;
                Assert.Equal(recovered[sample], Math.Clamp(output[i], 0, highest), 1e-6f);
            }
        }

        filled.AssertSmall(20 * Rows);
        bounds.AssertSmall(40 * Rows);
        unused.AssertSmall(300 * Rows);
    }

    [Theory]
    [InlineData(true, -1)]
    [InlineData(false, 0)]
    public void A_missing_sample_is_read_as_the_training_wrote_it(bool masked, float number)
    {
        using var session = Session(SmallModel.File(masked));
        Assert.Equal(session.Run("y", [0.5f, number, 0.25f], 1, 3), session.Run("y", [0.5f, float.NaN, 0.25f], 1, 3));
        Assert.Contains($"the graph reads it as {number}.", session.Metadata["input"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(EnsembleViews.Row, "x [B, T, 3]", "y [B, T, 3]")]
    [InlineData(EnsembleViews.Library, "x [B, T, 9]", "y [B, T, 3]; library [20, 187]")]
    [InlineData(EnsembleViews.Both, "x [B, T, 9]", "y [B, T, 3]; library [20, 187]")]
    public void Every_kind_of_ensemble_is_exported(object views, string inputs, string outputs)
    {
        var file = SmallEnsemble((EnsembleViews)views);
        using var session = Session(file);
        Assert.Equal((inputs, outputs), (session.Inputs, session.Outputs));
        const int rows = 20;
        var example = new EnsembleExample(file, BrokenBeats()[..(rows * Length)]);
        var output = session.Run("y", example.Input(0, rows, file.Card.Ensemble!.HasLibrary), rows, Length);
        var expected = example.Mean(0, rows);
        for (var i = 0; i < output.Length; i++)
            Assert.Equal(expected[i], output[i], 1e-6f);
        if (file.Card.Ensemble.HasLibrary)
        {
            var library = file.Weights.Single(tensor => tensor.Name == EnsembleTensors.Library).Values;
            Assert.Equal(library, session.Run<byte>("library", new float[9], 1, 1).Select(value => (float)value));
        }
    }

    [Fact]
    public void The_metadata_are_the_card_and_say_how_to_use_the_graph()
    {
        var file = BeatModelFile.ReadShipped("beat");
        using var session = Session(file);
        foreach (var (key, value) in file.Card.ToMetadata())
            Assert.Equal(value, session.Metadata[key]);
        Assert.StartsWith("x [B, T, 9]: ", session.Metadata["input"], StringComparison.Ordinal);
        Assert.StartsWith("y [B, T, 3]: ", session.Metadata["output"], StringComparison.Ordinal);
        Assert.Contains("max(e − l, 0.005)", session.Metadata["around"], StringComparison.Ordinal);
        Assert.Equal("EcgRecovery's model 'beat' of single heartbeats. Not for diagnosis.", session.Description);
    }

    private static OnnxSession Session(BeatModelFile file)
    {
        using var stream = new MemoryStream();
        BeatModelOnnx.Of(file).Write(stream);
        return new OnnxSession(stream.ToArray());
    }

    /// <summary>Returns beats of the demo's recording, [1000, 187]: 8 to 60 missing samples in each, which begin in the signal.</summary>
    private static float[] BrokenBeats()
    {
        var beats = DemoRecording.Beats();
        Assert.True(beats.Count > 300, $"{beats.Count} beats");
        var random = new SeededRandom(17);
        var broken = new float[Rows * Length];
        for (var row = 0; row < Rows; row++)
        {
            var beat = broken.AsSpan(row * Length, Length);
            beats[row % beats.Count].CopyTo(beat);
            var length = 8 + random.NextInt(53);
            var start = Math.Min(random.NextInt(beat.LastIndexOfAnyExcept(0f)), Length - length);
            beat.Slice(start, length).Fill(float.NaN);
        }

        return broken;
    }

    private static BeatModelFile SmallEnsemble(EnsembleViews views)
    {
        var ensemble = new EnsembleCard(3, views, 0.1, ["a", "b", "c"]);
        var network = new NetworkSpec(BeatChannels.Inputs(views.SeesLibrary(0)), [new(4, Bidirectional: true)], BeatChannels.Outputs);
        var card = new BeatModelCard("small", network, Masked: true) { Ensemble = ensemble };
        var members = Enumerable.Range(0, 3)
            .Select(member => NetworkInitializer.Initialize(views.NetworkOf(card.Network, member), (ulong)member + 1)).ToArray();
        var library = ensemble.HasLibrary ? BeatLibrary.Thin(DemoRecording.Beats(), 20) : null;
        return new BeatModelFile(card, EnsembleTensors.Join(members, library));
    }

    /// <summary>What an ensemble's networks see of beats with gaps, and the mean of what they return.</summary>
    private sealed class EnsembleExample
    {
        private readonly BeatModelFile _file;
        private readonly float[] _broken;
        private readonly BeatEvidence? _evidence;

        public EnsembleExample(BeatModelFile file, float[] broken)
        {
            (_file, _broken) = (file, broken);
            var card = file.Card.Ensemble!;
            if (!card.HasLibrary)
                return;
            var library = BeatLibrary.FromTensor(file.Weights.Single(tensor => tensor.Name == EnsembleTensors.Library));
            _evidence = new EvidenceFinder(library, card.Ridge, 2).Find(broken, excluded: null, TestContext.Current.CancellationToken);
        }

        public float[] Input(int first, int rows, bool seesLibrary)
        {
            var width = Length * BeatChannels.Inputs(seesLibrary);
            var input = new float[rows * width];
            var beat = new BeatExample();
            for (var i = 0; i < rows; i++)
            {
                var broken = _broken.AsSpan((first + i) * Length, Length);
                beat.Load(broken, broken, _evidence, first + i);
                BeatChannels.Write(beat, seesLibrary, input.AsSpan(i * width, width));
            }

            return input;
        }

        public float[] Mean(int first, int rows)
        {
            var ensemble = _file.Card.Ensemble!;
            float[] mean = new float[rows * Length * BeatChannels.Outputs], output = new float[mean.Length];
            for (var member = 0; member < ensemble.Members; member++)
            {
                var seesLibrary = ensemble.Views.SeesLibrary(member);
                using var predictor = new NetworkPredictor(
                    ensemble.Views.NetworkOf(_file.Card.Network, member), MemberTensors.Of(_file.Weights, member), 2);
                predictor.Predict(Input(first, rows, seesLibrary), rows, Length, output);
                for (var i = 0; i < mean.Length; i++)
                {
                    var start = seesLibrary ? _evidence!.Estimate[(first * Length) + (i / BeatChannels.Outputs)] : 0;
                    mean[i] += (start + output[i]) / ensemble.Members;
                }
            }

            return mean;
        }
    }
}
