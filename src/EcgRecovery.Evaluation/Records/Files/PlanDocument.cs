using System.Text.Json.Serialization;

namespace EcgRecovery.Evaluation.Records.Files;

/// <summary>The JSON document of a plan. Keys are the properties' names in camel case; they are fixed.</summary>
/// <param name="Format"><see cref="PlanFile.Format"/>.</param>
/// <param name="Name">Name of the plan.</param>
/// <param name="Split">Name of the records' split.</param>
/// <param name="Seed">Seed of the places and of the bootstrap.</param>
/// <param name="FrequencyHz">Frequency to which records are resampled before gaps are cut; null for their own.</param>
/// <param name="Cells">The cells.</param>
/// <param name="Records">The records.</param>
internal sealed record PlanDocument(
    string Format,
    string Name,
    string Split,
    int Seed,
    double? FrequencyHz,
    IReadOnlyList<PlanCellDocument> Cells,
    IReadOnlyList<PlanRecordDocument> Records);

/// <summary>A cell, see <see cref="Plans.CellKind"/>.</summary>
internal sealed record PlanCellDocument(
    double GapSeconds, string Placement, string Loss, string Pattern, string? LengthsOf, string? Noise, double? SnrDb);

/// <summary>A record.</summary>
/// <param name="Record">Its name.</param>
/// <param name="SamplingFrequencyHz">Samples per second.</param>
/// <param name="Samples">Number of samples of a lead.</param>
/// <param name="Cells">For each cell its cuts; the gaps of one cut are missing together.</param>
internal sealed record PlanRecordDocument(
    string Record, double SamplingFrequencyHz, long Samples, IReadOnlyList<IReadOnlyList<IReadOnlyList<PlanLossDocument>>> Cells);

/// <summary>What some leads lose in a cut.</summary>
/// <param name="Leads">Numbers of the leads, in the record's order.</param>
/// <param name="Scored">Those of them that are to be recovered.</param>
/// <param name="Gaps">Start and end of each gap that is to be recovered there, half-open.</param>
/// <param name="AlsoLost">Further gaps, which are not to be recovered.</param>
internal sealed record PlanLossDocument(
    IReadOnlyList<int> Leads, IReadOnlyList<int> Scored, IReadOnlyList<long[]> Gaps, IReadOnlyList<long[]> AlsoLost);

/// <summary>Source-generated metadata of the document.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(PlanDocument))]
internal sealed partial class PlanContext : JsonSerializerContext;
