using System.Text.Json;
using System.Text.Json.Serialization;
using EcgRecovery.Evaluation.RPeaks;

namespace EcgRecovery.Cli.Outputs;

/// <summary>The scores of the R-peak detector as JSON.</summary>
internal static class RPeakScores
{
    /// <summary>Returns one JSON document, in one line that ends in a line feed.</summary>
    public static string Json(RPeakReport report)
    {
        var groups = report.Groups.Append(report.All).Append(report.AllOutsideFlutter);
        var document = new RPeakReportDocument(groups.Select(Document), report.Records.Select(Document));
        return JsonSerializer.Serialize(document, RPeakScoresJson.Default.RPeakReportDocument) + "\n";
    }

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
[JsonSerializable(typeof(RPeakReportDocument))]
internal sealed partial class RPeakScoresJson : JsonSerializerContext;

internal sealed record RPeakReportDocument(IEnumerable<RPeakScoreDocument> Groups, IEnumerable<RPeakScoreDocument> Records);

internal sealed record RPeakScoreDocument(string Name, int Records, RPeakCountsDocument At150Ms, RPeakCountsDocument At20Ms);

internal sealed record RPeakCountsDocument(
    int TruePositives, int FalseNegatives, int FalsePositives, double? Sensitivity, double? PositivePredictivity);
