using System.Text.Json;
using EcgRecovery.Evaluation.Records.Noise;
using EcgRecovery.Evaluation.Records.Plans;
using EcgRecovery.Evaluation.Records.Scoring;
using EcgRecovery.Evaluation.Scores;

namespace EcgRecovery.Evaluation.Records.Results;

/// <summary>A benchmark as one JSON document: <see cref="RecordBenchmarkDocument"/>.</summary>
internal static class RecordBenchmarkJson
{
    private static readonly RecordBenchmarkContext s_context = new(ResultJson.Options());

    /// <summary>Returns the document, ending in a line feed.</summary>
    public static string Write(RecordBenchmarkResult result) =>
        JsonSerializer.Serialize(Document(result), s_context.RecordBenchmarkDocument) + "\n";

    private static RecordBenchmarkDocument Document(RecordBenchmarkResult result) => new(
        result.Plan.Name,
        result.Plan.Split,
        result.SamplingFrequencyHz,
        [.. result.Plan.Records.Select(record => record.Record)],
        result.Plan.Records.SelectMany(record => record.Cells).All(cell => cell.Cuts.Count == 0 || !cell.AreTogether),
        result.Scoring.WindowSeconds,
        result.Scoring.SelfTestGaps > 0 ? result.Scoring.SelfTestGaps : null,
        result.Plan.Seed,
        result.Scoring.Bootstrap == BootstrapUnit.Patient ? "patient" : "gap",
        [.. result.Cells.Select((cell, i) => Cell(cell, LeadsOf(result.Plan, i)))]);

    private static IReadOnlyList<int> LeadsOf(BenchmarkPlan plan, int cell) =>
    [
        .. plan.Records.SelectMany(record => record.Cells[cell].Cuts).SelectMany(cut => cut.Lost)
            .Where(lost => lost.Scored.Count > 0)
            .Select(lost => lost.Lead)
            .Distinct()
            .Order(),
    ];

    private static CellDocument Cell(CellScores cell, IReadOnlyList<int> leads) => new(
        cell.Kind.Name,
        cell.Kind.Seconds,
        cell.MeanSeconds,
        CellNames.Of(cell.Kind.Placement),
        CellNames.Of(cell.Kind.Loss),
        CellNames.Of(cell.Kind.Pattern),
        cell.Kind.LengthsOf is { } pattern ? CellNames.Of(pattern) : null,
        cell.Kind.Noise is { } noise ? NoiseKinds.NameOf(noise.Kind) : null,
        cell.Kind.Noise?.SnrDb,
        cell.GapCount,
        leads,
        Rhythm(cell.Dropped, isDropped: true),
        [.. cell.Methods.Select(Method)]);

    private static CellMethodDocument Method(CellScore score) => new(
        score.Method.Name,
        score.Estimated,
        score.Left,
        score.BySimplerMethod,
        score.Method.SawTestPatients,
        Error(score.Rmse),
        Error(score.AlignedRmse),
        Finite(score.Waveform.Nrmse),
        Finite(score.Waveform.Prd),
        Finite(score.Waveform.Mae),
        Finite(score.Waveform.Correlation),
        Finite(score.Waveform.Q1),
        Finite(score.Waveform.Q2),
        Finite(score.Waveform.SeamJump),
        Finite(score.AmplitudeRatio),
        score.RPeaks is { } peaks ? RPeak(peaks) : null,
        score.Judgement is { } judged ? Coverage(judged.Intervals) : null,
        Finite(score.Pinball),
        score.Difference is { } difference ? Difference(difference) : null,
        [.. score.Beats.Select(Beats)],
        Rhythm(score.Rhythm, isDropped: false),
        [.. score.ByClass.Select(Group)],
        [.. score.ByPatient.Select(Group)],
        score.Judgement is { } judgement ? Judgement(judgement) : null);

    private static DifferenceDocument Difference(PairedDifference difference) => new(
        PairedDifference.Reference,
        difference.Gaps,
        Finite(difference.Rmse.Absolute.Value),
        Finite(difference.Rmse.Absolute.Low),
        Finite(difference.Rmse.Absolute.High),
        Finite(difference.Rmse.Relative.Value),
        Finite(difference.Rmse.Relative.Low),
        Finite(difference.Rmse.Relative.High));

    private static BeatsDocument Beats(ClassBeats beats) => new(
        beats.Class.ToString(),
        beats.Beats,
        beats.KeptInTruth,
        beats.KeptInGaps,
        beats.Kept,
        beats.Erased,
        beats.FalseInTruth,
        beats.False,
        beats.Invented);

    private static RhythmDocument? Rhythm(RhythmErrors? errors, bool isDropped) => errors is null
        ? null
        : new RhythmDocument(
            errors.Leads,
            Finite(errors.Sdnn),
            Finite(errors.Rmssd),
            Finite(errors.LowToHigh),
            isDropped ? null : errors.BetterThanDropped);

    private static GroupDocument Group(GroupError group) => new(group.Name, group.Gaps, Finite(group.Rmse));

    private static RecordErrorDocument? Error(ErrorSummary error) =>
        double.IsNaN(error.Mean) ? null : new RecordErrorDocument(error.Mean, error.Low, error.High, error.Median);

    private static CoverageDocument Coverage(IReadOnlyList<IntervalCoverage> intervals)
    {
        return new CoverageDocument(At(0.5), At(0.8), At(0.95));

        double? At(double level) => Finite(intervals.FirstOrDefault(interval => interval.Level == level)?.Coverage.Mean);
    }

    private static RPeakDocument RPeak(PooledRPeaks peaks) => new(
        peaks.At150Ms.TruePositives + peaks.At150Ms.FalseNegatives,
        Finite(peaks.At150Ms.Sensitivity),
        Finite(peaks.At150Ms.PositivePredictivity),
        Finite(peaks.At20Ms.Sensitivity),
        Finite(peaks.At20Ms.PositivePredictivity));

    private static JudgementDocument Judgement(JudgementScore score) => new(
        score.Left,
        [.. score.Reasons.Select(left => new LeftDocument(left.Reason, left.Gaps))],
        Finite(score.FilledRmse),
        Finite(score.LeftRmse),
        [.. score.Intervals.Select(Interval)],
        score.RPeaks is { } peaks
            ? new RPeakTimesDocument(peaks.Recovered, peaks.Stated, peaks.Held, Finite(1000 * peaks.MeanSeconds))
            : null);

    private static IntervalDocument Interval(IntervalCoverage interval) => new(
        interval.Level,
        interval.Gaps,
        Finite(interval.Coverage.Mean),
        Finite(interval.Coverage.Low),
        Finite(interval.Coverage.High),
        Finite(interval.Width));

    private static double? Finite(double? value) => value is { } number && double.IsFinite(number) ? number : null;
}
