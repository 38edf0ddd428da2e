using EcgRecovery.Recovery.Records;
using EcgRecovery.Signals;

namespace EcgRecovery.Tests.Recovery.Records.Methods;

/// <summary>Autoregressive continuations, cross-faded.</summary>
public class AutoregressiveMethodTests
{
    private const float N = float.NaN;

    // Independent: with burg of BurgTests, in Python
    //   def go(x, p, L): mu = mean(x); y = x - mu; a = burg(y, p); L times: y.append(-sum(a[k] * y[-1 - k] for k in range(p)))
    //   f = go(before, 4, 4); b = reversed(go(reversed(after), 4, 4)); f[t] + (b[t] - f[t]) * (t + 1) / 5
    [Fact]
    public void Fills_as_an_independent_implementation()
    {
        float[] lead = [0, 2, 3, 1, -2, -3, -1, 1, 3, 2, -1, -3, -2, 1, N, N, N, N, 2, 3, 1, -1, -2, -1, 2, 4, 2, 0, -2, -2];
        float[] expected = [2.341593273970727f, 0.7635790528885895f, -0.8127271506445654f, -0.1790434043786151f];
        var filled = Fill(lead, 12, out _);
        for (var t = 0; t < expected.Length; t++)
            Assert.Equal(expected[t], filled[14 + t], 1e-6f);
    }

    // At an end of the lead: the continuation from one side alone.
    [Fact]
    public void Is_the_continuation_from_one_side_at_the_ends()
    {
        float[] before = [0, 2, 3, 1, -2, -3, -1, 1, 3, 2, -1, -3, -2, 1];
        float[] expected = [3.019589949348864f, 2.2780275824830047f, -0.5390516953661486f, -2.7830846249898844f];
        var atTheEnd = Fill([.. before, N, N, N, N], 12, out _);
        var atTheStart = Fill([N, N, N, N, .. before.Reverse()], 12, out _);
        for (var t = 0; t < expected.Length; t++)
        {
            Assert.Equal(expected[t], atTheEnd[14 + t], 1e-6f);
            Assert.Equal(expected[t], atTheStart[3 - t], 1e-6f);
        }
    }

    [Fact]
    public void Too_few_samples_on_both_sides_are_a_reason()
    {
        Fill([1, 2, 3, N, 4, 5, N, 1], 100, out var outcomes);
        Assert.All(outcomes, outcome => Assert.Equal(GapOutcome.Left("too few samples beside it"), outcome));
    }

    private static float[] Fill(float[] lead, double samplingFrequencyHz, out IReadOnlyList<GapOutcome> outcomes)
    {
        using var method = RecoveryMethods.CreateForRecords("autoregressive");
        var filled = (float[])lead.Clone();
        outcomes = method.Fill(new LeadSignal(lead, samplingFrequencyHz), MissingRuns.Of<float>(lead), filled, CancellationToken.None);
        return filled;
    }
}
