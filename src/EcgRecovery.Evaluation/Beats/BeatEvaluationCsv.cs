using EcgRecovery.Records;

namespace EcgRecovery.Evaluation.Beats;

/// <summary>Writes the errors of every row as CSV: one line per row, three columns per method.</summary>
/// <remarks>
/// <code>
/// row,record,class,real_samples_in_gap,zeros.whole_beat_rmse,zeros.gap_rmse,zeros.gap_rmse_real_samples,linear.whole_beat_rmse,…
/// </code>
/// Rows are counted from 0. Empty: <c>record</c> where it is not known, <c>gap_rmse_real_samples</c> where the gap holds none. Numbers are
/// the shortest that read back as the same float32.
/// </remarks>
public static class BeatEvaluationCsv
{
    /// <summary>Writes the file's content.</summary>
    /// <param name="stream">Receives UTF-8 without a byte order mark.</param>
    /// <param name="evaluation">The errors.</param>
    /// <param name="beats">The beats that were evaluated, [N].</param>
    /// <exception cref="ArgumentException">The beats are not as many as the evaluation's rows.</exception>
    public static void Write(Stream stream, BeatEvaluation evaluation, HeartbeatSet beats)
    {
        if (beats.Count != evaluation.RowCount)
            throw new ArgumentException($"beats has {beats.Count} rows; the evaluation has {evaluation.RowCount}.", nameof(beats));
        using var writer = new StreamWriter(stream, leaveOpen: true) { NewLine = "\n" };
        writer.Write("row,record,class,real_samples_in_gap");
        foreach (var method in evaluation.Methods)
            writer.Write($",{method.Name}.whole_beat_rmse,{method.Name}.gap_rmse,{method.Name}.gap_rmse_real_samples");
        writer.WriteLine();

        for (var row = 0; row < beats.Count; row++)
        {
            var real = Math.Clamp(beats.RealLength(row) - evaluation.Gap.StartSample, 0, evaluation.Gap.Length);
            writer.Write($"{row},{beats.Sources?[row].Record},{beats.Classes[row]},{real}");
            foreach (var method in evaluation.Methods)
            {
                writer.Write($",{method.Rows.WholeBeatRmse[row]},{method.Rows.GapRmse[row]},");
                if (!float.IsNaN(method.Rows.GapRmseRealSamples[row]))
                    writer.Write(method.Rows.GapRmseRealSamples[row]);
            }

            writer.WriteLine();
        }
    }
}
