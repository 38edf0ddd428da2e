using EcgRecovery.Records;
using EcgRecovery.Recovery.Records;
using EcgRecovery.Recovery.Records.Methods;
using EcgRecovery.Tests.Beats;

namespace EcgRecovery.Tests.Recovery.Records.Methods;

/// <summary>The methods that need beats, and their parts.</summary>
public class BeatMethodTests
{
    private const double Hz = 250;

    // R peaks 0.8 s = 200 samples apart, from sample 100 on; three of them are lost.
    private static readonly SampleSpan Gap = new(2350, 3000);

    // By hand. Beats 0 2 4 2 | and 1 1 3 3 | of 4 samples, then 0: at phases 0, ½ and 1 they are 0 4 1 and 1 3 0; without their means
    // 5/3 and 4/3: −5/3 7/3 −2/3 and −1/3 5/3 −4/3.
    [Fact]
    public void A_mean_cycle_is_worked_by_hand()
    {
        var cycle = new MeanCycle([0, 2, 4, 2, 1, 1, 3, 3, 0], [new SampleSpan(0, 4), new SampleSpan(4, 8)], 2);
        Assert.Equal(-1, cycle.At(0), 1e-14);
        Assert.Equal(0.5, cycle.At(0.25), 1e-14);
        Assert.Equal(2, cycle.At(0.5), 1e-14);
        Assert.Equal(-1, cycle.At(1), 1e-14);
    }

    [Fact]
    public void Beats_lie_evenly_in_the_gap_and_go_on_beyond_the_last_peak()
    {
        var lead = Broken();
        var phases = new BeatPhases(lead, Gap, Gap, 210);
        Assert.Equal(2300, lead.RPeaks.Last(peak => peak < Gap.Start));
        Assert.Equal(3100, lead.RPeaks.First(peak => peak >= Gap.End));
        for (var t = Gap.Start; t < Gap.End; t++)
            Assert.Equal((t - 2300) % 200 / 200.0, phases.At(t), 1e-12);

        var atTheEnd = new LeadSignal(Broken().Samples[..2500].ToArray(), Hz);
        phases = new BeatPhases(atTheEnd, new SampleSpan(2350, 2500), new SampleSpan(2350, 3000), 240);
        Assert.Equal(0.25, phases.At(2300 + 240 + 60), 1e-12);
    }

    [Fact]
    public void Whole_beats_are_the_nearest_without_a_missing_sample()
    {
        var near = WholeBeats.Near(Broken(), Gap);
        Assert.Equal(200, near.MedianInterval);
        Assert.Equal(32, near.Beats.Count);
        Assert.Equal(new SampleSpan(2100, 2300), near.Beats[0]);
        Assert.DoesNotContain(near.Beats, beat => !beat.Intersect(Gap).IsEmpty);
    }

    [Theory]
    [InlineData("mean-beat")]
    [InlineData("low-rank")]
    public void Equal_beats_are_recovered_within_the_noise(string name)
    {
        var truth = Regular();
        var filled = Fill(name, Broken(), [Gap], out _);
        for (var t = Gap.Start; t < Gap.End; t++)
            Assert.Equal(truth[t], filled[t], 0.06f);
    }

    [Theory]
    [InlineData("mean-beat", "too few beats near it")]
    [InlineData("low-rank", "no beat near it")]
    public void Without_beats_a_gap_is_left(string name, string reason)
    {
        var samples = Enumerable.Repeat(1f, 1000).ToArray();
        samples.AsSpan(500, 50).Fill(float.NaN);
        Fill(name, new LeadSignal(samples, Hz), [new SampleSpan(500, 550)], out var outcomes);
        Assert.Equal([GapOutcome.Left(reason)], outcomes);
    }

    [Theory]
    [InlineData("mean-beat")]
    [InlineData("low-rank")]
    public void With_three_beats_a_gap_is_left(string name)
    {
        var samples = Regular()[..700];
        samples.AsSpan(620, 30).Fill(float.NaN);
        Fill(name, new LeadSignal(samples, Hz), [new SampleSpan(620, 650)], out var outcomes);
        Assert.Equal([GapOutcome.Left("too few beats near it")], outcomes);
    }

    [Fact]
    public void A_gap_far_longer_than_a_matrix_is_left()
    {
        var samples = new SyntheticLead(2000, 20, [.. Enumerable.Range(0, 24).Select(i => 0.4 + (0.8 * i))]).MilliVolts;
        var gap = new SampleSpan(20_000, 36_000);
        samples.AsSpan(gap.ToRange()).Fill(float.NaN);
        Fill("low-rank", new LeadSignal(samples, 2000), [gap], out var outcomes);
        Assert.Equal([GapOutcome.Left("too long for a matrix")], outcomes);
    }

    /// <summary>Equal beats and noise within ± 0.01 mV: the lead without its wander.</summary>
    private static float[] Regular() =>
    [
        .. new SyntheticLead(Hz, 60, [.. Enumerable.Range(0, 74).Select(i => 0.4 + (0.8 * i))]).MilliVolts
            .Select((value, t) => value - (0.3f * MathF.Sin(2 * MathF.PI * 0.25f * t / (float)Hz))),
    ];

    private static LeadSignal Broken()
    {
        var samples = Regular();
        samples.AsSpan(Gap.ToRange()).Fill(float.NaN);
        return new LeadSignal(samples, Hz);
    }

    private static float[] Fill(string name, LeadSignal lead, IReadOnlyList<SampleSpan> gaps, out IReadOnlyList<GapOutcome> outcomes)
    {
        using var method = RecoveryMethods.CreateForRecords(name);
        var filled = lead.Samples.ToArray();
        outcomes = method.Fill(lead, gaps, filled, CancellationToken.None);
        return filled;
    }
}
