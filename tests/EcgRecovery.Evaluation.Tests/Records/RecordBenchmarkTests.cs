using EcgRecovery.Evaluation.Records;
using EcgRecovery.Evaluation.Records.Files;
using EcgRecovery.Evaluation.Records.Plans;
using EcgRecovery.Evaluation.Records.Results;
using EcgRecovery.Evaluation.Records.Truth;
using EcgRecovery.Evaluation.Scores;
using EcgRecovery.Records;
using EcgRecovery.Recovery.Records;
using static EcgRecovery.Evaluation.Tests.Records.SmallBenchmark;

namespace EcgRecovery.Evaluation.Tests.Records;

public class RecordBenchmarkTests
{
    private static readonly PlanOptions s_plan = SixGaps(0.15, 0.3);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Methods_see_the_gaps_as_missing_and_all_else_as_it_is(bool oneAtATime)
    {
        var truth = SpikeLead.Of().MilliVolts;
        var calls = new List<(float[] Samples, IReadOnlyList<SampleSpan> Gaps)>();
        var method = Method("spy", (lead, gaps, destination) =>
        {
            lock (calls)
                calls.Add((lead.Samples.ToArray(), [.. gaps]));
            return Filled("spy", gaps, destination, 0);
        });
        Run([SpikeLead.Of()], [method], s_plan with { OneAtATime = oneAtATime });
        Assert.Equal(oneAtATime ? 12 : 2, calls.Count);
        foreach (var (samples, gaps) in calls)
        {
            Assert.Equal(oneAtATime ? 1 : 6, gaps.Count);
            var expected = (float[])truth.Clone();
            foreach (var gap in gaps)
                expected.AsSpan(gap.ToRange()).Fill(float.NaN);
            Assert.Equal(expected, samples);
        }
    }

    [Fact]
    public void All_methods_get_the_same_gaps_through_the_window()
    {
        // A window of 2 s at 250 Hz: 500 samples on each side of a gap of 37 samples (0.15 s).
        var lengths = new List<int>();
        var spans = new List<SampleSpan>();
        var method = Method("spy", (lead, gaps, destination) =>
        {
            lengths.Add(lead.Length);
            spans.AddRange(gaps);
            return Filled("spy", gaps, destination, 0);
        });
        Run([SpikeLead.Of()], [method, method], SixGaps(0.148) with { OneAtATime = true }, new() { WindowSeconds = 2 });
        Assert.All(lengths, length => Assert.Equal(1037, length));
        Assert.All(spans, span => Assert.Equal(new SampleSpan(500, 537), span));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Numbers_do_not_depend_on_the_number_of_threads(bool oneAtATime)
    {
        var plan = s_plan with { OneAtATime = oneAtATime };
        var expected = RecordBenchmarkJson.Write(Run(Leads(), RecoveryMethods.ForRecords, plan));
        Assert.Equal(expected, RecordBenchmarkJson.Write(Run(Leads(), RecoveryMethods.ForRecords, plan, new() { Threads = 4 })));

        static TestedLead[] Leads() => [SpikeLead.Of("a"), SpikeLead.Of("b", 70)];
    }

    [Fact]
    public void Records_side_by_side_have_the_same_numbers_on_one_two_and_three_threads()
    {
        CellKind[] cells =
        [
            new(0.3), new(0.3, Loss: LeadLoss.One), new(0.3, Loss: LeadLoss.AllButOne), new(0.15, Pattern: LossPattern.GilbertElliott),
        ];
        var source = Source([Three("a", 20), Three("b", 30), Three("c", 40)]);
        var options = new PlanOptions().Full(3, hasNoise: false) with { Cells = cells, GapsPerRecord = 2 };
        var methods = RecoveryMethods.ForRecords.Where(method => method.Name is "linear" or "similar" or "other-leads").ToList();
        Assert.Equal(3, methods.Count);
        var written = Enumerable.Range(1, 3).Select(threads =>
        {
            var token = TestContext.Current.CancellationToken;
            var plan = RecordBenchmark.Plan(source, options, threads, token);
            var result = Run(source, methods, plan, new() { Threads = threads, SelfTestGaps = 5, BootstrapResamples = 100 });
            return PlanFile.Write(plan) + RecordBenchmarkJson.Write(result);
        }).ToList();
        Assert.Equal(written[0], written[1]);
        Assert.Equal(written[0], written[2]);

        static TestedRecord Three(string name, double seconds) =>
            new([.. SpikeRecord.Of(name, seconds, frequency: 125).Leads.Where(lead => lead.Name is "II" or "V1" or "V5")]);
    }

    [Fact]
    public void Scores_are_means_and_pooled_sums_over_the_gaps()
    {
        // x = 1 mV at every other sample, y = 0: every gap of an even number of samples has the RMSE √½, and no variance.
        var lead = Alternating("a");
        var score = Run([lead], [Constant("zero", 0)], SixGaps(0.2)).Cells[0].Methods[0];
        Assert.Equal((6, 0, 0), (score.Estimated, score.Left, score.BySimplerMethod));
        Assert.Equal(Math.Sqrt(0.5), score.Rmse.Mean, 6);
        Assert.Equal(Math.Sqrt(0.5), score.Rmse.Median, 6);
        Assert.Equal(0, score.AmplitudeRatio);
        Assert.Null(score.RPeaks);
    }

    [Fact]
    public void A_gap_that_is_left_counts_nowhere_but_in_the_number_of_those_left()
    {
        var every = 0;
        var method = Method("shy", (_, gaps, destination) =>
            [.. Filled("shy", gaps, destination, 0).Select(outcome => every++ % 3 == 0 ? GapOutcome.Left("no beats") : outcome)]);
        var score = Run([Alternating("a")], [method], SixGaps(0.2)).Cells[0].Methods[0];
        Assert.Equal((4, 2), (score.Estimated, score.Left));
        Assert.Equal(Math.Sqrt(0.5), score.Rmse.Mean, 6);
    }

    [Fact]
    public void A_method_that_cannot_work_is_listed_without_figures()
    {
        var method = Method("none", (_, gaps, _) => [.. gaps.Select(_ => GapOutcome.Left("no beats"))]);
        var result = Run([SpikeLead.Of()], [method, Constant("zero", 0)], s_plan);
        var score = result.Cells[0].Methods[0];
        Assert.Equal((0, 6), (score.Estimated, score.Left));
        Assert.True(double.IsNaN(score.Rmse.Mean) && double.IsNaN(score.AmplitudeRatio));
        Assert.Null(score.RPeaks);
        Assert.Contains("\"rmseMilliVolts\": null", RecordBenchmarkJson.Write(result), StringComparison.Ordinal);
        Assert.Contains("| none | – | – | – |", RecordBenchmarkTable.Markdown(result), StringComparison.Ordinal);
        Assert.Contains("| none | 6 / 0 | 6 / 0 |", RecordBenchmarkTable.Markdown(result), StringComparison.Ordinal);
    }

    [Fact]
    public void A_gap_filled_by_a_simpler_method_counts_and_is_told()
    {
        Assert.Equal((6, 6), Count("too few beats"));
        // A better one gives no reason.
        Assert.Equal((6, 0), Count(""));

        static (int Filled, int BySimplerMethod) Count(string reason)
        {
            var method = Method("proud", (_, gaps, destination) =>
                [.. Filled("linear", gaps, destination, 0).Select(outcome => outcome with { Reason = reason })]);
            var score = Run([SpikeLead.Of()], [method], s_plan).Cells[0].Methods[0];
            return (score.Estimated, score.BySimplerMethod);
        }
    }

    [Fact]
    public void After_a_self_test_the_error_of_what_is_left_missing_counts_and_is_told_apart()
    {
        var result = Run([SpikeLead.Of()], [Constant("five", 5)], SixGaps(0.2), new() { SelfTestGaps = 20 });
        var score = result.Cells[0].Methods[0];
        Assert.Equal((6, 0), (score.Estimated, score.Left));
        Assert.InRange(score.Rmse.Mean, 4.5, 5);
        var judgement = score.Judgement!;
        Assert.Equal([new LeftGaps("no better than a straight line on this lead", 6)], judgement.Reasons);
        Assert.Equal((1, score.Rmse.Mean), (judgement.LeftShare, judgement.LeftRmse));
        Assert.True(double.IsNaN(judgement.FilledRmse));
        Assert.All(judgement.Intervals, interval => Assert.Equal(0, interval.Gaps));
        var text = RecordBenchmarkTable.Markdown(result);
        Assert.Contains("| five | 100.0 %; – / ", text, StringComparison.Ordinal);
        Assert.Contains("| five | no better than a straight line on this lead | 6 |", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Intervals_and_stated_times_are_those_of_the_hidden_gaps()
    {
        // The method is 1/8 mV too high everywhere, so that bounds are 1/8 mV on both sides, and R peaks are where they should be.
        var truth = SpikeLead.Of().MilliVolts;
        var method = Method("high", (_, gaps, destination) =>
        {
            foreach (var t in gaps.SelectMany(gap => Enumerable.Range((int)gap.Start, (int)gap.Length)))
                destination.Span[t] = truth[t] + 0.125f;
            return [.. gaps.Select(_ => new GapOutcome("high"))];
        });
        var result = Run([SpikeLead.Of()], [method], SixGaps(0.8) with { GapsPerRecord = 4 }, new() { SelfTestGaps = 40 });
        var judgement = result.Cells[0].Methods[0].Judgement!;
        Assert.Equal(0, judgement.Left);
        Assert.All(judgement.Intervals, interval => Assert.Equal((4, 0.25), (interval.Gaps, Math.Round(interval.Width, 4))));
        Assert.InRange(judgement.Intervals[^1].Coverage.Mean, 0.9, 1);
        Assert.Equal((1, 1), (judgement.RPeaks!.Value.HeldShare, judgement.RPeaks.Value.StatedShare));
        Assert.InRange(judgement.RPeaks.Value.MeanSeconds, 0, 0.01);
    }

    [Fact]
    public void Patients_are_the_bootstraps_unit_where_there_are_two()
    {
        // 201 and 202 are one patient.
        Assert.Equal(BootstrapUnit.Row, Run([Alternating("201"), Alternating("202")], [Constant("zero", 0)], s_plan).Scoring.Bootstrap);
        // Errors of √½ and √2 by patient: an interval over two patients reaches from the one to the other.
        var result = Run([Alternating("a"), Alternating("b", 2)], [Constant("zero", 0)], SixGaps(0.2));
        Assert.Equal(BootstrapUnit.Patient, result.Scoring.Bootstrap);
        var rmse = result.Cells[0].Methods[0].Rmse;
        Assert.Equal(Math.Sqrt(0.5), rmse.Low, 6);
        Assert.Equal(1.5 * Math.Sqrt(0.5), rmse.Mean, 6);
        Assert.Equal(2 * Math.Sqrt(0.5), rmse.High, 6);
    }

    [Fact]
    public void A_method_that_learned_from_a_tested_patient_is_marked()
    {
        var method = Method("learned", Zeros, "201");
        var result = Run([SpikeLead.Of("202")], [method], s_plan);
        Assert.True(result.Cells[0].Methods[0].Method.SawTestPatients);
        Assert.Contains("| learned † |", RecordBenchmarkTable.Markdown(result), StringComparison.Ordinal);

        static IReadOnlyList<GapOutcome> Zeros(LeadSignal lead, IReadOnlyList<SampleSpan> gaps, Memory<float> destination) =>
            Filled("learned", gaps, destination, 0);
    }

    [Fact]
    public void A_recovered_sample_that_is_not_finite_is_refused()
    {
        var exception = Assert.Throws<InvalidDataException>(() => Run([SpikeLead.Of()], [Constant("bad", float.NaN)], s_plan));
        Assert.Matches("bad recovers sample [0-9]+ of record x as NaN; expected a finite number", exception.Message);
    }

    [Fact]
    public void Progress_ends_with_all_gaps_done()
    {
        var reports = new List<RecordBenchmarkProgress>();
        Run(
            [SpikeLead.Of("a"), SpikeLead.Of("b")],
            [Constant("zero", 0), Constant("one", 1)],
            s_plan,
            progress: new Listener(reports));
        // A report for each record, length and method.
        Assert.Equal(2 * 2 * 2, reports.Count);
        Assert.Equal(new RecordBenchmarkProgress(48, 0, 48, "b", "one"), reports[^1]);
    }

    private static TestedLead Alternating(string record, float height = 1) =>
        new(record, [.. Enumerable.Range(0, 12_000).Select(t => t % 2 * height)], 100);

    private sealed class Listener(List<RecordBenchmarkProgress> reports) : IProgress<RecordBenchmarkProgress>
    {
        public void Report(RecordBenchmarkProgress value) => reports.Add(value);
    }
}
