namespace EcgRecovery.Formats.Csv;

/// <summary>What a column of a CSV is.</summary>
internal enum CsvColumnKind
{
    /// <summary>The times of the rows.</summary>
    Time,

    /// <summary>The samples of a lead.</summary>
    Lead,

    /// <summary>Where the samples of a lead come from.</summary>
    Origin,
}

/// <summary>One column.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">The lead's name.</param>
/// <param name="Unit">Its unit; null where the file names none.</param>
/// <param name="Lead">Which lead it is, or speaks of, counted from 0.</param>
internal readonly record struct CsvColumn(CsvColumnKind Kind, string Name, string? Unit, int Lead);

/// <summary>How a CSV is laid out, told by its first lines.</summary>
internal sealed record CsvLayout
{
    /// <summary>Delimiter and decimal point.</summary>
    public required CsvDialect Dialect { get; init; }

    /// <summary>The columns, in order.</summary>
    public required IReadOnlyList<CsvColumn> Columns { get; init; }

    /// <summary>How the times are written; null where there is no time column.</summary>
    public required CsvTime? Time { get; init; }

    /// <summary>Where the first row begins.</summary>
    public required long DataOffset { get; init; }

    /// <summary>Its line, counted from 1.</summary>
    public required long DataLine { get; init; }

    /// <summary>The day of the first sample, where the header or a time says it.</summary>
    public DateOnly? StartDate { get; init; }

    /// <summary>The time of day of the first sample.</summary>
    public TimeOnly? StartTime { get; init; }

    /// <summary>Samples a second, where a line above the rows says it.</summary>
    public double? StatedFrequencyHz { get; init; }

    /// <summary>What the lines above the rows say in words.</summary>
    public IReadOnlyList<string> Comments { get; init; } = [];

    /// <summary>What was taken for granted.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];

    /// <summary>Column of the times; −1 where there is none.</summary>
    public int TimeColumn => Columns.ToList().FindIndex(column => column.Kind == CsvColumnKind.Time);

    /// <summary>Columns that are leads.</summary>
    public IEnumerable<CsvColumn> Leads => Columns.Where(column => column.Kind == CsvColumnKind.Lead);
}
