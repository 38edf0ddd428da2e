using EcgRecovery.Evaluation.Records;
using EcgRecovery.Evaluation.Scores;
using EcgRecovery.Records;
using EcgRecovery.Recovery.Records;

namespace EcgRecovery.Evaluation.Tests.Records;

public class RecordBenchmarkTests
{
    private static readonly RecordBenchmarkOptions s_options = new() { GapSeconds = [0.15, 0.3], GapsPerRecord = 6 };

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
        Run([SpikeLead.Of()], [method], s_options with { OneAtATime = oneAtATime });
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
        Run([SpikeLead.Of()], [method, method], s_options with { GapSeconds = [0.148], WindowSeconds = 2, OneAtATime = true, Threads = 1 });
        Assert.All(lengths, length => Assert.Equal(1037, length));
        Assert.All(spans, span => Assert.Equal(new SampleSpan(500, 537), span));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Numbers_do_not_depend_on_the_number_of_threads(bool oneAtATime)
    {
        var options = s_options with { OneAtATime = oneAtATime };
        var expected = RecordBenchmarkJson.Write(Run(Leads(), RecoveryMethods.ForRecords, options));
        Assert.Equal(expected, RecordBenchmarkJson.Write(Run(Leads(), RecoveryMethods.ForRecords, options with { Threads = 4 })));

        static TestedLead[] Leads() => [SpikeLead.Of("a"), SpikeLead.Of("b", 70)];
    }

    [Fact]
    public void Scores_are_means_and_pooled_sums_over_the_gaps()
    {
        // x = 1 mV at every other sample, y = 0: every gap of an even number of samples has the RMSE √½, and no variance.
        var lead = Alternating("a");
        var score = Run([lead], [Constant("zero", 0)], s_options with { GapSeconds = [0.2] }).Cells[0].Methods[0];
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
        var score = Run([Alternating("a")], [method], s_options with { GapSeconds = [0.2] }).Cells[0].Methods[0];
        Assert.Equal((4, 2), (score.Estimated, score.Left));
        Assert.Equal(Math.Sqrt(0.5), score.Rmse.Mean, 6);
    }

    [Fact]
    public void A_method_that_cannot_work_is_listed_without_figures()
    {
        var method = Method("none", (_, gaps, _) => [.. gaps.Select(_ => GapOutcome.Left("no beats"))]);
        var result = Run([SpikeLead.Of()], [method, Constant("zero", 0)], s_options);
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
            var score = Run([SpikeLead.Of()], [method], s_options).Cells[0].Methods[0];
            return (score.Estimated, score.BySimplerMethod);
        }
    }

    [Fact]
    public void After_a_self_test_the_error_of_what_is_left_missing_counts_and_is_told_apart()
    {
        var options = s_options with { GapSeconds = [0.2], SelfTestGaps = 20 };
        var result = Run([SpikeLead.Of()], [Constant("five", 5)], options);
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
        var options = s_options with { GapSeconds = [0.8], GapsPerRecord = 4, SelfTestGaps = 40 };
        var result = Run([SpikeLead.Of()], [method], options);
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
        Assert.Equal(BootstrapUnit.Row, Run([Alternating("201"), Alternating("202")], [Constant("zero", 0)], s_options).Bootstrap);
        // Errors of √½ and √2 by patient: an interval over two patients reaches from the one to the other.
        var result = Run([Alternating("a"), Alternating("b", 2)], [Constant("zero", 0)], s_options with { GapSeconds = [0.2] });
        Assert.Equal(BootstrapUnit.Patient, result.Bootstrap);
        var rmse = result.Cells[0].Methods[0].Rmse;
        Assert.Equal(Math.Sqrt(0.5), rmse.Low, 6);
        Assert.Equal(1.5 * Math.Sqrt(0.5), rmse.Mean, 6);
        Assert.Equal(2 * Math.Sqrt(0.5), rmse.High, 6);
    }

    [Fact]
    public void A_method_that_learned_from_a_tested_patient_is_marked()
    {
        var method = new RecoveryMethodInfo("learned", "") { ForRecords = () => new OneMethod("learned", Zeros, ["201"]) };
        var result = Run([SpikeLead.Of("202")], [method], s_options);
        Assert.True(result.Cells[0].Methods[0].Method.SawTestPatients);
        Assert.Contains("| learned † |", RecordBenchmarkTable.Markdown(result), StringComparison.Ordinal);

        static IReadOnlyList<GapOutcome> Zeros(LeadSignal lead, IReadOnlyList<SampleSpan> gaps, Memory<float> destination) =>
            Filled("learned", gaps, destination, 0);
    }

    [Fact]
    public void A_recovered_sample_that_is_not_finite_is_refused()
    {
        var exception = Assert.ThrowsAny<Exception>(() => Run([SpikeLead.Of()], [Constant("bad", float.NaN)], s_options));
        var cause = exception is AggregateException { InnerExceptions: [var first, ..] } ? first : exception;
        Assert.IsType<InvalidDataException>(cause);
        Assert.Matches("bad recovers sample [0-9]+ of record x as NaN; expected a finite number", cause.Message);
    }

    [Fact]
    public void Progress_ends_with_all_gaps_done()
    {
        var reports = new List<RecordBenchmarkProgress>();
        RecordBenchmark.Run(
            [SpikeLead.Of("a"), SpikeLead.Of("b")],
            2,
            [Constant("zero", 0), Constant("one", 1)],
            s_options,
            new Listener(reports),
            TestContext.Current.CancellationToken);
        Assert.Equal(2 * 2 * 2 * 6, reports.Count);
        Assert.Equal(new RecordBenchmarkProgress(48, 48, "b", "one"), reports[^1]);
    }

    internal static RecordBenchmarkResult Run(
        IReadOnlyList<TestedLead> leads, IReadOnlyList<RecoveryMethodInfo> methods, RecordBenchmarkOptions options) =>
        RecordBenchmark.Run(leads, leads.Count, methods, options, progress: null, TestContext.Current.CancellationToken);

    internal static RecoveryMethodInfo Constant(string name, float value) =>
        Method(name, (_, gaps, destination) => Filled(name, gaps, destination, value));

    private static RecoveryMethodInfo Method(string name, Fill fill) => new(name, "") { ForRecords = () => new OneMethod(name, fill, []) };

    private static List<GapOutcome> Filled(string method, IReadOnlyList<SampleSpan> gaps, Memory<float> destination, float value)
    {
        foreach (var gap in gaps)
            destination.Span[gap.ToRange()].Fill(value);
        return [.. gaps.Select(_ => new GapOutcome(method))];
    }

    private static TestedLead Alternating(string record, float height = 1) =>
        new(record, [.. Enumerable.Range(0, 12_000).Select(t => t % 2 * height)], 100);

    private delegate IReadOnlyList<GapOutcome> Fill(LeadSignal lead, IReadOnlyList<SampleSpan> gaps, Memory<float> destination);

    private sealed class OneMethod(string name, Fill fill, IReadOnlyCollection<string> learnedFrom) : RecordRecoveryMethod
    {
        public override string Name => name;

        public override IReadOnlyCollection<string> LearnedFromRecords => learnedFrom;

        public override IReadOnlyList<GapOutcome> Fill(
            LeadSignal lead, IReadOnlyList<SampleSpan> gaps, Memory<float> destination, CancellationToken cancellationToken) =>
            fill(lead, gaps, destination);
    }

    private sealed class Listener(List<RecordBenchmarkProgress> reports) : IProgress<RecordBenchmarkProgress>
    {
        public void Report(RecordBenchmarkProgress value) => reports.Add(value);
    }
}
