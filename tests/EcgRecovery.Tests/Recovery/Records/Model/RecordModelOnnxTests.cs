using EcgRecovery.Neural;
using EcgRecovery.Recovery.Records.Model;
using EcgRecovery.Recovery.Records.Training;

namespace EcgRecovery.Tests.Recovery.Records.Model;

/// <summary>The exported networks of the record model, computed by ONNX Runtime.</summary>
public class RecordModelOnnxTests
{
    private const int Changes = 5;

    // Gaps of the demo's recording, as for training: each as it is, and changed in polarity, amplitude and speed.
    [Fact]
    public void The_networks_are_those_of_the_engine()
    {
        var file = RecordModelFile.Shipped;
        using var session = Session(file);
        Assert.Equal(("x [B, T, 70]", "y [B, T, 28]"), (session.Inputs, session.Outputs));
        NetworkPredictor[] members = [.. file.Members.Select(weights => new NetworkPredictor(file.Card.Network, weights, 2))];
        var random = new SeededRandom(17);
        OnnxDifference used = new("record, cells of the gap", 1e-6), unused = new("record, cells around it", 1e-5);
        var outputs = file.Card.Network.OutputCount / CellGrid.Fold;
        foreach (var alike in Gaps(1000 / Changes).GroupBy(gap => gap.Cells.Steps))
        {
            var (rows, steps) = (alike.Count() * Changes, alike.Key);
            var input = new float[rows * steps * GapChannels.Inputs];
            foreach (var (i, gap) in alike.SelectMany(gap => Enumerable.Repeat(gap, Changes)).Index())
            {
                var change = i % Changes == 0 ? GapAugmentation.None : GapAugmentation.Draw(random);
                change.WriteInput(gap, input.AsSpan(i * steps * GapChannels.Inputs, steps * GapChannels.Inputs));
            }

            float[] mean = new float[rows * steps * file.Card.Network.OutputCount], output = new float[mean.Length];
            foreach (var member in members)
            {
                member.Predict(input, rows, steps, output);
                for (var i = 0; i < mean.Length; i++)
                    mean[i] += output[i] / members.Length;
            }

            var runtime = session.Run("y", input, rows, steps);
            var gaps = alike.Select(gap => gap.Cells).ToArray();
            for (var i = 0; i < mean.Length; i++)
            {
                var (gap, cell) = (gaps[i / (Changes * steps * CellGrid.Fold * outputs)], i / outputs % (steps * CellGrid.Fold));
                var difference = cell >= gap.Before && cell < gap.Before + gap.Inside ? used : unused;
                difference.Add(mean[i], runtime[i]);
            }
        }

        Array.ForEach(members, member => member.Dispose());
        used.AssertSmall(1000 * outputs);
        unused.AssertSmall(1000 * outputs);
    }

    [Fact]
    public void The_metadata_are_the_card_and_say_how_to_use_the_graph()
    {
        var card = RecordModelFile.Shipped.Card;
        using var session = Session(RecordModelFile.Shipped);
        foreach (var (key, value) in card.ToMetadata())
            Assert.Equal(value, session.Metadata[key]);
        Assert.StartsWith("x [B, T, 70]: per time step 4 cells of 1/120 s", session.Metadata["input"], StringComparison.Ordinal);
        Assert.StartsWith("y [B, T, 28]: ", session.Metadata["output"], StringComparison.Ordinal);
        Assert.Contains("m + s·r", session.Metadata["around"], StringComparison.Ordinal);
    }

    private static OnnxSession Session(RecordModelFile file)
    {
        using var stream = new MemoryStream();
        RecordModelOnnx.Of(file).Write(stream);
        return new OnnxSession(stream.ToArray());
    }

    private static List<TrainingGap> Gaps(int count)
    {
        var cutter = new GapCutter(new GapEvidenceFinder(GapEvidenceFinder.Settings), seed: 1);
        float[][] leads = [DemoRecording.MilliVolts()];
        var gaps = new List<TrainingGap>();
        for (var round = 0; gaps.Count < count; round++)
        {
            Assert.True(round < 20, $"{gaps.Count} gaps in {round} rounds");
            gaps.AddRange(cutter.Cut(0, "208", leads, DemoRecording.FrequencyHz, round, 2, TestContext.Current.CancellationToken));
        }

        return gaps;
    }
}
