using EcgRecovery.Neural;
using EcgRecovery.Recovery.Records.Model;
using EcgRecovery.Recovery.Records.Training;

namespace EcgRecovery.Tests.Recovery.Records.Training;

public sealed class GapAugmentationTests
{
    private const int Outputs = 3;
    private static readonly TrainingGap s_gap = SyntheticGap.Make(inside: 24);

    [Fact]
    public void No_change_gives_the_exact_cells_and_weights_of_a_mean_over_the_gap_in_millivolts()
    {
        var expected = new float[s_gap.Cells.Steps * GapChannels.Inputs];
        GapChannels.Write(s_gap.Cells, expected);
        Assert.Equal(expected, Input(GapAugmentation.None));
        // The general way gives the same, up to rounding.
        Assert.Equal(expected, Input(new GapAugmentation(1, 1, 1, 1 + 1e-7f)), (x, y) => Math.Abs(x - y) < 1e-3);

        var (target, weights) = Target(GapAugmentation.None);
        var inside = s_gap.Cells.Before * Outputs;
        Assert.Equal(s_gap.Residual.SelectMany(value => Enumerable.Repeat(value, Outputs)), target[inside..(inside + (24 * Outputs))]);
        Assert.All(target[..inside].Concat(target[(inside + (24 * Outputs))..]), value => Assert.Equal(0, value));
        var share = s_gap.Cells.Steps / 24f;
        Assert.Equal([0, share * 0.25f, share * 0.5f, share * 0.5f], weights[(inside - 1)..(inside + 3)]);
        Assert.Equal(24 * Outputs, weights.Count(weight => weight > 0));
    }

    [Fact]
    public void Polarity_and_amplitude_change_the_channels_that_have_them()
    {
        var plain = Input(GapAugmentation.None);
        var changed = Input(new GapAugmentation(-1, 1, 2, 1));
        for (var channel = 0; channel < GapChannels.Count; channel++)
        {
            var sign = GapChannels.WithPolarity.Contains(channel) ? -1 : 1;
            var factor = GapChannels.WithAmplitude.Contains(channel) ? 2 : 1;
            Assert.Equal(sign * factor * plain[channel], changed[channel], 1e-5);
        }

        var features = (CellGrid.Fold * GapChannels.Count)..GapChannels.Inputs;
        plain[features.Start.Value + GapChannels.ErrorFeature] += 0.25f; // the error doubles
        Assert.Equal(plain[features], changed[features], (x, y) => Math.Abs(x - y) < 1e-5);
        var other = Input(new GapAugmentation(1, -1, 1, 1));
        Assert.Equal(
            GapChannels.WithOtherPolarity,
            Enumerable.Range(0, GapChannels.Count).Where(channel => Math.Abs(plain[channel] - other[channel]) > 1e-5));
        var middle = (s_gap.Cells.Before + 12) * Outputs;
        Assert.Equal(-2 * Target(GapAugmentation.None).Target[middle], Target(new GapAugmentation(-1, 1, 2, 1)).Target[middle], 1e-5);
    }

    [Fact]
    public void A_stretch_makes_the_gap_shorter_about_its_middle_and_the_features_follow()
    {
        var change = new GapAugmentation(1, 1, 1, 1.2f);
        var weights = Target(change).Weights;
        var inside = Enumerable.Range(0, s_gap.Cells.Count).Where(c => weights[c * Outputs] > 0).ToList();
        Assert.Equal(20, inside.Count);
        Assert.Equal(s_gap.Cells.Before + 2, inside[0]);
        var features = Input(change)[(CellGrid.Fold * GapChannels.Count)..GapChannels.Inputs];
        var plain = s_gap.Cells.Features;
        Assert.Equal(plain[0] - (MathF.Log2(1.2f) / 2), features[0], 1e-5);
        Assert.Equal(plain[GapChannels.SpreadFeature] / 1.2f, features[GapChannels.SpreadFeature], 1e-5);
        Assert.Equal(plain[1..4], features[1..4]);
        Assert.Equal(plain[5..7], features[5..7]);
        Assert.Equal(((plain[7] + 0.8f) / 1.2f) - 0.8f, features[7], 1e-5);
        Assert.Equal(0, features[^1]); // an interval that is not known
    }

    [Fact]
    public void Changes_are_drawn_within_their_ranges()
    {
        var random = new SeededRandom(1);
        var drawn = Enumerable.Range(0, 1000).Select(_ => GapAugmentation.Draw(random)).ToList();
        Assert.InRange(drawn.Count(change => change.Polarity < 0), 400, 600);
        Assert.InRange(drawn.Count(change => change.Polarity != change.OtherPolarity), 400, 600);
        Assert.All(drawn, change => Assert.InRange(change.Stretch, 0.85f, 1.15f));
        Assert.InRange(drawn.Count(change => Math.Abs(Math.Log(change.Amplitude)) < 0.25), 620, 740);
    }

    private static float[] Input(GapAugmentation change)
    {
        var input = new float[s_gap.Cells.Steps * GapChannels.Inputs];
        change.WriteInput(s_gap, input);
        return input;
    }

    private static (float[] Target, float[] Weights) Target(GapAugmentation change)
    {
        var (target, weights) = (new float[s_gap.Cells.Count * Outputs], new float[s_gap.Cells.Count * Outputs]);
        change.WriteTarget(s_gap, target, weights, Outputs);
        return (target, weights);
    }
}
