using System.Globalization;
using EcgRecovery.Evaluation.Records.Results;

namespace EcgRecovery.Evaluation.Records.Files;

/// <summary>The scores of every gap and method as CSV.</summary>
internal static class GapsCsv
{
    private const string Header =
        "cell,record,patient,lead,start,end,class,method,rmseMilliVolts,alignedRmseMilliVolts,maeMilliVolts,correlation,"
        + "matched150ms,missed150ms,false150ms,matched20ms,missed20ms,false20ms,coverage95,width95MilliVolts,leftMissing";

    /// <summary>Writes a line for each gap and method; a figure that does not exist is empty.</summary>
    public static void Write(TextWriter writer, RecordBenchmarkResult result)
    {
        writer.Write($"{Header}\n");
        for (var cell = 0; cell < result.Cells.Count; cell++)
        {
            foreach (var record in result.Records)
            {
                foreach (var gap in record.Cells[cell].Gaps)
                {
                    string[] place =
                    [
                        result.Cells[cell].Kind.Name, record.Record, record.Patient,
                        Text(gap.Lead), Text(gap.Span.Start), Text(gap.Span.End), gap.Class?.ToString() ?? "",
                    ];
                    for (var m = 0; m < gap.Attempts.Count; m++)
                        writer.Write(string.Join(',', [.. place, result.Methods[m].Name, .. Figures(gap.Attempts[m])]) + "\n");
                }
            }
        }
    }

    private static string[] Figures(Scoring.GapAttempt attempt)
    {
        var score = attempt.Score;
        var (wide, narrow) = (score?.RPeaks?.At150Ms, score?.RPeaks?.At20Ms);
        var interval = attempt.Judgement?.At(0.95);
        return
        [
            Text(score?.Rmse), Text(score?.AlignedRmse), Text(score?.Waveform.Mae), Text(score?.Waveform.Correlation),
            Text(wide?.TruePositives), Text(wide?.FalseNegatives), Text(wide?.FalsePositives),
            Text(narrow?.TruePositives), Text(narrow?.FalseNegatives), Text(narrow?.FalsePositives),
            Text(interval?.Coverage), Text(interval?.Width), attempt.Judgement?.Reason ?? "",
        ];
    }

    private static string Text(double? value) =>
        value is { } number && double.IsFinite(number) ? number.ToString("G9", CultureInfo.InvariantCulture) : "";

    private static string Text(long? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "";
}
