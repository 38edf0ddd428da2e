using EcgRecovery.Formats.Csv.Cells;

namespace EcgRecovery.Formats.Csv;

/// <summary>The first times of a column, and the sampling frequency that they show.</summary>
internal sealed class CsvFirstTimes
{
    // Of the steps, so many may be 0 where a row stands twice; a packet whose rows share one time has more.
    private const double ShareOfDoubledRows = 0.01;

    private CsvFirstTimes(List<CsvInstant> instants, CsvTimeRounding rounding)
    {
        (Instants, Rounding) = (instants, rounding);
        if (instants.Count < 2)
            return;
        FrequencyHz = CsvFrequency.Estimate(instants, rounding, out var isRounded);
        // If a row occurs twice, the rows before it give the frequency, and the pass over all rows reports its line.
        if (FrequencyHz is null && FirstDoubled() is > 2 and var twice)
            FrequencyHz = CsvFrequency.Estimate(instants[..twice], rounding, out isRounded);
        IsLoose = !isRounded;
    }

    /// <summary>The times of the first rows, as far as they can be read and rise.</summary>
    public IReadOnlyList<CsvInstant> Instants { get; }

    /// <summary>The rounding errors of the times.</summary>
    public CsvTimeRounding Rounding { get; }

    /// <summary>Samples per second; null if no frequency fits the times.</summary>
    public double? FrequencyHz { get; }

    /// <summary>Whether the times fit only with more error than their rounding.</summary>
    public bool IsLoose { get; }

    /// <summary>Reads the first times of a column.</summary>
    public static CsvFirstTimes Read(CsvLines lines, CsvLayout layout, CsvTimeCandidate column)
    {
        var instants = new List<CsvInstant>();
        var rounding = new CsvTimeRounding();
        var cycles = new CsvCycles(column.Time);
        lines.Seek(layout.DataOffset);
        while (instants.Count < CsvFrequency.RowsLookedAt && lines.TryRead(out var line))
        {
            if (layout.Skips(line))
                continue;
            var cells = new CsvCells(line, layout.Dialect.Delimiter);
            ReadOnlySpan<byte> cell = default;
            for (var c = 0; c <= column.Column; c++)
                cells.TryNext(out cell);
            // The pass over all rows reports the error with its line.
            if (!column.Time.TryParse(cell, out var instant)
                || cycles.Unwrap(ref instant).Since(instants.Count > 0 ? instants[^1] : instant) < 0)
            {
                break;
            }

            instants.Add(instant);
            rounding.Add(instant);
        }

        return new CsvFirstTimes(instants, rounding);
    }

    private int FirstDoubled()
    {
        var doubled = Enumerable.Range(1, Instants.Count - 1).Where(i => Instants[i].Since(Instants[i - 1]) == 0).ToArray();
        return doubled.Length > 0 && doubled.Length <= Math.Max(1, ShareOfDoubledRows * Instants.Count) ? doubled[0] : 0;
    }
}
