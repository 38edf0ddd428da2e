using EcgRecovery.Formats.Csv.Cells;
using EcgRecovery.Formats.Csv.Heads;
using EcgRecovery.Formats.Files;

namespace EcgRecovery.Formats.Csv;

/// <summary>The kinds of columns.</summary>
internal enum CsvColumnKind
{
    /// <summary>Times, counts or row numbers.</summary>
    Time,

    /// <summary>The samples of a lead.</summary>
    Lead,

    /// <summary>The origins of a lead's samples.</summary>
    Origin,

    /// <summary>Text that is no part of the recording.</summary>
    Text,
}

/// <summary>One column of a CSV.</summary>
/// <param name="Kind">The kind of column.</param>
/// <param name="Name">The lead's name.</param>
/// <param name="Unit">The lead's unit; null if the file names none.</param>
/// <param name="Lead">The lead of the samples or origins, counted from 0; −1 for other columns.</param>
/// <param name="Bits">The resolution of the converter whose counts the lead holds; null if it is not known.</param>
internal readonly record struct CsvColumn(CsvColumnKind Kind, string Name, string? Unit = null, int Lead = -1, int? Bits = null);

/// <summary>The layout of a CSV, found from its first lines.</summary>
internal sealed record CsvLayout
{
    /// <summary>Delimiter and decimal point.</summary>
    public required CsvDialect Dialect { get; init; }

    /// <summary>The columns, in order.</summary>
    public required IReadOnlyList<CsvColumn> Columns { get; init; }

    /// <summary>The columns that may hold the times of the rows; see <see cref="CsvTimeChoice"/>.</summary>
    public required IReadOnlyList<CsvTimeCandidate> TimeCandidates { get; init; }

    /// <summary>Whether the caller chose the only candidate.</summary>
    public bool IsTimeChosen { get; init; }

    /// <summary>The column from which the times are taken; null if the rows are taken one after the other.</summary>
    public CsvTimeCandidate? Time { get; init; }

    /// <summary>Offset of the first row in the file.</summary>
    public required long DataOffset { get; init; }

    /// <summary>Line of the first row, counted from 1.</summary>
    public required long DataLine { get; init; }

    /// <summary>Whether a blank line between the rows is a missing sample: in a file of one column that is how it is written.</summary>
    public bool IsBlankMissing { get; init; }

    /// <summary>Day of the first sample, if the head, the heading or a time gives it.</summary>
    public DateOnly? StartDate { get; init; }

    /// <summary>Time of day of the first sample.</summary>
    public TimeOnly? StartTime { get; init; }

    /// <summary>Samples per second, if a line above the rows states it.</summary>
    public double? StatedFrequencyHz { get; init; }

    /// <summary>Whether the file has blocks, each with a head as LabChart writes it.</summary>
    public bool HasBlocks { get; init; }

    /// <summary>The channels of the first block.</summary>
    public IReadOnlyList<TextHeadColumn> BlockColumns { get; init; } = [];

    /// <summary>The texts of the lines above the rows.</summary>
    public IReadOnlyList<string> Comments { get; init; } = [];

    /// <summary>The assumptions that were made, one sentence each.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];

    /// <summary>The columns with samples.</summary>
    public IEnumerable<CsvColumn> Leads => Columns.Where(column => column.Kind == CsvColumnKind.Lead);

    /// <summary>Returns whether a line behind the first row is no row.</summary>
    public bool Skips(ReadOnlySpan<byte> line) =>
        CsvLines.IsComment(line) || (CsvLines.IsBlank(line) ? !IsBlankMissing : HasBlocks && IsBlockHead(line));

    /// <summary>Returns whether a line belongs to the head of a further block.</summary>
    public bool IsBlockHead(ReadOnlySpan<byte> line) =>
        HasBlocks && !line.IsEmpty && char.IsAsciiLetter((char)line[0]) && LabChartHead.IsHeadLine(FileText.Decode(line));
}
