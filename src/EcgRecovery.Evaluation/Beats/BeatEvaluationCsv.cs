using System.Globalization;
using EcgRecovery.Beats;

namespace EcgRecovery.Evaluation.Beats;

/// <summary>Writes the errors of every row as CSV: one line per row, three columns per method.</summary>
/// <remarks>
/// <code>
/// row,record,class,gap_start,gap_end,real_samples_in_gap,
///     zeros.whole_beat_rmse,zeros.gap_rmse,zeros.gap_rmse_real_samples,linear.whole_beat_rmse,…
/// </code>
/// Rows are counted from 0. Empty cells: <c>record</c> where it is not known, <c>gap_rmse_real_samples</c> where the gap holds no real
/// sample, every cell after the class where the row is too short for a random gap. Numbers are the shortest that read back as the same
/// float32.
/// </remarks>
internal static class BeatEvaluationCsv
{
    /// <summary>Writes the file's content.</summary>
    /// <param name="stream">Receives UTF-8 without a byte order mark.</param>
    /// <param name="evaluation">The errors.</param>
    /// <param name="beats">The evaluated beats, [N].</param>
    /// <exception cref="ArgumentException">The number of beats is not the evaluation's number of rows.</exception>
    public static void Write(Stream stream, BeatEvaluation evaluation, HeartbeatSet beats)
    {
        if (beats.Count != evaluation.RowCount)
            throw new ArgumentException($"beats has {beats.Count} rows; the evaluation has {evaluation.RowCount}.", nameof(beats));
        using var writer = new StreamWriter(stream, leaveOpen: true) { NewLine = "\n" };
        writer.Write("row,record,class,gap_start,gap_end,real_samples_in_gap");
        foreach (var method in evaluation.Methods)
            writer.Write($",{method.Name}.whole_beat_rmse,{method.Name}.gap_rmse,{method.Name}.gap_rmse_real_samples");
        writer.WriteLine();

        for (var row = 0; row < beats.Count; row++)
        {
            writer.Write($"{row},{beats.Sources?[row].Record},{beats.Classes[row]},");
            writer.Write(evaluation.Gaps.Of(beats, row) is { } gap
                ? $"{gap.Start},{gap.End},{RealSamples.Of(gap, beats.RealLength(row)).Length}"
                : ",,");
            foreach (var errors in evaluation.Methods.Select(method => method.Rows))
                writer.Write($",{Cell(errors.WholeBeatRmse[row])},{Cell(errors.GapRmse[row])},{Cell(errors.GapRmseRealSamples[row])}");
            writer.WriteLine();
        }
    }

    private static string Cell(float error) => float.IsNaN(error) ? "" : error.ToString(CultureInfo.InvariantCulture);
}
