using EcgRecovery.Evaluation.Records.Entrants;
using EcgRecovery.Evaluation.Records.Files;
using EcgRecovery.Evaluation.Records.Plans;
using EcgRecovery.Evaluation.Records.Truth;
using EcgRecovery.Formats.Files;
using EcgRecovery.Formats.Wfdb;
using EcgRecovery.Records;

namespace EcgRecovery.Evaluation.Tests.Records.Files;

public sealed class PlanExportTests : IDisposable
{
    private const string Layout = "single-random-layout-7.50s";
    private const string Single = "single-random-one-1.00s";

    private readonly TemporaryFolder _folder = new();
    private readonly TestedRecord _record = SpikeRecord.Of();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void There_is_a_file_for_each_cut_and_one_for_the_truth()
    {
        var plan = Export();
        Assert.Equal(
            [
                "gapped/single-random-layout-7.50s/x.dat", "gapped/single-random-layout-7.50s/x.hea",
                "gapped/single-random-one-1.00s/x-1.dat", "gapped/single-random-one-1.00s/x-1.hea",
                "gapped/single-random-one-1.00s/x-2.dat", "gapped/single-random-one-1.00s/x-2.hea",
                "gaps.csv", "plan.json", "truth/clean/x.dat", "truth/clean/x.hea",
            ],
            _folder.Files());
        Assert.Equal(PlanFile.Write(plan), File.ReadAllText(_folder.PathOf("plan.json")));
    }

    [Fact]
    public void Gapped_recordings_miss_the_gaps_and_nothing_else()
    {
        var plan = Export();
        for (var cell = 0; cell < plan.Cells.Count; cell++)
        {
            var cuts = plan.Records[0].Cells[cell].Cuts;
            for (var i = 0; i < cuts.Count; i++)
                AssertGapped(new CutPlace(plan.Cells[cell], i, cuts.Count).FileOf("x"), cuts[i].ByLead(12));
        }
    }

    [Fact]
    public void The_truth_is_that_of_the_source_to_the_step_and_has_no_annotations()
    {
        Export();
        using var truth = Open("truth", "clean", "x");
        Assert.Equal(_record.Leads.Select(lead => lead.Name), truth.Leads.Select(lead => lead.Name));
        Assert.Empty(truth.Annotations);
        Assert.All(truth.Leads.Zip(_record.Leads), pair =>
        {
            Assert.Equal(SpikeRecord.StepsPerMilliVolt, pair.First.Gain);
            Assert.Equal(Steps(pair.Second), pair.First.ToAdcUnits());
        });
    }

    [Fact]
    public void The_list_has_each_gap_that_is_scored()
    {
        var plan = Export();
        var (layout, single) = (plan.Records[0].Cells[0].Cuts[0], plan.Records[0].Cells[1].Cuts);
        var lines = File.ReadAllLines(_folder.PathOf("gaps.csv"));
        Assert.Equal("cell,file,record,lead,leadName,start,end", lines[0]);
        // aVR is seen in the second of four columns.
        Assert.Contains($"{Layout},x,x,3,aVR,0,625", lines);
        Assert.Contains($"{Layout},x,x,3,aVR,1250,2500", lines);
        var second = single[1].Lost[0].Scored[0];
        Assert.Equal(FormattableString.Invariant($"{Single},x-2,x,6,V1,{second.Start},{second.End}"), lines[^1]);
        Assert.Equal(1 + layout.ScoredCount + 2, lines.Length);
    }

    [Fact]
    public void Files_are_not_replaced_unasked()
    {
        Export();
        Assert.Throws<OutputExistsException>(() => Export());
        Export(overwrite: true);
    }

    private BenchmarkPlan Export(bool overwrite = false)
    {
        var source = SmallBenchmark.Source([_record]);
        var plan = SmallBenchmark.Plan(
            source,
            new PlanOptions { Cells = [PlanOptions.Layouts[2], new CellKind(1, Loss: LeadLoss.One)], GapsPerRecord = 2 });
        new PlanExport(_folder.Root, overwrite, TestContext.Current.CancellationToken).Write(source, plan, progress: null);
        return plan;
    }

    private void AssertGapped(string file, IReadOnlyList<IReadOnlyList<SampleSpan>> gaps)
    {
        using var gapped = Open("gapped", file);
        Assert.Empty(gapped.Annotations);
        for (var lead = 0; lead < 12; lead++)
        {
            var expected = Steps(_record.Leads[lead]);
            foreach (var gap in gaps[lead])
                expected.AsSpan(gap.ToRange()).Fill(EcgLead.MissingAdcUnits);
            Assert.Equal(expected, gapped.Leads[lead].ToAdcUnits());
        }
    }

    private EcgRecord Open(params string[] names) => RecordFormats.Open(_folder.PathOf(names), new WfdbReadOptions());

    private static int[] Steps(TestedLead lead) =>
        Array.ConvertAll(lead.MilliVolts, value => (int)Math.Round(value * SpikeRecord.StepsPerMilliVolt));
}
