using System.Collections.Frozen;
using System.Text.RegularExpressions;
using EcgRecovery.Records;

namespace EcgRecovery.Formats.Csv.Cells;

/// <summary>The heading of a column: a name and, behind it, a unit.</summary>
/// <remarks>
/// A unit is written in brackets, <c>MLII [mV]</c>; in parentheses, <c>MLII (mV)</c>, unless what they enclose qualifies the name, as in
/// <c>II (filtered)</c>; or, if it is a voltage or a time, behind the name, <c>ecg_mV</c>, <c>ECG / mV</c>, <c>time_ms</c>.
/// </remarks>
internal static partial class CsvHeading
{
    /// <summary>The suffix of a lead's name in the heading of the column with the origin of its samples.</summary>
    public const string OriginSuffix = " origin";

    private static readonly FrozenSet<string> s_qualifiers = FrozenSet.ToFrozenSet(
        [
            "filtered", "unfiltered", "clean", "cleaned", "denoised", "original", "recovered", "reconstructed", "processed", "smoothed",
            "resampled", "corrected", "detrended", "inverted", "left", "right", "chest", "wrist", "dry", "wet", "primary", "secondary",
            "ECG", "EKG", "lead", "channel", "signal", "raw ECG", "resp", "PPG", "EMG", "EEG", "EDA",
        ],
        StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> s_timeNames = FrozenSet.ToFrozenSet(
        [
            "time", "t", "elapsed", "elapsed time", "timestamp", "timestamps", "time stamp", "date", "datetime", "date time", "clock",
            "ts", "epoch", "unix", "unixtime", "utc",
            "seconds", "sec", "s",
            "milliseconds", "ms", "msec", "microseconds", "us", "usec", "nanoseconds", "ns",
            "zeit", "temps", "tiempo", "tempo", "tid", "time of day", "relative time",
        ],
        StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> s_indexNames = FrozenSet.ToFrozenSet(
        [
            "sample", "samples", "sample index", "sample no", "sample id", "sample #", "samp #",
            "sample number", "index", "idx", "n", "#", "", "unnamed: 0", "row",
        ],
        StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> s_counterNames = FrozenSet.ToFrozenSet(
        [
            "nseq", "seqn", "seq", "seqno", "seq no", "seqnr", "cnt",
            "sequence", "sequence number", "counter", "sample index", "sample counter", "packet", "packet number",
            "packet counter", "packetnum", "package num", "frame", "frame number",
        ],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>Splits a heading into name and unit.</summary>
    public static (string Name, string? Unit) Read(string heading)
    {
        var text = heading.Trim();
        if (text.Length > 2 && text[^1] == ']' && text.LastIndexOf('[') is var bracket and >= 0)
            return (text[..bracket].Trim(), text[(bracket + 1)..^1].Trim());
        if (text.Length > 2 && text[^1] == ')' && text.LastIndexOf('(') is var parenthesis and >= 0
            && text[(parenthesis + 1)..^1].Trim() is var enclosed && !IsQualifier(enclosed))
        {
            return (text[..parenthesis].Trim(), enclosed);
        }

        // A voltage within the name, as in "ECG [uV] filtered".
        if (VoltagePattern().Match(text) is { Success: true } within && TextUnits.IsVoltage(within.Groups["unit"].Value))
        {
            var name = text.Remove(within.Index, within.Length).Replace("  ", " ", StringComparison.Ordinal).Trim();
            return (name, within.Groups["unit"].Value);
        }

        return SuffixPattern().Match(text) is { Success: true } suffix
            && suffix.Groups["unit"].Value is var unit
            && (suffix.Groups["separator"].Value == "_" || TextUnits.IsVoltage(unit) || s_timeNames.Contains(suffix.Groups["name"].Value))
            ? (suffix.Groups["name"].Value, unit)
            : (text, null);
    }

    /// <summary>Writes a heading that <see cref="Read"/> splits into the same name and unit.</summary>
    public static string Write(string name, string unit) => TextUnits.IsKnown(unit) ? $"{name} ({unit})" : $"{name} [{unit}]";

    /// <summary>Returns the unit in a cell of a second heading line, as in <c>'mV'</c>, <c>(mV)</c> or <c>[mV]</c>.</summary>
    public static string ReadUnit(string cell) =>
        cell.Length > 2 && (cell[0], cell[^1]) is ('(', ')') or ('[', ']') ? cell[1..^1].Trim() : cell.Trim();

    /// <summary>Returns whether a cell of a second heading line may be a unit.</summary>
    public static bool IsUnit(string cell) =>
        cell.Length == 0 || TextUnits.IsKnown(ReadUnit(cell)) || (cell[0], cell[^1]) is ('(', ')') or ('[', ']') || IsClock(cell);

    /// <summary>Returns whether a unit stands for clock times, as <c>hh:mm:ss</c> does.</summary>
    public static bool IsClock(string? unit) => unit is not null && unit.Contains("mm:ss", StringComparison.OrdinalIgnoreCase);

    /// <summary>Returns whether a column of this name and unit holds times.</summary>
    public static bool IsTime(string name, string? unit) =>
        s_timeNames.Contains(Spaced(name)) || IsClock(unit)
        || (name.Contains("time", StringComparison.OrdinalIgnoreCase) && (unit is null || UnitOfTime(unit) is not null))
        || name.StartsWith("time (s since", StringComparison.OrdinalIgnoreCase);

    /// <summary>Returns whether a column of this name holds sample numbers.</summary>
    public static bool IsIndex(string name) => s_indexNames.Contains(Spaced(name));

    /// <summary>Returns a unit of time as Seconds·10^(−Decimals) seconds; null if it is none.</summary>
    public static (int Decimals, int Seconds)? UnitOfTime(string? unit) => unit?.ToLowerInvariant() switch
    {
        "s" or "с" or "sec" or "secs" or "second" or "seconds" => (0, 1),
        "ms" or "мс" or "msec" or "millisecond" or "milliseconds" => (3, 1),
        "us" or "мкс" or "µs" or "μs" or "usec" or "microsecond" or "microseconds" => (6, 1),
        "ns" or "nanosecond" or "nanoseconds" => (9, 1),
        "min" or "minute" or "minutes" => (0, 60),
        "h" or "hr" or "hour" or "hours" => (0, 3600),
        "d" or "day" or "days" => (0, 86_400),
        _ => null,
    };

    /// <summary>Returns the lead whose origins a column holds; null if it is no such column.</summary>
    public static string? OriginOf(string heading) =>
        heading.EndsWith(OriginSuffix, StringComparison.Ordinal) ? heading[..^OriginSuffix.Length] : null;

    /// <summary>Returns whether a column of this name counts samples or packets, perhaps beginning again and again.</summary>
    public static bool IsCounter(string name) => IsIndex(name) || s_counterNames.Contains(Spaced(name));

    /// <summary>Returns whether what parentheses enclose belongs to the name: <c>II (filtered)</c>, <c>CH1 (V5)</c>.</summary>
    private static bool IsQualifier(string enclosed) =>
        !TextUnits.IsKnown(enclosed)
        && (s_qualifiers.Contains(enclosed) || enclosed.Contains(' ', StringComparison.Ordinal) || !enclosed.Any(char.IsLetter)
            || LeadNames.KindOf(enclosed) == LeadKind.Ecg || ChannelPattern().IsMatch(enclosed));

    // Programs write sample_index as well.
    private static string Spaced(string name) => name.Replace('_', ' ');

    [GeneratedRegex(@"[(\[]\s*(?<unit>\p{L}{1,10})\s*[)\]]", RegexOptions.ExplicitCapture)]
    private static partial Regex VoltagePattern();

    // A single V may be the name of a lead.
    [GeneratedRegex(
        @"^(?<name>.*?[^\s_/.,-])(?<separator>_|\s+|\s*[/.,-]\s*|\s+in\s+)(?<unit>[mnuµμ]V|s|sec|ms|us|µs|μs|ns)$",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex SuffixPattern();

    [GeneratedRegex("^([A-Z]{1,3}[0-9]{1,2}|RA|LA|RL|LL)$")]
    private static partial Regex ChannelPattern();
}
