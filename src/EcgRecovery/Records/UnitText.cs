using System.Collections.Frozen;

namespace EcgRecovery.Records;

/// <summary>Spellings of units: files write <c>mV</c>, <c>MV</c>, <c>µV</c>, <c>uv</c>, <c>microvolts</c>.</summary>
internal static class UnitText
{
    private static readonly (string Prefix, double PerMilliVolt)[] s_prefixes =
    [
        ("", 1e-3), ("m", 1), ("milli", 1), ("u", 1e3), ("\u00B5", 1e3), ("\u03BC", 1e3), ("micro", 1e3), ("n", 1e6), ("nano", 1e6),
    ];

    // As Russian programs write them.
    private static readonly KeyValuePair<string, double>[] s_cyrillic = [new("мВ", 1), new("мкВ", 1e3)];

    private static readonly string[] s_volts = ["v", "volt", "volts"];

    private static readonly FrozenDictionary<string, double> s_perMilliVolt = s_prefixes
        .SelectMany(prefix => s_volts.Select(volt => KeyValuePair.Create(prefix.Prefix + volt, prefix.PerMilliVolt)))
        .Concat(s_cyrillic)
        .ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    // EDF leaves the unit of a dimensionless signal empty; NU is WFDB's "no unit".
    private static readonly FrozenSet<string> s_counts = FrozenSet.ToFrozenSet(
        [
            "", "adc", "adcs", "adu", "adus", "adc units", "adc counts", "count", "counts", "raw", "lsb", "digit", "digits", "digital",
            "nu", "n.u.", "au", "a.u.", "arb", "unit", "units", "bit", "bits",
        ],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>Returns how many of a unit make a millivolt, in any letter case; null where it is no voltage.</summary>
    public static double? UnitsPerMilliVolt(string unit) => s_perMilliVolt.TryGetValue(unit.Trim(), out var units) ? units : null;

    /// <summary>Returns whether a unit is that of raw counts of a converter.</summary>
    public static bool IsCount(string unit) => s_counts.Contains(unit.Trim().Replace('_', ' '));
}
