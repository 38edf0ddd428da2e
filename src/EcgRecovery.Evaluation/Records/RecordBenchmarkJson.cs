using System.Text.Encodings.Web;
using System.Text.Json;
using EcgRecovery.Evaluation.Scores;

namespace EcgRecovery.Evaluation.Records;

/// <summary>A benchmark as one JSON document: <see cref="RecordBenchmarkDocument"/>.</summary>
internal static class RecordBenchmarkJson
{
    private static readonly RecordBenchmarkContext s_context = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        NewLine = "\n",
        // Names may hold letters beyond ASCII, and people read them.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    /// <summary>Returns the document, ending in a line feed.</summary>
    public static string Write(RecordBenchmarkResult result) =>
        JsonSerializer.Serialize(Document(result), s_context.RecordBenchmarkDocument) + "\n";

    private static RecordBenchmarkDocument Document(RecordBenchmarkResult result) => new(
        "default",
        result.Split,
        result.SamplingFrequencyHz,
        [.. result.Records.Select(record => record.Name)],
        result.Options.LeadName is null ? result.Options.Lead : null,
        result.Options.LeadName,
        result.Options.GapsPerRecord,
        result.Records.All(record => !record.AreTogether),
        result.Options.WindowSeconds,
        result.Options.HasIntervals ? result.Options.SelfTestGaps : null,
        result.Options.Seed,
        result.Bootstrap == BootstrapUnit.Patient ? "patient" : "gap",
        [.. result.Cells.Select(cell => Cell(cell, result.Options.Loss))]);

    private static CellDocument Cell(CellScores cell, LeadLoss loss) => new(
        cell.Kind.Seconds,
        GapKind.NameOf(cell.Kind.Placement),
        loss == LeadLoss.One ? "one" : "all",
        "single",
        SnrDb: null,
        cell.GapCount,
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
        score.Judgement is { } judgement ? Judgement(judgement) : null);

    private static RecordErrorDocument? Error(ErrorSummary error) =>
        double.IsNaN(error.Mean) ? null : new RecordErrorDocument(error.Mean, error.Low, error.High, error.Median);

    private static CoverageDocument Coverage(IReadOnlyList<IntervalCoverage> intervals)
    {
        return new CoverageDocument(At(0.5), At(0.8), At(0.95));

        double? At(double level) => Finite(intervals.FirstOrDefault(interval => interval.Level == level)?.Coverage.Mean);
    }

    private static RPeakDocument RPeak(GapRPeaks peaks) => new(
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
