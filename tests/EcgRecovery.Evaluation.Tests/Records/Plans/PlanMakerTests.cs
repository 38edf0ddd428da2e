using EcgRecovery.Evaluation.Records.Noise;
using EcgRecovery.Evaluation.Records.Plans;
using EcgRecovery.Evaluation.Records.Truth;
using EcgRecovery.Records;

namespace EcgRecovery.Evaluation.Tests.Records.Plans;

public class PlanMakerTests
{
    private static readonly TestedRecord s_page = SpikeRecord.Of();
    private static readonly TestedRecord s_minute = SpikeRecord.Of(seconds: 60);

    [Fact]
    public void All_leads_lose_the_gaps_and_the_first_is_tested()
    {
        var cut = Assert.Single(Cuts(s_minute, new CellKind(0.3)));
        Assert.Equal(Enumerable.Range(0, 12), cut.Lost.Select(lost => lost.Lead));
        Assert.Equal([0], Scored(cut));
        Assert.All(cut.Lost, lost => Assert.Equal(cut.Lost[0].Scored, lost.Gaps));
        Assert.Equal((2, 2), (cut.ScoredCount, cut.ByLead(12)[11].Count));
    }

    [Fact]
    public void The_first_lead_is_tested_whatever_its_number_in_the_file()
    {
        var record = new TestedRecord([.. s_minute.Leads.Skip(6)]);
        var cut = Assert.Single(Cuts(record, new CellKind(0.3)));
        Assert.Equal([0], Scored(cut));
        Assert.Equal(6, cut.Lost.Count);
        // By its number in the file.
        Assert.Equal([2], Scored(Assert.Single(Cuts(record, new CellKind(0.3), "8"))));
    }

    [Fact]
    public void All_leads_are_tested_where_all_are_wanted()
    {
        // In all leads at once the same gaps are lost; one lead after the other loses them otherwise.
        var cut = Assert.Single(Cuts(s_minute, new CellKind(0.3), PlanOptions.AllLeads));
        Assert.Equal(Enumerable.Range(0, 12), Scored(cut));
        var cuts = Cuts(s_minute, new CellKind(0.3, Loss: LeadLoss.One), PlanOptions.AllLeads);
        Assert.Equal(Enumerable.Range(0, 12), cuts.Select(one => Assert.Single(one.Lost).Lead));
        Assert.All(cuts, one => Assert.Equal(cut.Lost[0].Gaps, one.Lost[0].Gaps));
    }

    [Fact]
    public void A_lead_that_is_lost_alone_is_the_first_that_does_not_follow_from_others()
    {
        Assert.Equal([6], Lost(s_minute));
        Assert.Equal([0], Lost(Of("MLII", "V1")));
        // Of two limb leads neither follows from the other.
        Assert.Equal([0], Lost(Of("I", "II", "V1")));
        Assert.Equal([3], Lost(Of("ii", "iii", "avf", "v2", "v3")));
        Assert.Equal([10], Lost(s_minute, "V5"));
        Assert.Equal([2], Lost(s_minute, "2"));

        static IEnumerable<int> Lost(TestedRecord record, params string[] leads)
        {
            var cut = Assert.Single(Cuts(record, new CellKind(0.3, Loss: LeadLoss.One), leads));
            Assert.Equal(cut.Lost.Select(lost => lost.Lead), Scored(cut));
            return Scored(cut);
        }
    }

    [Fact]
    public void Of_all_leads_but_one_lead_II_stays_or_else_the_first()
    {
        var kind = new CellKind(0.3, Loss: LeadLoss.AllButOne);
        var cut = Assert.Single(Cuts(s_minute, kind));
        Assert.Equal([0, .. Enumerable.Range(2, 10)], cut.Lost.Select(lost => lost.Lead));
        Assert.Equal([0, .. Enumerable.Range(2, 10)], Scored(cut));
        Assert.Empty(cut.ByLead(12)[1]);
        cut = Assert.Single(Cuts(s_minute, kind, "V1"));
        Assert.Equal((11, 6), (cut.Lost.Count, Assert.Single(Scored(cut))));
        Assert.Equal([1, 2], Scored(Assert.Single(Cuts(Of("V1", "V2", "V5"), kind))));
    }

    [Fact]
    public void Where_no_lead_is_left_to_test_there_is_no_cut()
    {
        var kind = new CellKind(0.3, Loss: LeadLoss.AllButOne);
        // Of two leads it would be the loss of one; II is the one that stays.
        Assert.Empty(Cuts(Of("MLII", "V1"), kind));
        Assert.Empty(Cuts(s_page, kind, "II"));
    }

    [Theory]
    // 2,500 samples: with c columns the lead at place p of I, II, III, aVR, aVL, aVF, V1 … V6 is seen in column p·c/12.
    [InlineData(2, "aVF", 0, 1250)]
    [InlineData(2, "V1", 1250, 2500)]
    [InlineData(3, "aVR", 0, 833)]
    [InlineData(3, "aVL", 833, 1666)]
    [InlineData(3, "V6", 1666, 2500)]
    [InlineData(4, "III", 0, 625)]
    [InlineData(4, "aVR", 625, 1250)]
    [InlineData(4, "V1", 1250, 1875)]
    [InlineData(4, "V4", 1875, 2500)]
    [InlineData(6, "II", 0, 416)]
    [InlineData(6, "III", 416, 833)]
    [InlineData(6, "V5", 2083, 2500)]
    [InlineData(12, "I", 0, 208)]
    [InlineData(12, "V5", 2083, 2291)]
    [InlineData(12, "V6", 2291, 2500)]
    public void On_paper_a_lead_is_seen_in_its_column_alone(int columns, string name, int start, int end)
    {
        var kind = new CellKind(PaperLayout.LostSeconds(columns), Loss: LeadLoss.Layout);
        // Names of LUDB, in another order.
        var record = new TestedRecord([.. s_page.Leads.Reverse().Select(Renamed)]);
        var cut = Assert.Single(Cuts(record, kind));
        var lost = cut.Lost.Single(lost => lost.Lead == record.IndexOf(record.Find(name)!));
        Assert.Equal(Rest(start, end), lost.Gaps);
        Assert.Equal(lost.Gaps, lost.Scored);
        Assert.Equal(12, cut.Lost.Count);

        static IEnumerable<SampleSpan> Rest(int start, int end) =>
            new SampleSpan[] { new(0, start), new(end, 2500) }.Where(span => !span.IsEmpty);

        static TestedLead Renamed(TestedLead lead) =>
            new("x", lead.MilliVolts, 250) { Name = lead.Name.ToLowerInvariant(), Number = lead.Number };
    }

    [Fact]
    public void Only_a_page_of_twelve_leads_has_layouts()
    {
        foreach (var kind in PlanOptions.Layouts)
        {
            Assert.Single(Cuts(SpikeRecord.Of(seconds: 10.5), kind));
            Assert.Empty(Cuts(SpikeRecord.Of(seconds: 10.6), kind));
            Assert.Empty(Cuts(new TestedRecord([.. s_page.Leads.Skip(1)]), kind));
        }

        var cut = Assert.Single(Cuts(s_page, PlanOptions.Layouts[2], "V1"));
        Assert.Equal((12, 6), (cut.Lost.Count, Assert.Single(Scored(cut))));
    }

    [Fact]
    public void Places_are_the_same_whatever_is_lost_and_with_noise()
    {
        var record = SpikeRecord.Of(seconds: 120);
        CellKind kind = new(0.3);
        CellKind[] others =
        [
            kind with { Loss = LeadLoss.One }, kind with { Loss = LeadLoss.AllButOne },
            kind with { Noise = new CellNoise(NoiseKind.BaselineWander, 6) },
        ];
        var gaps = Gaps(Cuts(record, kind));
        Assert.Equal(2, gaps.Count);
        Assert.All(others, other => Assert.Equal(gaps, Gaps(Cuts(record, other))));
        Assert.NotEqual(gaps, Gaps(Cuts(record, kind with { LengthsOf = LossPattern.Packets })));

        kind = new CellKind(0.15, Pattern: LossPattern.GilbertElliott);
        Assert.Equal(Gaps(Cuts(record, kind)), Gaps(Cuts(record, kind with { Loss = LeadLoss.AllButOne })));
    }

    [Fact]
    public void Gaps_that_are_cut_one_at_a_time_are_cuts_of_their_own()
    {
        var cuts = Cuts(s_page, new CellKind(1));
        Assert.Equal(2, cuts.Count);
        Assert.All(cuts, cut => Assert.Equal((12, 1), (cut.Lost.Count, cut.ScoredCount)));
    }

    [Theory]
    [InlineData("gilbert-elliott", 0.15)]
    [InlineData("packets", 0.56)]
    [InlineData("real", 0.16)]
    public void Of_a_pattern_all_is_lost_and_what_touches_missing_samples_is_not_scored(string pattern, double seconds)
    {
        var kind = new CellKind(seconds, Pattern: CellNames.Find<LossPattern>(pattern)!.Value);
        var record = Flat(seconds: 600);
        var all = Assert.Single(Assert.Single(Cuts(record, kind)).Lost, lost => lost.Lead == 0);
        // 600 s at 100 Hz: what lasted up to 2 s in 4,346 s lasts up to 0.28 s here.
        Assert.Equal(kind.Pattern == LossPattern.Real ? all.Gaps.Where(gap => gap.Length <= 27) : all.Gaps, all.Scored);

        // The sample behind the second scored gap, and one within the fourth.
        record.Leads[0].MilliVolts[all.Scored[1].End] = float.NaN;
        record.Leads[0].MilliVolts[all.Scored[3].Start] = float.NaN;
        var cut = Assert.Single(Cuts(record, kind));
        Assert.All(cut.Lost, lost => Assert.Equal(all.Gaps, lost.Gaps));
        Assert.Equal(all.Scored.Except([all.Scored[1], all.Scored[3]]), cut.Lost[0].Scored);
        Assert.Empty(cut.Lost[1].Scored);
    }

    [Fact]
    public void A_short_record_has_no_real_losses() =>
        Assert.Empty(Cuts(Flat(seconds: 299), new CellKind(0.16, Pattern: LossPattern.Real)));

    [Theory]
    [InlineData("gilbert-elliott", 0.3)]
    [InlineData("packets", 0.56)]
    [InlineData("real", 0.16)]
    public void Single_gaps_with_the_lengths_of_a_pattern_have_those_of_its_scored_gaps(string name, double seconds)
    {
        var pattern = CellNames.Find<LossPattern>(name)!.Value;
        var record = Flat(seconds: 1800);
        var several = Gaps(Cuts(record, new CellKind(seconds, Pattern: pattern)));
        var cut = Assert.Single(Cuts(record, new CellKind(seconds) { LengthsOf = pattern }));
        Assert.Equal(several.Select(gap => gap.Length).Order(), Gaps([cut]).Select(gap => gap.Length).Order());
        Assert.All(Gaps([cut]).Zip(Gaps([cut]).Skip(1)), pair => Assert.True(pair.Second.Start - pair.First.End >= 500));
    }

    [Fact]
    public void A_cell_without_a_gap_is_refused_in_a_plan_of_ones_own()
    {
        const string expected = "expected observed signal for gaps and on each side of them.";
        var missing = new TestedLead("gone", new float[6000], 100);
        missing.MilliVolts.AsSpan().Fill(float.NaN);
        Assert.Equal(
            $"Record gone has no room for single gaps at random, all leads lost, of 1.00 s; {expected}", Refused(missing, new CellKind(1)));
        Assert.Equal(
            $"Record x has no room for single gaps at random, all leads lost, of 1.00 s; {expected}",
            Refused(new TestedLead("x", new float[103], 100), new CellKind(1)));
        Assert.Equal(
            $"Record x has no room for lost Bluetooth packets, all leads lost, of 0.56 s; {expected}",
            Refused(new TestedLead("x", new float[103], 100), new CellKind(0.56, Pattern: LossPattern.Packets)));
        Assert.Equal(
            "Record x has no annotated beats; expected some to place gaps by.",
            Refused(new TestedLead("x", new float[60_000], 100), new CellKind(0.1, GapPlacement.P)));

        static string Refused(TestedLead lead, CellKind kind) =>
            Assert.Throws<InvalidDataException>(
                () => new PlanMaker(new PlanOptions { Cells = [kind], GapsPerRecord = 1 }).Make(new TestedRecord([lead]))).Message;
    }

    [Fact]
    public void A_lead_that_is_not_there_is_refused()
    {
        var exception = Assert.Throws<InvalidDataException>(() => Cuts(Of("MLII", "V1"), new CellKind(0.3), "V2"));
        Assert.Equal(
            "Record x has no lead V2 with samples in a voltage; expected one of 0 (MLII), 1 (V1).", exception.Message);
    }

    /// <summary>Plans two gaps of a cell; an empty cell is none.</summary>
    private static IReadOnlyList<GapCut> Cuts(TestedRecord record, CellKind kind, params string[] leads)
    {
        var options = new PlanOptions
        {
            Name = PlanOptions.FullName,
            Cells = [kind],
            GapsPerRecord = 2,
            Leads = leads.Length == 0 ? null : leads,
        };
        var plan = new PlanMaker(options).Make(record);
        Assert.Equal(
            (record.Name, record.SampleCount, record.SamplingFrequencyHz), (plan.Record, plan.SampleCount, plan.SamplingFrequencyHz));
        return Assert.Single(plan.Cells).Cuts;
    }

    private static List<SampleSpan> Gaps(IReadOnlyList<GapCut> cuts) =>
        [.. cuts.SelectMany(cut => cut.Lost.First(lost => lost.Scored.Count > 0).Scored)];

    private static IEnumerable<int> Scored(GapCut cut) => cut.Lost.Where(lost => lost.Scored.Count > 0).Select(lost => lost.Lead);

    private static TestedRecord Of(params string[] names) =>
        new([.. names.Select((name, number) => new TestedLead("x", new float[6000], 100) { Name = name, Number = number })]);

    private static TestedRecord Flat(int seconds) =>
        new([.. Enumerable.Range(0, 2).Select(number => new TestedLead("x", new float[100 * seconds], 100) { Number = number })]);
}
