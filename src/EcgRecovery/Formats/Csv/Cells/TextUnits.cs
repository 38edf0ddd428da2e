using System.Collections.Frozen;
using EcgRecovery.Records;

namespace EcgRecovery.Formats.Csv.Cells;

/// <summary>The units of values in text files, and of a file's that names none.</summary>
internal static class TextUnits
{
    /// <summary>The unit of a converter's counts, as WFDB names it.</summary>
    public const string Counts = "adu";

    /// <summary>No unit, as WFDB names it.</summary>
    public const string None = "NU";

    /// <summary>The unit of a line that is on or off: no ECG, though it is a count of its own.</summary>
    public const string Logic = "0/1";

    private static readonly FrozenSet<string> s_others = FrozenSet.ToFrozenSet(
        [
            Logic, "normalized", "normalised", "no_units", "no units", "none", "unitless",
            "mmHg", "bpm", "%", "kOhm", "Ohm", "uS", "µS", "μS", "g", "m/s^2", "m/(s^2)", "m/s2", "degC", "°C", "C", "deg/s", "l/min",
            "s", "sec", "second", "seconds", "ms", "msec", "millisecond", "milliseconds", "us", "µs", "μs", "usec", "microseconds", "ns",
            "nanoseconds", "min", "minute", "minutes", "h", "hour", "hours",
        ],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>Returns whether a text is a unit of voltage, in any letter case.</summary>
    public static bool IsVoltage(string text) => UnitText.UnitsPerMilliVolt(text) is not null;

    /// <summary>Returns whether a text stands for counts of a converter, or for no unit.</summary>
    public static bool IsCount(string text) => UnitText.IsCount(text);

    /// <summary>Returns whether a text is a common unit, in any letter case.</summary>
    public static bool IsKnown(string text) => IsVoltage(text) || IsCount(text) || s_others.Contains(text);
}
