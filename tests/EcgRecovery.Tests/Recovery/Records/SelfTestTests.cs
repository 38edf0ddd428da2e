using EcgRecovery.Neural;
using EcgRecovery.Records;
using EcgRecovery.Recovery;
using EcgRecovery.Recovery.Records;

namespace EcgRecovery.Tests.Recovery.Records;

/// <summary>Hidden gaps: what is hidden, what is learned from it, and what is left missing.</summary>
public sealed class SelfTestTests : IDisposable
{
    private const double Hz = 250;
    private static readonly SampleSpan s_gap = new(20_000, 20_100);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Hidden_gaps_are_like_the_real_ones()
    {
        var (lead, other, third) = (Beats(1), Beats(2), Beats(3));
        lead.AsSpan(s_gap.ToRange()).Fill(float.NaN);
        // Of the third lead the last ten samples of the gap are missing too.
        third.AsSpan((int)s_gap.End - 10, 10).Fill(float.NaN);
        var source = new LeadSource(new MemorySamples<float>(lead), Hz)
        {
            Others = [new MemorySamples<float>(other), new MemorySamples<float>(third)],
        };
        var hidden = HiddenGaps.Draw(source, [s_gap], new RecoveryOptions { SelfTestGaps = 40 }, TestContext.Current.CancellationToken);
        Assert.Equal(40, hidden.Rounds.Sum(round => round.Count));
        Assert.All(hidden.Rounds, round => Assert.All(round.Zip(round.Skip(1)), pair =>
            Assert.True(pair.Second.Span.Start - pair.First.Span.End >= 3 * Hz)));
        foreach (var gap in hidden.Rounds.SelectMany(round => round))
        {
            Assert.Equal(100, gap.Span.Length);
            Assert.True(gap.Span.Intersect(s_gap).IsEmpty);
            Assert.Empty(gap.Others[0]);
            Assert.Equal([new SampleSpan(gap.Span.End - 10, gap.Span.End)], gap.Others[1]);
        }

        var first = hidden.Rounds[0][0].Span;
        var seen = new float[first.Length + 2];
        HiddenGaps.Hide(source, hidden.Rounds[0]).Samples.Read(first.Start - 1, seen);
        Assert.Equal(first.Length, seen.Count(float.IsNaN));
        Assert.False(float.IsNaN(seen[0]) || float.IsNaN(seen[^1]));
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.8)]
    [InlineData(0.95)]
    public void The_interval_holds_the_truth_as_often_as_it_states(double level)
    {
        var (covered, count, width) = (0, 0, 0.0);
        for (var seed = 1UL; seed <= 4; seed++)
        {
            var truth = Beats(seed);
            SampleSpan[] gaps = [.. Enumerable.Range(1, 12).Select(i => new SampleSpan(i * 3_000, (i * 3_000) + 60))];
            var broken = (float[])truth.Clone();
            foreach (var gap in gaps)
                broken.AsSpan(gap.ToRange()).Fill(float.NaN);
            var recovered = EcgSignal.Recover(broken, Hz, new RecoveryOptions { IntervalLevel = level, SelfTestGaps = 60 });
            Assert.Equal(level, recovered.IntervalLevel);
            Assert.All(gaps.SelectMany(gap => Enumerable.Range((int)gap.Start, (int)gap.Length)), t =>
            {
                covered += truth[t] >= recovered.Lower![t] && truth[t] <= recovered.Upper![t] ? 1 : 0;
                width += recovered.Upper![t] - recovered.Lower![t];
                count++;
            });
            Assert.Equal(broken[0], recovered.Lower![0]);
            Assert.All(recovered.Gaps, gap => Assert.NotNull(gap.IntervalWidth));
        }

        Assert.InRange(covered / (double)count, level - 0.06, level + 0.06);
        Assert.InRange(width / count, 0.01, 0.5);
    }

    [Fact]
    public void Noise_is_left_missing_and_a_formula_that_was_asked_for_fills_it_all_the_same()
    {
        var random = new SeededRandom(1);
        float[] noise = [.. Enumerable.Range(0, 40_000).Select(_ => (float)random.NextGaussian())];
        noise.AsSpan(s_gap.ToRange()).Fill(float.NaN);
        var gap = Assert.Single(EcgSignal.Recover(noise, Hz).Gaps);
        Assert.False(gap.IsRecovered);
        Assert.Equal(GapSurroundings.Noise, gap.Reason);
        Assert.True(Assert.Single(EcgSignal.Recover(noise, Hz, new RecoveryOptions { SelfTestGaps = 0 }).Gaps).IsRecovered);
        Assert.DoesNotContain(EcgSignal.Fill(noise, Hz), float.IsNaN);
    }

    [Fact]
    public void A_straight_line_fills_where_it_is_as_good_and_good_enough()
    {
        // One sample: the two beside it tell more than the mean beat does. Of a second they tell nothing, and beats are recovered.
        var samples = Beats(1);
        samples[20_050] = float.NaN;
        samples.AsSpan(30_000, 250).Fill(float.NaN);
        var recovered = EcgSignal.Recover(samples, Hz, new RecoveryOptions { Method = "mean-beat", SelfTestGaps = 40 });
        Assert.Equal(["linear", "mean-beat"], recovered.Gaps.Select(gap => gap.Method));
        Assert.Equal("no better than a straight line on this lead", recovered.Gaps[0].Reason);
        Assert.InRange(recovered.Gaps[0].IntervalWidth!.Value, 0.001, 0.3);
        Assert.Equal((samples[20_049] + samples[20_051]) / 2, recovered.Samples[20_050], 1e-6f);
    }

    [Theory]
    [InlineData("r.hea")]
    [InlineData("r.edf")]
    [InlineData("r.csv")]
    public void The_bounds_travel(string name)
    {
        var truth = Beats(1);
        var lead = new EcgLead
        {
            Name = "II",
            Gain = 1000,
            SamplingFrequencyHz = Hz,
            AdcMinimum = -4_000,
            AdcMaximum = 4_000,
            AdcUnits = new MemorySamples<int>(
                [.. truth.Select((value, t) => s_gap.Contains(t) ? EcgLead.MissingAdcUnits : (int)Math.Round(1000 * value))]),
        };
        var recovered = new EcgRecord { Name = "r", SamplingFrequencyHz = Hz, Leads = [lead] }.Recover();
        Assert.Equal(["II", "II lower", "II upper"], recovered.Record.Leads.Select(one => one.Name));
        Assert.NotEmpty(recovered.SelfTest);
        recovered.Record.Write(_folder.File(name));
        using var read = EcgRecord.Open(_folder.File(name));
        Assert.Equal(0.95, Assert.Single(read.Provenance).IntervalLevel);
        var (lower, upper) = read.FindBounds(read.Leads[0])!.Value;
        var (values, low, high) = (read.Leads[0].ToMilliVolts(), lower.ToMilliVolts(), upper.ToMilliVolts());
        Assert.All(Enumerable.Range(0, values.Length), t =>
        {
            Assert.Equal(!s_gap.Contains(t), float.IsNaN(low[t]));
            Assert.True(!s_gap.Contains(t) || (low[t] <= values[t] && values[t] <= high[t]));
        });
        var width = Enumerable.Range((int)s_gap.Start, (int)s_gap.Length).Average(t => high[t] - low[t]);
        Assert.InRange(width, recovered.Gaps[0][0].IntervalWidth!.Value - 0.001, recovered.Gaps[0][0].IntervalWidth!.Value + 0.004);

        // Recovered once more: the same bounds, no further leads.
        Assert.Equal(3, read.Recover().Record.Leads.Count);
        Assert.Equal(["II"], read.WithoutRecovered().Leads.Select(one => one.Name));
    }

    [Fact]
    public void A_recording_without_gaps_is_tested_with_several_lengths()
    {
        var cells = WithoutGaps().SelfTest(new RecordRecoveryOptions { SelfTestGaps = 20, MaximumGapSeconds = 0.5 });
        Assert.Equal([0.15, 0.3], cells.Select(cell => Math.Round(cell.MinimumSeconds, 2)));
        Assert.All(cells, cell =>
        {
            Assert.Equal((0, "record", 20), (cell.Lead, cell.Method, cell.Gaps));
            Assert.InRange(cell.Rmse, 0.001, cell.LineRmse);
            Assert.Equal([0.5, 0.8], cell.Intervals.Select(interval => interval.Level).Take(2));
        });
    }

    [Fact]
    public void A_test_of_a_single_gap_has_an_error_and_no_intervals()
    {
        var cells = WithoutGaps().SelfTest(new RecordRecoveryOptions { Method = "linear", SelfTestGaps = 1, MaximumGapSeconds = 0.2 });
        var cell = Assert.Single(cells);
        Assert.Equal(1, cell.Gaps);
        Assert.InRange(cell.Rmse, 0.001, 1);
        Assert.Empty(cell.Intervals);
    }

    private static EcgRecord WithoutGaps()
    {
        var lead = new EcgLead
        {
            Name = "II",
            SamplingFrequencyHz = Hz,
            PhysicalValues = new MemorySamples<double>(Array.ConvertAll(Beats(1), value => (double)value)),
        };
        return new EcgRecord { Name = "r", SamplingFrequencyHz = Hz, Leads = [lead] };
    }

    /// <summary>160 s of beats of slightly different height and distance, with some noise.</summary>
    private static float[] Beats(ulong seed)
    {
        var random = new SeededRandom(seed);
        var samples = new float[40_000];
        for (var beat = 100.0; beat < samples.Length; beat += 200 + (8 * random.NextGaussian()))
        {
            var height = 1 + (0.1 * random.NextGaussian());
            for (var t = Math.Max(0, (int)beat - 60); t < Math.Min(samples.Length, beat + 120); t++)
            {
                samples[t] += (float)(height * Math.Exp(-Math.Pow((t - beat) / 4, 2)));
                samples[t] += (float)(0.25 * height * Math.Exp(-Math.Pow((t - beat - 70) / 18, 2)));
            }
        }

        foreach (ref var sample in samples.AsSpan())
            sample += (float)(0.01 * random.NextGaussian());
        return samples;
    }
}
