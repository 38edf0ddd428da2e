using System.Text.Json.Serialization;

namespace EcgRecovery.Evaluation.Beats;

/// <summary>The JSON document of an evaluation. Keys are the properties' names in camel case, in their order; they are fixed.</summary>
/// <remarks>Numbers are finite; a value that does not exist is null. Errors are in units of the beat's height, shares are of 1.</remarks>
/// <param name="Model">The requested models: names, files, or <c>all</c>.</param>
/// <param name="Rows">Rows of the file.</param>
/// <param name="Gap">The samples set missing.</param>
/// <param name="Bootstrap"><c>patient</c> or <c>row</c>.</param>
/// <param name="ComparedWith">The method of the differences.</param>
/// <param name="Methods">One entry per method.</param>
internal sealed record BeatEvaluationDocument(
    string Model, int Rows, GapDocument Gap, string Bootstrap, string? ComparedWith, IReadOnlyList<MethodDocument> Methods);

/// <summary>The gap: <c>start</c> and <c>end</c> if it is the same in every row, otherwise length, seed, and rows too short.</summary>
internal sealed record GapDocument
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Start { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? End { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? RandomLength { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Seed { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? RowsLeftOut { get; init; }
}

/// <summary>The scores of one method; <c>gapRmseRealSamples</c> is null where no row has a real sample in the gap.</summary>
internal sealed record MethodDocument(
    string Name,
    ErrorDocument WholeBeatRmse,
    ErrorDocument GapRmse,
    ErrorDocument? GapRmseRealSamples,
    DifferencesDocument? Differences,
    AmplitudeDocument? Amplitude,
    IntervalDocument? Interval,
    IReadOnlyList<ClassDocument> ByClass,
    IReadOnlyList<PatientDocument> ByPatient);

/// <summary>A mean error; <c>rows</c> where not all rows count.</summary>
internal sealed record ErrorDocument(
    double Mean, double Median, double Low, double High, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Rows);

/// <summary>Differences of the three errors.</summary>
internal sealed record DifferencesDocument(
    DifferencePairDocument WholeBeatRmse, DifferencePairDocument GapRmse, DifferencePairDocument GapRmseRealSamples);

/// <summary>A difference in the errors' unit, and relative to the other method's error.</summary>
internal sealed record DifferencePairDocument(DifferenceDocument Absolute, DifferenceDocument Relative);

/// <summary>A difference with its 95 % interval.</summary>
internal sealed record DifferenceDocument(double? Value, double? Low, double? High);

/// <summary>Amplitude of the recovered signal.</summary>
internal sealed record AmplitudeDocument(double? VarianceRatio, int TallPeaks, double? PeakRatio, double? PeakBias);

/// <summary>Coverage and width of the 95 % intervals; <c>worstPatient</c> is a name.</summary>
internal sealed record IntervalDocument(
    double Coverage,
    double Width,
    double? MeanOverPatients,
    string? WorstPatient,
    IReadOnlyList<ClassCoverageDocument> ByClass,
    IReadOnlyList<PatientCoverageDocument> ByPatient);

/// <summary>Coverage of a class.</summary>
internal sealed record ClassCoverageDocument(string Class, int Samples, double Coverage);

/// <summary>Coverage of a patient.</summary>
internal sealed record PatientCoverageDocument(string Patient, int Samples, double Coverage);

/// <summary>Mean errors of a class.</summary>
internal sealed record ClassDocument(
    string Class, int Rows, double? WholeBeatRmse, double? GapRmse, double? GapRmseRealSamples, int RowsWithRealSamples);

/// <summary>Mean error of a patient.</summary>
internal sealed record PatientDocument(string Patient, int RowsWithRealSamples, double? GapRmseRealSamples);

/// <summary>Source-generated metadata of the document.</summary>
[JsonSerializable(typeof(BeatEvaluationDocument))]
internal sealed partial class BeatEvaluationContext : JsonSerializerContext;
