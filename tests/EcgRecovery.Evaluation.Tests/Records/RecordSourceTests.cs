using EcgRecovery.Evaluation.Records.Files;
using EcgRecovery.Evaluation.Records.Noise;
using EcgRecovery.Evaluation.Records.Plans;
using EcgRecovery.Evaluation.Records.Truth;

namespace EcgRecovery.Evaluation.Tests.Records;

public class RecordSourceTests
{
    private static readonly TestedRecord s_record = new([SpikeLead.Of()]);

    [Fact]
    public void A_record_that_is_not_that_of_the_plan_is_refused()
    {
        var plan = SmallBenchmark.Plan(SmallBenchmark.Source([s_record]), SmallBenchmark.SixGaps(0.3));
        Assert.Equal(
            "Record x has 15250 samples at 250 Hz; expected 15000 at 250 Hz, as in the plan.",
            Refused(new TestedRecord([SpikeLead.Of(seconds: 61)]), plan));
        Assert.Equal(
            "Record x has 15000 samples at 500 Hz; expected 15000 at 250 Hz, as in the plan.",
            Refused(new TestedRecord([SpikeLead.Of(seconds: 30, frequency: 500)]), plan));
        var two = SmallBenchmark.Plan(
            SmallBenchmark.Source([new TestedRecord([SpikeLead.Of(), SpikeLead.Of()])]), SmallBenchmark.SixGaps(0.3));
        Assert.Equal("Record x has 1 leads; expected at least 2, as in the plan.", Refused(s_record, two));

        static string Refused(TestedRecord record, BenchmarkPlan plan)
        {
            var source = SmallBenchmark.Source([record]);
            var export = new PlanExport(Path.GetTempPath(), overwrite: false, TestContext.Current.CancellationToken);
            var exported = Assert.Throws<InvalidDataException>(() => export.Write(source, plan, progress: null)).Message;
            var run = Assert.Throws<InvalidDataException>(
                () => SmallBenchmark.Run(source, [SmallBenchmark.Constant("zero", 0)], plan)).Message;
            Assert.Equal(run, exported);
            return run;
        }
    }

    [Fact]
    public void A_plan_without_any_gap_is_refused()
    {
        var source = SmallBenchmark.Source([new TestedRecord([new TestedLead("x", new float[10], 250)])]);
        var options = new PlanOptions().Full(1, hasNoise: false);
        Assert.Equal(
            "No record has room for a gap of the plan full; expected longer ones.",
            Assert.Throws<InvalidDataException>(() => SmallBenchmark.Plan(source, options)).Message);
    }

    [Fact]
    public void Noise_needs_its_recordings()
    {
        var source = SmallBenchmark.Source([s_record]);
        Assert.Same(s_record, source.WithNoise(s_record, noise: null, seed: 1));
        var noise = new CellNoise(NoiseKind.BaselineWander, 6);
        Assert.Equal(
            "The plan has cells with baseline wander at 6 dB; expected a folder of recordings of noise.",
            Assert.Throws<InvalidDataException>(() => source.WithNoise(s_record, noise, seed: 1)).Message);
        source.RefuseWithoutNoise([new CellKind(1)]);
        Assert.Throws<InvalidDataException>(() => source.RefuseWithoutNoise([new CellKind(1), new CellKind(1) { Noise = noise }]));
    }
}
