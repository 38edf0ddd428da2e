using System.Text.Json;
using System.Text.Json.Serialization;
using EcgRecovery.Evaluation.RPeaks;

namespace EcgRecovery.Cli.Outputs;

/// <summary>The scores of the R-peak detector as JSON.</summary>
internal static class RPeakScores
{
    /// <summary>Returns one JSON document, in one line that ends in a line feed.</summary>
    public static string Json(RPeakStudy study)
    {
        var document = new RPeakStudyDocument(
            Groups(study.FirstLead),
            study.FirstLead.Records.Select(Document),
            Groups(study.AllLeads),
            study.AllLeads.Records.Select(Document),
            study.Ludb is { } ludb ? new LudbDocument(ludb.Choosing.Select(Document), ludb.Test.Select(Document)) : null);
        return JsonSerializer.Serialize(document, RPeakScoresJson.Default.RPeakStudyDocument) + "\n";
    }

    private static IEnumerable<RPeakScoreDocument> Groups(RPeakReport report) =>
        report.Groups.Append(report.All).Append(report.AllOutsideFlutter).Select(Document);

    private static RPeakScoreDocument Document(RPeakScore score) =>
        new(score.Name, score.RecordCount, Document(score.At150Ms), Document(score.At20Ms));

    private static RPeakCountsDocument Document(RPeakCounts counts) => new(
        counts.TruePositives,
        counts.FalseNegatives,
        counts.FalsePositives,
        FiniteOrNull(counts.Sensitivity),
        FiniteOrNull(counts.PositivePredictivity));

    private static double? FiniteOrNull(double share) => double.IsNaN(share) ? null : share;
}

/// <summary>The JSON document of <c>evaluate-peaks</c>; its keys are the names below in camel case.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(RPeakStudyDocument))]
internal sealed partial class RPeakScoresJson : JsonSerializerContext;

internal sealed record RPeakStudyDocument(
    IEnumerable<RPeakScoreDocument> Groups,
    IEnumerable<RPeakScoreDocument> Records,
    IEnumerable<RPeakScoreDocument> AllLeadsGroups,
    IEnumerable<RPeakScoreDocument> AllLeadsRecords,
    LudbDocument? Ludb);

internal sealed record LudbDocument(IEnumerable<RPeakScoreDocument> Records1To160, IEnumerable<RPeakScoreDocument> Records161To200);

internal sealed record RPeakScoreDocument(string Name, int Records, RPeakCountsDocument At150Ms, RPeakCountsDocument At20Ms);

internal sealed record RPeakCountsDocument(
    int TruePositives, int FalseNegatives, int FalsePositives, double? Sensitivity, double? PositivePredictivity);
