using EcgRecovery.Records;

namespace EcgRecovery.Formats.Csv;

/// <summary>The samples of one lead of a CSV: its rows, and missing samples between the runs.</summary>
/// <param name="runs">The runs of rows between jumps of the times.</param>
/// <param name="rows">Number of rows.</param>
/// <param name="missing">The value of a missing sample.</param>
/// <param name="read">Reads rows.</param>
internal sealed class CsvSamples<T>(IReadOnlyList<CsvRun> runs, long rows, T missing, CsvSamples<T>.ReadRows read) : ISamples<T>
    where T : struct
{
    /// <summary>Reads rows.</summary>
    /// <param name="row">The first row.</param>
    /// <param name="destination">Receives the samples.</param>
    public delegate void ReadRows(long row, Span<T> destination);

    /// <inheritdoc/>
    public long Count => runs[^1].Sample + (rows - runs[^1].Row);

    /// <inheritdoc/>
    public void Read(long start, Span<T> destination)
    {
        SampleWindow.Check(start, destination.Length, Count);
        for (var r = OrderedSearch.CountWhile(runs.Count, i => runs[i].Sample <= start) - 1; !destination.IsEmpty; r++)
        {
            var run = runs[r];
            var length = (r + 1 < runs.Count ? runs[r + 1].Row : rows) - run.Row;
            var inside = (int)Math.Clamp(run.Sample + length - start, 0, destination.Length);
            if (inside > 0)
                read(run.Row + (start - run.Sample), destination[..inside]);
            destination = destination[inside..];
            start += inside;
            var gap = r + 1 < runs.Count ? (int)Math.Min(runs[r + 1].Sample - start, destination.Length) : 0;
            destination[..gap].Fill(missing);
            destination = destination[gap..];
            start += gap;
        }
    }
}
