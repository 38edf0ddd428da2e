using System.Text.Json.Serialization;

namespace EcgRecovery.Evaluation.Records.Results;

/// <summary>The JSON document of a benchmark. Keys are the properties' names in camel case, in their order; they are fixed.</summary>
/// <remarks>Numbers are finite; a value that does not exist is null. Errors are in mV, shares are of 1.</remarks>
/// <param name="Plan">Name of the plan of gaps: <c>full</c>, <c>quick</c>, <c>custom</c>, or that in a plan's file.</param>
/// <param name="Split">The split's name.</param>
/// <param name="FrequencyHz">Sampling frequency at which gaps were cut; null where records differ.</param>
/// <param name="Records">Names of the records.</param>
/// <param name="OneAtATime">Whether gaps were cut one at a time in every record.</param>
/// <param name="WindowSeconds">Signal that methods see before a gap, and after it.</param>
/// <param name="SelfTestGaps">Hidden gaps of the self-test; null without.</param>
/// <param name="Seed">Seed of the places and of the bootstrap.</param>
/// <param name="Bootstrap"><c>patient</c> or <c>gap</c>.</param>
/// <param name="Cells">One entry per cell.</param>
internal sealed record RecordBenchmarkDocument(
    string Plan,
    string Split,
    double? FrequencyHz,
    IReadOnlyList<string> Records,
    bool OneAtATime,
    double WindowSeconds,
    int? SelfTestGaps,
    int Seed,
    string Bootstrap,
    IReadOnlyList<CellDocument> Cells);

/// <summary>Gaps of one cell.</summary>
/// <param name="Name">Its name in files.</param>
/// <param name="GapSeconds">Nominal length.</param>
/// <param name="MeanGapSeconds">Mean length.</param>
/// <param name="Placement">Where single gaps lie: <c>random</c>, <c>p</c>, <c>qrs</c> or <c>t</c>.</param>
/// <param name="Loss">Which leads are lost: <c>all</c>, <c>one</c>, <c>all-but-one</c> or <c>layout</c>.</param>
/// <param name="Pattern">How gaps follow each other: <c>single</c>, <c>gilbert-elliott</c>, <c>packets</c> or <c>real</c>.</param>
/// <param name="LengthsOf">The pattern whose lengths these single gaps have; null where all have the nominal one.</param>
/// <param name="Noise">Noise that was added: <c>bw</c> or <c>ma</c>; null without.</param>
/// <param name="SnrDb">Its signal-to-noise ratio; null without.</param>
/// <param name="Gaps">Number of gaps.</param>
/// <param name="Leads">Numbers of the leads that they are in.</param>
/// <param name="Dropped">Heart-rate variability with the gaps dropped; null where it is not known.</param>
/// <param name="Methods">One entry per method.</param>
internal sealed record CellDocument(
    string Name,
    double GapSeconds,
    double MeanGapSeconds,
    string Placement,
    string Loss,
    string Pattern,
    string? LengthsOf,
    string? Noise,
    double? SnrDb,
    int Gaps,
    IReadOnlyList<int> Leads,
    RhythmDocument? Dropped,
    IReadOnlyList<CellMethodDocument> Methods);

/// <summary>Scores of one method.</summary>
/// <param name="Name">Its name.</param>
/// <param name="N">Gaps that it has an estimate for.</param>
/// <param name="Left">Gaps that it has none for.</param>
/// <param name="BySimplerMethod">Estimated gaps that it left to a simpler method.</param>
/// <param name="SawTestPatients">Whether it learned from patients that it is tested on; null where that is not known.</param>
/// <param name="RmseMilliVolts">Null where it estimated no gap.</param>
/// <param name="AlignedRmseMilliVolts">Null where it estimated no gap.</param>
/// <param name="Nrmse">RMSE over the standard deviation of the lead.</param>
/// <param name="Prd">In percent, mean removed, pooled over gaps.</param>
/// <param name="MaeMilliVolts">Mean absolute error.</param>
/// <param name="Correlation">Pearson's r.</param>
/// <param name="Q1">First score of the CinC Challenge 2010.</param>
/// <param name="Q2">Its second score.</param>
/// <param name="SeamJumpMilliVolts">Step that the recovery adds at the ends of a gap.</param>
/// <param name="AmplitudeRatio">Variance, recovered over true.</param>
/// <param name="RPeak">Null where true R peaks are not known.</param>
/// <param name="Coverage">Share of samples within its intervals; null without.</param>
/// <param name="PinballMilliVolts">Mean pinball loss of the estimate and its intervals; null without.</param>
/// <param name="Difference">Paired with the method <c>similar</c>; null for that method and where the two share no gap.</param>
/// <param name="Beats">What became of the beats, by class.</param>
/// <param name="Rhythm">Heart-rate variability; null where it is not known.</param>
/// <param name="ByClass">Errors by class.</param>
/// <param name="ByPatient">Errors by patient.</param>
/// <param name="SelfTest">What users get of its estimates after the self-test; null without.</param>
internal sealed record CellMethodDocument(
    string Name,
    int N,
    int Left,
    int BySimplerMethod,
    bool? SawTestPatients,
    RecordErrorDocument? RmseMilliVolts,
    RecordErrorDocument? AlignedRmseMilliVolts,
    double? Nrmse,
    double? Prd,
    double? MaeMilliVolts,
    double? Correlation,
    double? Q1,
    double? Q2,
    double? SeamJumpMilliVolts,
    double? AmplitudeRatio,
    RPeakDocument? RPeak,
    CoverageDocument? Coverage,
    double? PinballMilliVolts,
    DifferenceDocument? Difference,
    IReadOnlyList<BeatsDocument> Beats,
    RhythmDocument? Rhythm,
    IReadOnlyList<GroupDocument> ByClass,
    IReadOnlyList<GroupDocument> ByPatient,
    JudgementDocument? SelfTest);

/// <summary>
/// Difference of mean RMSE to another method over the gaps that both estimated, with its 95 % interval; below 0 is better.
/// </summary>
internal sealed record DifferenceDocument(
    string To, int N, double? MilliVolts, double? Low, double? High, double? Relative, double? RelativeLow, double? RelativeHigh);

/// <summary>Beats of a class in gaps, and what became of them: see <see cref="Scoring.ClassBeats"/>.</summary>
internal sealed record BeatsDocument(
    string Class, int Beats, int KeptInTruth, int KeptInGaps, int Kept, int Erased, int FalseInTruth, int False, int Invented);

/// <summary>Mean absolute errors of heart-rate variability over leads.</summary>
internal sealed record RhythmDocument(int Leads, double? SdnnMs, double? RmssdMs, double? LfHf, int? BetterThanDropped);

/// <summary>Mean RMSE of a group's gaps.</summary>
internal sealed record GroupDocument(string Name, int N, double? RmseMilliVolts);

/// <summary>Shares of samples within the intervals of 50, 80 and 95 %.</summary>
internal sealed record CoverageDocument(double? P50, double? P80, double? P95);

/// <summary>What users get of a method's estimates.</summary>
/// <param name="Left">Estimated gaps that the self-test leaves missing.</param>
/// <param name="Reasons">Its parts.</param>
/// <param name="FilledRmseMilliVolts">Mean over the other gaps; null where there is none.</param>
/// <param name="LeftRmseMilliVolts">Mean over what would have been filled in those left; null where there is none.</param>
/// <param name="Intervals">One entry per level, over the gaps that are filled.</param>
/// <param name="RPeakTimes">Null where true R peaks are not known.</param>
internal sealed record JudgementDocument(
    int Left,
    IReadOnlyList<LeftDocument> Reasons,
    double? FilledRmseMilliVolts,
    double? LeftRmseMilliVolts,
    IReadOnlyList<IntervalDocument> Intervals,
    RPeakTimesDocument? RPeakTimes);

/// <summary>Gaps that are left missing for one reason.</summary>
internal sealed record LeftDocument(string Reason, int Gaps);

/// <summary>Intervals of one level over <c>gaps</c> gaps: mean coverage with its 95 % interval, mean width; null without.</summary>
internal sealed record IntervalDocument(
    double Level, int Gaps, double? Coverage, double? Low, double? High, double? WidthMilliVolts);

/// <summary>Recovered R peaks: those with a stated tolerance, those of which it holds, and its mean.</summary>
internal sealed record RPeakTimesDocument(int Recovered, int Stated, int Held, double? MeanStatedMs);

/// <summary>A mean error with its 95 % interval.</summary>
internal sealed record RecordErrorDocument(double Mean, double Low, double High, double Median);

/// <summary>R peaks in gaps; <c>beats</c> is the number of true ones. A share of none is null.</summary>
internal sealed record RPeakDocument(
    int Beats,
    [property: JsonPropertyName("sensitivity150ms")] double? Sensitivity150Ms,
    [property: JsonPropertyName("positivePredictivity150ms")] double? PositivePredictivity150Ms,
    [property: JsonPropertyName("sensitivity20ms")] double? Sensitivity20Ms,
    [property: JsonPropertyName("positivePredictivity20ms")] double? PositivePredictivity20Ms);

/// <summary>Source-generated metadata of the document.</summary>
[JsonSerializable(typeof(RecordBenchmarkDocument))]
internal sealed partial class RecordBenchmarkContext : JsonSerializerContext;
