using EcgRecovery.Evaluation.Records;
using EcgRecovery.Records;
using EcgRecovery.Recovery;
using EcgRecovery.Recovery.Records;

namespace EcgRecovery.Evaluation.Tests.Records;

public class TestedLeadTests
{
    public static TheoryData<string> Methods => [.. RecoveryMethods.ForRecords.Select(method => method.Name)];

    [Theory]
    [MemberData(nameof(Methods))]
    public void What_lies_under_a_gap_is_out_of_a_methods_reach(string name)
    {
        SampleSpan[] gaps = [new(4850, 4950), new(7000, 7037), new(8000, 8900)];
        var expected = Recovered(name, Poisoned(0, []), gaps);
        Assert.Equal(expected, Recovered(name, Poisoned(float.NaN, gaps), gaps));
        Assert.Equal(expected, Recovered(name, Poisoned(1e6f, gaps), gaps));
    }

    [Fact]
    public void Beats_move_to_the_nearest_peak_within_150_ms()
    {
        // R peaks lie at 100 + 200·beat; 150 ms are 37 samples.
        var lead = SpikeLead.Of();
        int[] beats = [4700 - 37, 4900 + 20, 5100 + 38, 5300];
        Assert.Equal([4700, 4900, 5138, 5300], TestedLead.FindRPeaks(lead.MilliVolts, SpikeLead.Frequency, beats)!);
    }

    [Fact]
    public void Without_beats_or_below_the_detectors_frequency_no_R_peak_is_known()
    {
        Assert.Null(TestedLead.FindRPeaks(new float[1000], 250, []));
        Assert.Null(TestedLead.FindRPeaks(new float[1000], 50, [500]));
        Assert.Equal([500], TestedLead.FindRPeaks(new float[1000], 250, [500])!);
    }

    [Theory]
    [InlineData("109", 2_532)]
    [InlineData("116", 2_412)]
    [InlineData("119", 1_987)]
    [InlineData("209", 3_005)]
    [InlineData("223", 2_605)]
    public void On_a_real_record_perfect_recovery_has_its_R_peaks_where_they_are(string record, int beats)
    {
        var folder = TestData.Folder("mitdb");
        Assert.SkipWhen(folder is null, "The MIT-BIH Arrhythmia Database (shared/data/mitdb) is absent.");
        var options = new RecordBenchmarkOptions { GapsPerRecord = 200, OneAtATime = true };
        var lead = TestedLead.Open(folder, record, options);
        Assert.Equal((650_000, 360.0, beats), (lead.MilliVolts.Length, lead.SamplingFrequencyHz, lead.RPeaks!.Length));
        var peaks = RecordGapPlan.Make(lead, new GapKind(1, GapPlacement.Random), options).Gaps
            .Select(gap => GapScore.Of(lead, gap, lead.MilliVolts[gap.ToRange()]).RPeaks!.At20Ms)
            .Aggregate((sum, counts) => sum + counts);
        // The detector misses 1 % of the beats of 116 in the whole record too.
        Assert.InRange(peaks.Sensitivity, 0.985, 1);
        Assert.InRange(peaks.PositivePredictivity, 0.99, 1);
    }

    [Fact]
    public void A_lead_that_is_not_there_is_refused()
    {
        var folder = TestData.Folder("mitdb");
        Assert.SkipWhen(folder is null, "The MIT-BIH Arrhythmia Database (shared/data/mitdb) is absent.");
        var exception = Assert.Throws<InvalidDataException>(() => TestedLead.Open(folder, "119", new RecordBenchmarkOptions { Lead = 2 }));
        Assert.Contains("has 2 leads; expected a lead 2, counted from 0", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_twelve_leads_one_is_cut_and_eleven_stay_whole()
    {
        var folder = TestData.Folder("ludb");
        Assert.SkipWhen(folder is null, "The Lobachevsky University Database (shared/data/ludb) is absent.");
        var options = new RecordBenchmarkOptions { LeadName = "V2" };
        Assert.Empty(TestedLead.Open(Path.Combine(folder, "data"), "1", options).Others);
        var lead = TestedLead.Open(Path.Combine(folder, "data"), "1", options with { Loss = LeadLoss.One });
        Assert.Equal(11, lead.Others.Count);
        var signal = lead.Cut([new(1000, 1500)]).Read(new SampleSpan(0, 5000), new RecoveryOptions());
        Assert.All(Enumerable.Range(1000, 500), t => Assert.True(float.IsNaN(signal.Samples[t])));
        Assert.All(signal.Others, other => Assert.False(other.Samples.Contains(float.NaN)));
        var exception = Assert.Throws<InvalidDataException>(
            () => TestedLead.Open(Path.Combine(folder, "data"), "1", options with { LeadName = "v7" }));
        Assert.Contains("has no lead v7; expected one of i, ii, iii", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void In_LUDB_the_beats_are_those_that_are_marked_in_the_tested_lead()
    {
        var folder = TestData.Folder("ludb");
        Assert.SkipWhen(folder is null, "The Lobachevsky University Database (shared/data/ludb) is absent.");
        // The N of 1.v1, from a decoder of the MIT format in Python. They are at the r of an rS; the detector takes the S, 28 ms later.
        int[] marked = [655, 1336, 1994, 2635, 3306, 3963];
        var peaks = TestedLead.Open(Path.Combine(folder, "data"), "1", new RecordBenchmarkOptions { LeadName = "V1" }).RPeaks!;
        Assert.Equal(marked.Length, peaks.Length);
        Assert.All(peaks.Zip(marked), peak => Assert.InRange(Math.Abs(peak.First - peak.Second), 0, 15));
    }

    private static TestedLead Poisoned(float poison, SampleSpan[] gaps)
    {
        var lead = SpikeLead.Of();
        lead = new TestedLead(lead.Record, lead.MilliVolts, lead.SamplingFrequencyHz, lead.RPeaks) { Others = [Other(lead)] };
        foreach (var gap in gaps)
            lead.MilliVolts.AsSpan(gap.ToRange()).Fill(poison);
        return lead;
    }

    // Its spikes are wider.
    private static float[] Other(TestedLead lead) => Array.ConvertAll(lead.MilliVolts, value => MathF.Sqrt(value));

    private static List<float[]> Recovered(string name, TestedLead lead, SampleSpan[] gaps)
    {
        using var method = RecoveryMethods.CreateForRecords(name);
        var recovered = new List<float[]>();
        LeadRecovery.Run(
            lead.Cut(gaps),
            gaps,
            method,
            new RecoveryOptions(),
            some => recovered.AddRange(some.Select(filled => filled.Samples)),
            TestContext.Current.CancellationToken);
        return recovered;
    }
}
