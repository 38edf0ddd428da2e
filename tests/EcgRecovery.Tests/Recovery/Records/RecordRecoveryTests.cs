using EcgRecovery.Records;
using EcgRecovery.Recovery;

namespace EcgRecovery.Tests.Recovery.Records;

/// <summary>What is filled, what is left, and what never changes; by <c>linear</c>, whose values are worked by hand.</summary>
public class RecordRecoveryTests
{
    private const int M = EcgLead.MissingAdcUnits;

    private static readonly RecordRecoveryOptions s_linear = new() { Method = "linear" };

    [Fact]
    public void Stated_gaps_are_filled_and_marked_and_nothing_else_changes()
    {
        var recovered = Record(Lead("II", 10, M, M, 40, 50, M, 70)).Recover(s_linear);
        Assert.Equal([10, 20, 30, 40, 50, 60, 70], recovered.Record.Leads[0].ToAdcUnits());
        Assert.Equal([new RecoveredGap(new(1, 3), "linear"), new RecoveredGap(new(5, 6), "linear")], recovered.Gaps[0]);
        Assert.Equal(
            [Recovered(0, 1, 3), Recovered(0, 5, 6)],
            recovered.Record.Provenance.Select(span => span with { Version = "" }));
        Assert.All(recovered.Record.Provenance, span => Assert.Matches(@"^\d+\.\d+\.\d+", span.Version));
    }

    [Fact]
    public void Gaps_at_the_edges_hold_the_nearest_sample() =>
        Assert.Equal([30, 30, 30, 40, 40], Record(Lead("II", M, M, 30, 40, M)).Recover(s_linear).Record.Leads[0].ToAdcUnits());

    [Fact]
    public void What_is_too_long_or_has_no_neighbour_is_left_and_states_why()
    {
        // 10 samples a second: three are 0.3 s.
        var recovered = Record(Lead("I", 10, M, M, M, 50, M, 70), Lead("II", M, M, M)).Recover(s_linear with { MaximumGapSeconds = 0.2 });
        Assert.Equal([10, M, M, M, 50, 60, 70], recovered.Record.Leads[0].ToAdcUnits());
        Assert.Equal(
            [new RecoveredGap(new(1, 4), null, "longer than 0.2 s"), new RecoveredGap(new(5, 6), "linear")], recovered.Gaps[0]);
        Assert.Equal([new RecoveredGap(new(0, 3), null, "no sample is observed")], recovered.Gaps[1]);
        Assert.Equal([M, M, M], recovered.Record.Leads[1].ToAdcUnits());
    }

    [Fact]
    public void A_named_gap_beside_missing_samples_is_filled_from_behind_them_and_they_stay_missing()
    {
        var options = s_linear with { Causes = [], Gaps = [new LeadSpan(0, new(1, 2)), new LeadSpan(0, new(3, 4))] };
        var recovered = Record(Lead("II", 10, 99, M, 99, 50)).Recover(options);
        Assert.Equal([10, 20, M, 40, 50], recovered.Record.Leads[0].ToAdcUnits());
        Assert.Equal([new RecoveredGap(new(1, 2), "linear"), new RecoveredGap(new(3, 4), "linear")], recovered.Gaps[0]);
        // The run is 3 samples long, 0.3 s.
        recovered = Record(Lead("II", 10, 99, M, 99, 50)).Recover(options with { MaximumGapSeconds = 0.2 });
        Assert.Equal([10, 99, M, 99, 50], recovered.Record.Leads[0].ToAdcUnits());
        Assert.Equal("longer than 0.2 s with the missing samples beside it", recovered.Gaps[0][0].Reason);
    }

    [Fact]
    public void A_judged_gap_that_is_left_stays_as_it_was_and_is_no_neighbour()
    {
        // 40 samples at the end of the range, then one missing beside them.
        int[] adcUnits = [.. Enumerable.Range(0, 40), .. Enumerable.Repeat(2047, 40), 100, M, 120, .. Enumerable.Range(0, 40)];
        var lead = Lead("II", adcUnits) with { SamplingFrequencyHz = 10, AdcMinimum = -2048, AdcMaximum = 2047 };
        var options = s_linear with { Causes = [MissingCause.Sentinel, MissingCause.Saturation], MaximumGapSeconds = 1 };
        var recovered = Record(lead).Recover(options);
        Assert.Equal(new RecoveredGap(new(40, 80), null, "longer than 1 s"), recovered.Gaps[0][0]);
        Assert.Equal([.. adcUnits[..81], 110, .. adcUnits[82..]], recovered.Record.Leads[0].ToAdcUnits());
        // Outside the chosen time it stays too, and still nothing is drawn towards it.
        adcUnits[80] = M;
        lead = lead with { AdcUnits = new MemorySamples<int>(adcUnits) };
        var later = Record(lead).Recover(options with { Time = new SampleSpan(80, 123), MaximumGapSeconds = 10 });
        var expected = (int[])adcUnits.Clone();
        (expected[80], expected[81]) = ((int)Math.Round(39 + (81 * 41 / 43.0)), (int)Math.Round(39 + (81 * 42 / 43.0)));
        Assert.Equal(expected, later.Record.Leads[0].ToAdcUnits());
    }

    [Fact]
    public void Only_gaps_that_begin_within_the_time_are_recovered_at_each_leads_own_frequency()
    {
        var slow = Lead("I", 0, M, 20, M, 40, M, 60);
        var fast = Lead("II", [.. Enumerable.Range(0, 14).Select(t => t % 2 == 1 ? M : 10 * t)]) with { SamplingFrequencyHz = 20 };
        var recovered = Record(slow, fast).Recover(s_linear with { Time = new SampleSpan(2, 4) });
        Assert.Equal([0, M, 20, 30, 40, M, 60], recovered.Record.Leads[0].ToAdcUnits());
        Assert.Equal([new SampleSpan(5, 6), new SampleSpan(7, 8)], recovered.Gaps[1].Select(gap => gap.Span));
    }

    [Fact]
    public void Leads_that_are_no_voltage_are_recovered_only_if_named()
    {
        var record = Record(Lead("II", 10, M, 30), Lead("Resp", 10, M, 30) with { Unit = "l" });
        var byDefault = record.Recover(s_linear);
        Assert.Equal([10, M, 30], byDefault.Record.Leads[1].ToAdcUnits());
        Assert.Empty(byDefault.Gaps[1]);
        var named = record.Recover(s_linear with { Leads = [1] });
        Assert.Equal([10, M, 30], named.Record.Leads[0].ToAdcUnits());
        Assert.Equal([10, 20, 30], named.Record.Leads[1].ToAdcUnits());
    }

    [Fact]
    public void What_was_recovered_before_counts_as_missing_and_is_decided_anew()
    {
        var record = Record(Lead("I", 10, 999, 30, 999, 999, 999, 70), Lead("II", 10, 999, 30)) with
        {
            Provenance =
            [
                Recovered(0, 1, 2), Recovered(0, 3, 6), Recovered(1, 1, 2), new ProvenanceSpan(1, new(0, 1), SampleOrigin.Derived),
            ],
        };
        var recovered = record.Recover(s_linear with { Leads = [0], MaximumGapSeconds = 0.2 });
        // The lead that was not named keeps what was filled before.
        Assert.Equal([10, 20, 30, M, M, M, 70], recovered.Record.Leads[0].ToAdcUnits());
        Assert.Equal([10, 999, 30], recovered.Record.Leads[1].ToAdcUnits());
        Assert.Equal(
            [Recovered(1, 1, 2), new ProvenanceSpan(1, new(0, 1), SampleOrigin.Derived), Recovered(0, 1, 2)],
            recovered.Record.Provenance.Select(span => span with { Version = "" }));
    }

    [Fact]
    public void Bounds_of_an_earlier_recovery_are_no_leads_to_recover_and_end_where_a_new_one_begins()
    {
        var record = Record(Lead("II", 10, 21, 30, 39, 50), Lead("II lower", 10, 15, 30, 35, 50), Lead("II upper", 10, 25, 30, 45, 50)) with
        {
            Provenance = [Recovered(0, 1, 2) with { IntervalLevel = 0.95 }, Recovered(0, 3, 4) with { IntervalLevel = 0.95 }],
        };
        var recovered = record.Recover(s_linear with { Time = new SampleSpan(0, 2) });
        Assert.Equal([10, 20, 30, 39, 50], recovered.Record.Leads[0].ToAdcUnits());
        Assert.Equal([10, M, 30, 35, 50], recovered.Record.Leads[1].ToAdcUnits());
        Assert.Equal([10, M, 30, 45, 50], recovered.Record.Leads[2].ToAdcUnits());
        Assert.Equal([0.95, null], recovered.Record.Provenance.Select(span => span.IntervalLevel));
        Assert.Contains("holds the bounds", Assert.Throws<ArgumentException>(() => record.Recover(s_linear with { Leads = [1] })).Message);
    }

    [Fact]
    public void Filled_samples_leave_the_spans_that_were_not_recorded()
    {
        var lead = Lead("II", 10, M, M, 40, M, M, M, M, 90) with
        {
            UnrecordedSpans = [new(new(1, 3), MissingCause.TimeGap), new(new(4, 8), MissingCause.TimeGap)],
        };
        var recovered = Record(lead).Recover(s_linear with { MaximumGapSeconds = 0.3 });
        Assert.Equal([new MissingSpan(new(4, 8), MissingCause.TimeGap)], recovered.Record.Leads[0].UnrecordedSpans);
    }

    [Fact]
    public void Filled_values_stay_within_the_converters_range_and_are_never_its_mark()
    {
        var narrow = Lead("I", -9, M, M, 30) with { AdcMinimum = 0, AdcMaximum = 15 };
        Assert.Equal([-9, 4, 15, 30], Record(narrow).Recover(s_linear).Record.Leads[0].ToAdcUnits());
        var widest = Lead("II", int.MinValue + 1, M, int.MinValue + 1) with { AdcMinimum = int.MinValue, AdcMaximum = int.MaxValue };
        Assert.Equal(int.MinValue + 1, Record(widest).Recover(s_linear).Record.Leads[0].ToAdcUnits()[1]);
    }

    [Theory]
    [InlineData("V", 9)]
    [InlineData("mV", 6)]
    [InlineData("uV", 3)]
    [InlineData("nV", 0)]
    [InlineData("mmHg", 6)]
    public void Filled_physical_values_have_no_more_decimals_than_a_nanovolt_needs(string unit, int decimals)
    {
        var lead = new EcgLead
        {
            Name = "II",
            Unit = unit,
            SamplingFrequencyHz = 10,
            PhysicalValues = new MemorySamples<double>([0.5, double.NaN, double.NaN, 1.5]),
        };
        var values = new double[4];
        Record(lead).Recover(s_linear with { Leads = [0] }).Record.Leads[0].ReadPhysicalValues(0, values);
        double[] between = [(float)(0.5 + (1.0 / 3)), (float)(0.5 + (2.0 / 3))];
        Assert.Equal([0.5, Math.Round(between[0], decimals), Math.Round(between[1], decimals), 1.5], values);
    }

    [Fact]
    public void A_lead_of_several_blocks_is_filled_as_one()
    {
        // 25 minutes at 10 Hz; a gap across the border of the first and the second block of 600 s.
        var adcUnits = Enumerable.Range(0, 15_000).Select(t => t is >= 5_990 and < 6_005 || t % 1_000 == 500 ? M : t).ToArray();
        var recovered = Record(Lead("II", adcUnits)).Recover(s_linear with { WindowSeconds = 0.001 });
        Assert.Equal(Enumerable.Range(0, 15_000), recovered.Record.Leads[0].ToAdcUnits());
        Assert.Equal(16, recovered.Gaps[0].Count);
    }

    [Fact]
    public void A_hundred_thousand_gaps_take_no_longer_than_their_number()
    {
        var adcUnits = Enumerable.Range(0, 400_000).Select(t => t % 4 == 1 ? M : t).ToArray();
        var recovered = Record(Lead("II", adcUnits)).Recover(s_linear);
        Assert.Equal(Enumerable.Range(0, 400_000), recovered.Record.Leads[0].ToAdcUnits());
        Assert.Equal(100_000, recovered.Record.Recover(s_linear).Gaps[0].Count);
    }

    [Fact]
    public void What_lies_outside_the_recording_is_refused()
    {
        var record = Record(Lead("II", 10, M, 30));
        Assert.Contains("There is no lead 1", Refused(s_linear with { Leads = [1] }));
        Assert.Contains("Gap 2..4 lies outside lead II", Refused(s_linear with { Gaps = [new LeadSpan(0, new(2, 4))] }));
        Assert.Contains("recovers single heartbeats only", Refused(s_linear with { Method = "beat" }));
        Assert.Contains("above 0 s", Refused(s_linear with { MaximumGapSeconds = 0 }));
        Assert.Contains("above 0 s", Refused(s_linear with { WindowSeconds = double.NaN }));

        string Refused(RecordRecoveryOptions options) => Assert.ThrowsAny<ArgumentException>(() => record.Recover(options)).Message;
    }

    [Fact]
    public void It_can_be_cancelled_and_reports_its_progress()
    {
        var record = Record(Lead("II", 10, M, 30, M, M, 60));
        Assert.Throws<OperationCanceledException>(() => record.Recover(s_linear, cancellationToken: new CancellationToken(canceled: true)));
        var reports = new Reports();
        record.Recover(s_linear, reports);
        Assert.Equal([new(0, 3), new(3, 3)], reports.All);
    }

    // Gaps of one block are done at one time: reported one by one, the first of many would foretell hours.
    [Fact]
    public void Progress_is_reported_by_blocks()
    {
        // Blocks of 18,000 samples; the window is not reached.
        var adcUnits = Enumerable.Range(0, 40_000).Select(t => t is 10 or 20 or 20_000 or 39_000 ? M : t).ToArray();
        var reports = new Reports();
        Record(Lead("II", adcUnits)).Recover(s_linear with { SelfTestGaps = 0 }, reports);
        Assert.Equal([new(0, 4), new(2, 4), new(3, 4), new(4, 4)], reports.All);
    }

    [Theory]
    [InlineData("linear")]
    [InlineData("mean")]
    [InlineData("cubic")]
    [InlineData("similar")]
    public void Values_beyond_a_float_give_finite_ones(string method)
    {
        var samples = Enumerable.Range(0, 100).Select(t => t is 50 or 51 ? double.NaN : t is 49 or 52 ? 1e300 : 1).ToArray();
        var lead = new EcgLead { Name = "II", Unit = "mV", SamplingFrequencyHz = 10, PhysicalValues = new MemorySamples<double>(samples) };
        var recovered = Record(lead).Recover(new RecordRecoveryOptions { Method = method });
        Assert.True(Assert.Single(recovered.Gaps[0]).IsRecovered);
        recovered.Record.Leads[0].ReadPhysicalValues(0, samples);
        Assert.All(samples, value => Assert.True(double.IsFinite(value)));
        Assert.Equal(1e300, samples[49]);
    }

    [Fact]
    public void The_shortest_window_holds_the_samples_beside_a_gap()
    {
        var record = Record(Lead("II", 90, 10, M, 30, 90));
        var recovered = record.Recover(new RecordRecoveryOptions { Method = "mean", WindowSeconds = 0.001 });
        Assert.Equal([90, 10, 20, 30, 90], recovered.Record.Leads[0].ToAdcUnits());
    }

    private static ProvenanceSpan Recovered(int lead, long start, long end) => new(lead, new(start, end), SampleOrigin.Recovered, "linear");

    private static EcgLead Lead(string name, params int[] adcUnits) =>
        new() { Name = name, SamplingFrequencyHz = 10, Gain = 1000, AdcUnits = new MemorySamples<int>(adcUnits) };

    private static TestRecord Record(params EcgLead[] leads) => new(leads);

    /// <summary>A record at 10 Hz; a C# record type, so that tests can vary it.</summary>
    private sealed record TestRecord(EcgLead[] Leads)
    {
        public IReadOnlyList<ProvenanceSpan> Provenance { get; init; } = [];

        public RecoveredRecord Recover(
            RecordRecoveryOptions options, IProgress<RecoveryProgress>? progress = null, CancellationToken cancellationToken = default) =>
            new EcgRecord { Name = "r", SamplingFrequencyHz = 10, Leads = Leads, Provenance = Provenance }
                .Recover(options, progress, cancellationToken);
    }

    private sealed class Reports : IProgress<RecoveryProgress>
    {
        public List<RecoveryProgress> All { get; } = [];

        public void Report(RecoveryProgress value) => All.Add(value);
    }
}
