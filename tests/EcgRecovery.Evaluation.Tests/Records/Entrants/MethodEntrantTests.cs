using EcgRecovery.Evaluation.Records;
using EcgRecovery.Evaluation.Records.Entrants;
using EcgRecovery.Evaluation.Records.Plans;
using EcgRecovery.Evaluation.Records.Truth;
using EcgRecovery.Records;

namespace EcgRecovery.Evaluation.Tests.Records.Entrants;

public class MethodEntrantTests
{
    private static readonly SampleSpan[] s_gaps = [new(485, 515), new(700, 704), new(800, 890)];

    public static TheoryData<string> Methods => [.. RecoveryMethods.ForRecords.Select(method => method.Name)];

    [Theory]
    [MemberData(nameof(Methods))]
    public void What_lies_under_a_cut_is_out_of_a_methods_reach(string name)
    {
        var record = SpikeRecord.Of(frequency: 125);
        var estimated = 0;
        Assert.All(Cuts(record), cut =>
        {
            var expected = Fill(name, record, cut);
            estimated += expected.Exists(samples => samples.Length > 0) ? 1 : 0;
            Assert.Equal(expected, Fill(name, Poisoned(record, cut, float.NaN), cut));
            Assert.Equal(expected, Fill(name, Poisoned(record, cut, 0), cut));
            Assert.Equal(expected, Fill(name, Poisoned(record, cut, 1e6f), cut));
        });
        // Without other leads one method has no estimate.
        Assert.InRange(estimated, 3, 4);
    }

    [Fact]
    public void A_limb_lead_that_is_lost_among_whole_ones_is_derived_exactly()
    {
        var record = SpikeRecord.Of();
        SampleSpan gap = new(970, 1030);
        var estimate = Assert.Single(FillWithSeven(record, new GapCut([new LostLead(1, [gap], [gap])])));
        Assert.Equal(record.Leads[1].MilliVolts[970..1030], estimate, (a, b) => Math.Abs(a - b) < 1e-6);
        // A chest lead follows from none.
        Assert.All(Assert.Single(FillWithSeven(record, new GapCut([new LostLead(6, [gap], [gap])]))), value => Assert.Equal(7, value));
    }

    [Fact]
    public void Where_only_a_part_of_a_gap_can_be_derived_the_method_fills_the_rest()
    {
        var record = SpikeRecord.Of();
        SampleSpan gap = new(970, 1030);
        LostLead[] others = [.. ((int[])[0, 2, 3, 4, 5]).Select(lead => new LostLead(lead, [new(1000, 1060)], []))];
        GapCut cut = new([new LostLead(1, [gap], [gap]), .. others]);
        var estimate = Assert.Single(FillWithSeven(record, cut));
        Assert.Equal(record.Leads[1].MilliVolts[970..1000], estimate[..30], (a, b) => Math.Abs(a - b) < 1e-6);
        Assert.All(estimate[30..], value => Assert.Equal(7, value));
    }

    [Fact]
    public void What_it_learned_from_is_compared_by_patient()
    {
        using var learned = Entrant(SmallBenchmark.Method("learned", (_, _, _) => [], "201"));
        // 201 and 202 are one patient.
        var patient = new TestedLead("202", [], 100).Patient;
        Assert.True(learned.SawAny(new HashSet<string> { "100", patient }));
        Assert.False(learned.SawAny(new HashSet<string> { "100" }));
    }

    /// <summary>Three gaps in all leads, in one, and in all but one, two of them scored; and the columns of a page.</summary>
    private static IEnumerable<GapCut> Cuts(TestedRecord record)
    {
        yield return new([.. Enumerable.Range(0, 12).Select(lead => Lost(lead, isScored: lead is 0 or 6))]);
        yield return new([Lost(6, isScored: true)]);
        yield return new([.. Enumerable.Range(0, 12).Where(lead => lead != 1).Select(lead => Lost(lead, isScored: lead is 2 or 7))]);
        yield return Assert.Single(new PlanMaker(new PlanOptions { Cells = [PlanOptions.Layouts[2]] }).Make(record).Cells).Cuts[0];
    }

    private static LostLead Lost(int lead, bool isScored) => new(lead, s_gaps, isScored ? [s_gaps[0], s_gaps[2]] : []);

    private static List<float[]> Fill(string name, TestedRecord record, GapCut cut)
    {
        using var entrant = Entrant(RecoveryMethods.Find(name)!);
        return Fill(entrant, record, cut);
    }

    private static List<float[]> FillWithSeven(TestedRecord record, GapCut cut)
    {
        using var entrant = Entrant(SmallBenchmark.Constant("seven", 7));
        return Fill(entrant, record, cut);
    }

    private static Entrant Entrant(RecoveryMethodInfo method) =>
        SmallBenchmark.Entrant(method, PlanOptions.CustomName, new RecordBenchmarkOptions());

    private static List<float[]> Fill(Entrant entrant, TestedRecord record, GapCut cut)
    {
        var place = new CutPlace(new CellKind(0.3), 0, 1);
        var estimates = entrant.Fill(record, cut, place, threads: 1, TestContext.Current.CancellationToken);
        Assert.Equal(cut.ScoredCount, estimates.Count);
        return [.. estimates.Select(estimate => estimate.Samples)];
    }

    private static TestedRecord Poisoned(TestedRecord record, GapCut cut, float poison) => record.With(lead =>
    {
        var samples = (float[])lead.MilliVolts.Clone();
        foreach (var gap in cut.ByLead(record.Leads.Count)[record.IndexOf(lead)])
            samples.AsSpan(gap.ToRange()).Fill(poison);
        return samples;
    });
}
