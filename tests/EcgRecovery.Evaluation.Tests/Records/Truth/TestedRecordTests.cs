using EcgRecovery.Evaluation.Records.Plans;
using EcgRecovery.Evaluation.Records.Scoring;
using EcgRecovery.Evaluation.Records.Truth;
using EcgRecovery.Records;
using EcgRecovery.Recovery;

namespace EcgRecovery.Evaluation.Tests.Records.Truth;

public class TestedRecordTests
{
    [Theory]
    [InlineData("109", 2_532)]
    [InlineData("116", 2_412)]
    [InlineData("119", 1_987)]
    [InlineData("209", 3_005)]
    [InlineData("223", 2_605)]
    public void On_a_real_record_perfect_recovery_has_its_R_peaks_where_they_are(string name, int beats)
    {
        var folder = TestData.Folder("mitdb");
        Assert.SkipWhen(folder is null, "The MIT-BIH Arrhythmia Database (shared/data/mitdb) is absent.");
        var lead = TestedRecord.Open(folder, name, frequencyHz: null).Leads[0];
        Assert.Equal((650_000, 360.0, beats), (lead.MilliVolts.Length, lead.SamplingFrequencyHz, lead.RPeaks!.Length));
        var options = new PlanOptions { GapsPerRecord = 200, OneAtATime = true };
        var peaks = SingleGaps.Draw([lead], new CellKind(1), options)!.Gaps
            .Select(gap => GapScore.Of(lead, gap, lead.MilliVolts[gap.ToRange()]).RPeaks!.At20Ms)
            .Aggregate((sum, counts) => sum + counts);
        // The detector misses 1 % of the beats of 116 in the whole record too.
        Assert.InRange(peaks.Sensitivity, 0.985, 1);
        Assert.InRange(peaks.PositivePredictivity, 0.99, 1);
    }

    [Fact]
    public void Of_twelve_leads_one_is_cut_and_eleven_stay_whole()
    {
        var folder = TestData.Folder("ludb");
        Assert.SkipWhen(folder is null, "The Lobachevsky University Database (shared/data/ludb) is absent.");
        var record = TestedRecord.Open(Path.Combine(folder, "data"), "1", frequencyHz: null);
        var lead = record.Find("V2")!;
        Assert.Equal((12, 7, 7), (record.Leads.Count, lead.Number, record.IndexOf(lead)));
        SampleSpan[] gaps = [new(1000, 1500)];
        var plan = record.Plan(lead, new GapCut([new LostLead(7, gaps, gaps)]).ByLead(12));
        Assert.Equal(gaps, plan.ToFill);
        var signal = plan.Source.Read(new SampleSpan(0, 5000), new RecoveryOptions());
        Assert.Equal(11, signal.Others.Count);
        Assert.All(Enumerable.Range(1000, 500), t => Assert.True(float.IsNaN(signal.Samples[t])));
        Assert.All(signal.Others, other => Assert.False(other.Samples.Contains(float.NaN)));
    }

    [Fact]
    public void In_LUDB_the_beats_are_those_that_are_marked_in_the_tested_lead()
    {
        var folder = TestData.Folder("ludb");
        Assert.SkipWhen(folder is null, "The Lobachevsky University Database (shared/data/ludb) is absent.");
        // The N of 1.v1, from a decoder of the MIT format in Python. They are at the r of an rS; the detector takes the S, 28 ms later.
        int[] marked = [655, 1336, 1994, 2635, 3306, 3963];
        var lead = TestedRecord.Open(Path.Combine(folder, "data"), "1", frequencyHz: null).Find("V1")!;
        Assert.Equal(marked.Length, lead.RPeaks!.Length);
        Assert.All(lead.RPeaks.Zip(marked), peak => Assert.InRange(Math.Abs(peak.First - peak.Second), 0, 15));
        // LUDB has no classes.
        Assert.All(lead.Beats!, beat => Assert.Null(beat.Class));
    }

    [Fact]
    public void A_gapped_recording_has_the_steps_of_the_converter_and_no_annotations()
    {
        var lead = new TestedLead("x", [0.5f, float.NaN, -0.115f, 1.02f, 0.005f], 100, [new(3)]) { Name = "MLII", StepsPerMilliVolt = 200 };
        using var gapped = new TestedRecord([lead, lead]).ToRecord([[new(3, 5)], []]);
        const int missing = EcgLead.MissingAdcUnits;
        Assert.Equal([100, missing, -23, missing, missing], gapped.Leads[0].ToAdcUnits());
        Assert.Equal([100, missing, -23, 204, 1], gapped.Leads[1].ToAdcUnits());
        Assert.Equal(("MLII", 200.0, true), (gapped.Leads[0].Name, gapped.Leads[0].Gain, gapped.Leads[0].IsVoltage));
        Assert.Equal(("x", 100.0, 0), (gapped.Name, gapped.SamplingFrequencyHz, gapped.Annotations.Count));
        using var whole = new TestedRecord([lead]).ToRecord([]);
        Assert.Equal([100, missing, -23, 204, 1], whole.Leads[0].ToAdcUnits());
    }

    [Fact]
    public void A_computed_lead_is_in_millivolts()
    {
        var record = new TestedRecord([new TestedLead("x", [0.1f, 0.2f, 0.3f], 100, [new(1)]) { StepsPerMilliVolt = 200 }]);
        using var gapped = record.With(lead => [.. lead.MilliVolts.Select(value => value / 3)]).ToRecord([[new(1, 2)]]);
        Assert.Equal([0.1f / 3, float.NaN, 0.3f / 3], gapped.Leads[0].ToMilliVolts());
    }

    [Fact]
    public void What_other_leads_lose_decides_what_is_derived()
    {
        var record = SpikeRecord.Of();
        SampleSpan[] gap = [new(970, 1030)];
        LostLead[] two = [new(0, gap, gap), new(1, gap, gap)];
        Assert.Equal(gap, record.Plan(record.Leads[1], new GapCut([two[1]]).ByLead(12)).Derived.Select(part => part.Span));
        // Of III, aVR, aVL and aVF two are enough.
        Assert.Equal(gap, record.Plan(record.Leads[1], new GapCut(two).ByLead(12)).Derived.Select(part => part.Span));
        GapCut five = new([.. Enumerable.Range(0, 5).Select(lead => new LostLead(lead, gap, []))]);
        var plan = record.Plan(record.Leads[1], five.ByLead(12));
        Assert.Empty(plan.Derived);
        Assert.Equal(gap, plan.ToFill);
    }

    [Fact]
    public void A_lead_is_found_by_its_name_or_its_number()
    {
        var record = new TestedRecord([Lead("MLII", 0), Lead("1", 3), Lead("V1", 4)]);
        Assert.Equal("V1", record.Find("v1")!.Name);
        Assert.Equal("V1", record.Find("4")!.Name);
        // A name wins.
        Assert.Equal("1", record.Find("1")!.Name);
        Assert.Null(record.Find("2"));
        Assert.Null(record.Find("V2"));

        static TestedLead Lead(string name, int number) => new("x", new float[10], 100) { Name = name, Number = number };
    }
}
