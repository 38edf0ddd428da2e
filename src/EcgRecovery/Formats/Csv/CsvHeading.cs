using System.Collections.Frozen;

namespace EcgRecovery.Formats.Csv;

/// <summary>The heading of a column: a name and, behind it, a unit.</summary>
/// <remarks>
/// A unit is written in brackets, <c>MLII [mV]</c>; if it is a common one, in parentheses, <c>MLII (mV)</c>, so that <c>II (filtered)</c>
/// is a name; or, if it is a voltage or a time, behind an underscore, <c>ecg_mV</c>, <c>time_ms</c>.
/// </remarks>
internal static class CsvHeading
{
    /// <summary>The suffix of a lead's name in the heading of the column with the origin of its samples.</summary>
    public const string OriginSuffix = " origin";

    private static readonly FrozenSet<string> s_units = FrozenSet.ToFrozenSet(
        [
            "V", "mV", "uV", "µV", "μV", "nV", "NU", "adu", "mmHg", "bpm", "%",
            "s", "sec", "seconds", "ms", "us", "µs", "μs", "ns", "min", "h",
        ]);

    private static readonly FrozenSet<string> s_suffixes =
        FrozenSet.ToFrozenSet(["mV", "uV", "µV", "μV", "nV", "s", "sec", "ms", "us", "µs", "μs", "ns"]);

    private static readonly FrozenSet<string> s_timeNames = FrozenSet.ToFrozenSet(
        [
            "time", "t", "elapsed", "elapsed time", "timestamp", "timestamps", "time stamp", "date", "datetime", "date time", "clock",
            "seconds", "sec", "s",
            "milliseconds", "ms", "microseconds", "us", "zeit", "temps", "tiempo", "tempo", "tid", "time of day", "relative time",
        ],
        StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> s_indexNames = FrozenSet.ToFrozenSet(
        ["sample", "samples", "sample #", "samp #", "sample number", "index", "idx", "n", "#", "", "unnamed: 0", "row"],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>Splits a heading into name and unit.</summary>
    public static (string Name, string? Unit) Read(string heading)
    {
        var text = heading.Trim();
        if (text.Length > 2 && text[^1] == ']' && text.LastIndexOf('[') is var bracket and >= 0)
            return (text[..bracket].Trim(), text[(bracket + 1)..^1].Trim());
        if (text.Length > 2 && text[^1] == ')' && text.LastIndexOf('(') is var parenthesis and >= 0
            && IsUsual(text[(parenthesis + 1)..^1].Trim()))
        {
            return (text[..parenthesis].Trim(), text[(parenthesis + 1)..^1].Trim());
        }

        if (text.LastIndexOf('_') is var underscore and > 0 && s_suffixes.Contains(text[(underscore + 1)..]))
            return (text[..underscore], text[(underscore + 1)..]);
        return (text, null);
    }

    /// <summary>Writes a heading that <see cref="Read"/> splits into the same name and unit.</summary>
    public static string Write(string name, string unit) => IsUsual(unit) ? $"{name} ({unit})" : $"{name} [{unit}]";

    /// <summary>Returns the unit in a cell of a second heading line, as in <c>'mV'</c>, <c>(mV)</c> or <c>[mV]</c>.</summary>
    public static string ReadUnit(string cell) =>
        cell.Length > 2 && (cell[0], cell[^1]) is ('(', ')') or ('[', ']') ? cell[1..^1].Trim() : cell.Trim();

    /// <summary>Returns whether a cell of a second heading line may be a unit.</summary>
    public static bool IsUnit(string cell) =>
        cell.Length == 0 || IsUsual(ReadUnit(cell)) || (cell[0], cell[^1]) is ('(', ')') or ('[', ']') || IsClock(cell);

    /// <summary>Returns whether a unit stands for clock times, as <c>hh:mm:ss</c> does.</summary>
    public static bool IsClock(string? unit) => unit is not null && unit.Contains("mm:ss", StringComparison.OrdinalIgnoreCase);

    /// <summary>Returns whether a column of this name and unit holds times.</summary>
    public static bool IsTime(string name, string? unit) =>
        s_timeNames.Contains(name) || IsClock(unit)
        || (name.Contains("time", StringComparison.OrdinalIgnoreCase) && (unit is null || UnitOfTime(unit) is not null))
        || name.StartsWith("time (s since", StringComparison.OrdinalIgnoreCase);

    /// <summary>Returns whether a column of this name holds sample numbers.</summary>
    public static bool IsIndex(string name) => s_indexNames.Contains(name);

    /// <summary>Returns a unit of time as Seconds·10^(−Decimals) seconds; null if it is none.</summary>
    public static (int Decimals, int Seconds)? UnitOfTime(string? unit) => unit?.ToLowerInvariant() switch
    {
        "s" or "sec" or "secs" or "second" or "seconds" => (0, 1),
        "ms" or "msec" or "millisecond" or "milliseconds" => (3, 1),
        "us" or "µs" or "μs" or "usec" or "microsecond" or "microseconds" => (6, 1),
        "ns" or "nanosecond" or "nanoseconds" => (9, 1),
        "min" or "minute" or "minutes" => (0, 60),
        "h" or "hour" or "hours" => (0, 3600),
        _ => null,
    };

    /// <summary>Returns the lead whose origins a column holds; null if it is no such column.</summary>
    public static string? OriginOf(string heading) =>
        heading.EndsWith(OriginSuffix, StringComparison.Ordinal) ? heading[..^OriginSuffix.Length] : null;

    private static bool IsUsual(string unit) => s_units.Contains(unit);
}
