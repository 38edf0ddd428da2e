namespace EcgRecovery.Formats.Csv;

/// <summary>The kinds of columns.</summary>
internal enum CsvColumnKind
{
    /// <summary>The times of the rows.</summary>
    Time,

    /// <summary>The samples of a lead.</summary>
    Lead,

    /// <summary>The origins of a lead's samples.</summary>
    Origin,
}

/// <summary>One column of a CSV.</summary>
/// <param name="Kind">The kind of column.</param>
/// <param name="Name">The lead's name.</param>
/// <param name="Unit">The lead's unit; null if the file names none.</param>
/// <param name="Lead">The lead of the samples or origins, counted from 0.</param>
internal readonly record struct CsvColumn(CsvColumnKind Kind, string Name, string? Unit, int Lead);

/// <summary>The layout of a CSV, found from its first lines.</summary>
internal sealed record CsvLayout
{
    /// <summary>Delimiter and decimal point.</summary>
    public required CsvDialect Dialect { get; init; }

    /// <summary>The columns, in order.</summary>
    public required IReadOnlyList<CsvColumn> Columns { get; init; }

    /// <summary>The form of the times; null if there is no time column.</summary>
    public required CsvTime? Time { get; init; }

    /// <summary>Offset of the first row in the file.</summary>
    public required long DataOffset { get; init; }

    /// <summary>Line of the first row, counted from 1.</summary>
    public required long DataLine { get; init; }

    /// <summary>Day of the first sample, if the heading or a time gives it.</summary>
    public DateOnly? StartDate { get; init; }

    /// <summary>Time of day of the first sample.</summary>
    public TimeOnly? StartTime { get; init; }

    /// <summary>Samples per second, if a line above the rows states it.</summary>
    public double? StatedFrequencyHz { get; init; }

    /// <summary>The texts of the lines above the rows.</summary>
    public IReadOnlyList<string> Comments { get; init; } = [];

    /// <summary>The assumptions that were made, one sentence each.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];

    /// <summary>Column of the times; −1 if there is none.</summary>
    public int TimeColumn => Columns.ToList().FindIndex(column => column.Kind == CsvColumnKind.Time);

    /// <summary>The columns with samples.</summary>
    public IEnumerable<CsvColumn> Leads => Columns.Where(column => column.Kind == CsvColumnKind.Lead);
}
