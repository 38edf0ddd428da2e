using System.Globalization;

namespace EcgRecovery.Formats.Arrays;

/// <summary>Finds the facts about a recording that stand beside its samples: frequency, unit, names of leads.</summary>
/// <remarks>
/// A fact is looked for in the attributes of the array, then beside it, then in each struct or group around it. Names are compared without
/// case, blanks and signs. They are those of EEGLAB (<c>srate</c>, <c>chanlocs.labels</c>), MNE (<c>sfreq</c>), wfdb-python
/// (<c>fs</c>, <c>sig_name</c>, <c>units</c>), AcqKnowledge (<c>isi</c>, <c>isi_units</c>, <c>labels</c>), LabChart (<c>samplerate</c>,
/// <c>titles</c>) and OpenSignals (<c>sampling rate</c>), and the words themselves.
/// </remarks>
/// <param name="contents">The file.</param>
/// <param name="parents">The names around the samples, from the inside out.</param>
internal sealed class ArrayFacts(ArrayContents contents, IReadOnlyList<string> parents)
{
    private const double LowestHz = 1;
    private const double HighestHz = 1e6;
    private const int LongestUnit = 16;

    private static readonly HashSet<string> s_frequencies =
    [
        "fs", "sf", "sr", "fsamp", "freq", "frequency", "rate", "srate", "sfreq", "samplerate", "samplefreq", "samplefrequency",
        "samplingrate", "samplingfreq", "samplingfrequency", "fsecg", "ecgfs", "fshz", "sampleratehz", "samplingratehz",
        "samplingfreqhz", "samplingfrequencyhz",
    ];

    private static readonly char[] s_hertz = [.. " kKhHzZ"];

    private static readonly HashSet<string> s_gains = ["gain", "gains", "adcgain", "adcgains", "scale", "scaling", "scalefactor"];

    private static readonly HashSet<string> s_intervals = ["isi", "sampleinterval", "samplinginterval"];

    private static readonly HashSet<string> s_intervalUnits = ["isiunits", "isiunit", "sampleintervalunits", "samplingintervalunits"];

    private static readonly HashSet<string> s_units =
        ["unit", "units", "physicalunit", "physicalunits", "signalunit", "signalunits", "ecgunit", "ecgunits", "unittext"];

    private static readonly HashSet<string> s_names =
    [
        "label", "labels", "channel", "channels", "lead", "leads", "leadname", "leadnames", "leadlabels", "channelname", "channelnames",
        "channellabels", "chnames", "signame", "signames", "signalname", "signalnames", "signallabels", "titles", "chanlocslabels",
    ];

    /// <summary>Returns the sampling frequency and the name of its source; null if there is none.</summary>
    public (double Hz, string Name)? Frequency()
    {
        foreach (var parent in parents)
        {
            foreach (var array in Numbers(parent, s_frequencies))
            {
                if (array.ReadOne(0) is >= LowestHz and <= HighestHz and var hz)
                    return (hz, array.Name);
            }

            foreach (var text in Texts(parent, s_frequencies))
            {
                var value = text.Values[0].Trim();
                var thousands = value.EndsWith("kHz", StringComparison.OrdinalIgnoreCase) ? 1000 : 1;
                if (double.TryParse(value.TrimEnd(s_hertz), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                    && number * thousands is >= LowestHz and <= HighestHz and var hz)
                {
                    return (hz, contents.Join(parent, text.Leaf));
                }
            }

            foreach (var array in Numbers(parent, s_intervals))
            {
                var perSecond = Texts(parent, s_intervalUnits).Select(unit => PerSecond(unit.Values[0])).FirstOrDefault();
                if (perSecond / array.ReadOne(0) is >= LowestHz and <= HighestHz and var hz)
                    return (hz, array.Name);
            }
        }

        return null;
    }

    /// <summary>Returns the name of a gain or scale beside the recording; null if there is none.</summary>
    public string? Gain() => parents.SelectMany(parent => contents.Arrays.Where(array => array.Parent == parent))
        .FirstOrDefault(array => s_gains.Contains(Normalise(array.Leaf)))?.Name;

    /// <summary>Returns the units, one for each lead; null if there are none.</summary>
    /// <param name="leads">Number of leads.</param>
    public IReadOnlyList<string>? Units(int leads) => Find(s_units, leads) is { } units
        && units.All(unit => unit.Length is > 0 and <= LongestUnit)
            ? units.Count == leads ? units : [.. Enumerable.Repeat(units[0], leads)]
            : null;

    /// <summary>Returns the names of the leads; null if there are none, or not one for each.</summary>
    /// <param name="leads">Number of leads.</param>
    public IReadOnlyList<string>? Names(int leads) =>
        Find(s_names, leads) is { } names && names.Count == leads && names.All(name => name.Length > 0) && names.Distinct().Count() == leads
            ? names
            : null;

    /// <summary>Returns a name without case, blanks and signs.</summary>
    public static string Normalise(string name) => string.Concat(name.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();

    private IReadOnlyList<string>? Find(HashSet<string> names, int leads) =>
        parents.SelectMany(parent => Texts(parent, names)).Select(text => text.Values)
            .FirstOrDefault(values => values.Count == leads || values.Count == 1);

    private IEnumerable<NumericArray> Numbers(string parent, HashSet<string> names) => contents.Arrays
        .Where(array => array.Count == 1 && array.Parent == parent && names.Contains(Normalise(array.Leaf)));

    private IEnumerable<ArrayText> Texts(string parent, HashSet<string> names) => contents.Texts
        .Where(text => text.Values.Count > 0 && text.Parent == parent && names.Contains(Normalise(text.Leaf)));

    // AcqKnowledge's isi_units are ms.
    private static double PerSecond(string unit) => unit.Trim().ToUpperInvariant() switch
    {
        "MS" or "MSEC" or "MILLISECONDS" => 1e3,
        "US" or "USEC" or "MICROSECONDS" => 1e6,
        "S" or "SEC" or "SECONDS" => 1,
        _ => 0,
    };
}
