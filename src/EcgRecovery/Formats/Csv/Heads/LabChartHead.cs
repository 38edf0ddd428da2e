using System.Globalization;

namespace EcgRecovery.Formats.Csv.Heads;

/// <summary>
/// LabChart's text: <c>Interval=</c>, <c>ExcelDateTime=</c>, <c>ChannelTitle=</c>, <c>Range=</c> and others, each with cells behind it;
/// comments stand at the end of a row, behind <c>#</c>.
/// </summary>
/// <remarks>Every block of a recording begins with such a head. The unit is that of the range, as in <c>10.000 mV</c>.</remarks>
internal static class LabChartHead
{
    private const int LinesLookedAt = 20;

    /// <summary>The program.</summary>
    public const string Program = "LabChart";

    /// <summary>The key with which the head of a block begins.</summary>
    public const string BlockKey = "Interval=";

    /// <summary>The key of a block's start.</summary>
    public const string StartKey = "ExcelDateTime=";

    // Day 0 of a spreadsheet.
    private static readonly DateTime s_dayZero = new(1899, 12, 30, 0, 0, 0, DateTimeKind.Unspecified);
    private const double LastDay = 2_958_465;

    /// <inheritdoc cref="TextHeads.Read"/>
    public static TextHead? Read(IReadOnlyList<string> lines)
    {
        var head = lines.Take(LinesLookedAt).TakeWhile(IsHeadLine).Select(line => line.Split('\t')).ToArray();
        if (Find(head, BlockKey) is not [var interval, ..])
            return null;
        return new TextHead
        {
            Program = Program,
            Lines = head.Length,
            FrequencyHz = RateText.OfPeriod(interval),
            Columns = Columns(head),
            Start = Find(head, StartKey) is [var day, ..] ? Start(day) : null,
        };
    }

    /// <summary>Returns the channels of a head.</summary>
    public static TextHeadColumn[] Columns(string[][] head)
    {
        var units = Find(head, "UnitName=") ?? Find(head, "Range=") ?? [];
        return [.. (Find(head, "ChannelTitle=") ?? []).Select((title, c) => new TextHeadColumn(title, UnitOf(units, c)))];
    }

    /// <summary>Returns whether a line belongs to the head of a block.</summary>
    public static bool IsHeadLine(string line) =>
        line.Split('\t')[0].TrimEnd() is { Length: > 1 } key && key[^1] == '=' && char.IsLetter(key[0]);

    /// <summary>Reads <c>4.4e4</c>, the days since 1899-12-30, to the millisecond; null if it is no such number.</summary>
    public static DateTime? Start(string days) =>
        double.TryParse(days.Replace(',', '.'), NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            && value is > 0 and < LastDay
            ? s_dayZero.AddMilliseconds(Math.Round(value * 86_400_000))
            : null;

    /// <summary>Returns the cells behind a key, without empty ones at the end; null if there is no such line.</summary>
    public static string[]? Find(IEnumerable<string[]> head, string key)
    {
        var cells = head.FirstOrDefault(cells => cells[0].Trim() == key)?[1..];
        return cells is null
            ? null
            : [.. cells.Take(Array.FindLastIndex(cells, cell => cell.Trim().Length > 0) + 1).Select(cell => cell.Trim())];
    }

    private static string? UnitOf(string[] ranges, int column) =>
        column < ranges.Length && ranges[column].Split(' ')[^1] is { Length: > 0 } unit && !char.IsAsciiDigit(unit[^1]) ? unit : null;
}
