using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using EcgRecovery.Formats.Csv.Cells;
using EcgRecovery.Records;

namespace EcgRecovery.Formats.Csv.Heads;

/// <summary>
/// Lines of a key and a value above the rows, also as comments: <c>Sample Rate,512 hertz</c>, <c>Unit,µV</c>, <c>Lead: II</c>,
/// <c># Sampling Rate (Hz):= 1000.00</c>.
/// </summary>
/// <remarks>
/// Apple's Health export translates keys and <c>hertz</c>, and may use a decimal comma. So a unit of voltage as value is a unit whatever
/// its key, and beside such a unit a number of hertz is the sampling frequency, a day with a time the start, and a lead's name the lead.
/// </remarks>
internal static partial class KeyValueHead
{
    private const int LinesLookedAt = 100;

    private static readonly HashSet<string> s_unitKeys =
        new(["unit", "units", "einheit", "unité", "unità", "unidad", "unidade", "eenheid"], StringComparer.OrdinalIgnoreCase);

    private static readonly HashSet<string> s_leadKeys =
        new(
            [
                "lead", "leads", "channel", "channels", "label", "labels", "signal", "signals", "ableitung", "dérivation", "derivazione",
                "derivación", "derivação", "afleiding", "avledning", "afledning",
            ],
            StringComparer.OrdinalIgnoreCase);

    /// <inheritdoc cref="TextHeads.Read"/>
    public static TextHead? Read(IReadOnlyList<string> lines)
    {
        var pairs = lines.Take(LinesLookedAt).Select((line, i) => (Line: i, Pair: PairPattern().Match(line)))
            .Where(line => line.Pair.Success)
            .Select(line => new Pair(line.Line, line.Pair.Groups["key"].Value.Trim(), line.Pair.Groups["value"].Value.Trim()))
            .ToArray();
        var named = lines.Take(LinesLookedAt).Select(RateText.OfLine).FirstOrDefault(rate => rate is not null);
        var hertz = Hertz(pairs);
        var unit = Array.Find(pairs, pair => IsUnit(pair, hasFrequency: (named ?? hertz) is not null));
        var frequency = named ?? (unit is null ? null : hertz);
        if (frequency is null && unit is null)
            return null;
        // A head without a unit may be any text: only its frequency is certain.
        var lead = Array.FindLast(pairs, pair => s_leadKeys.Contains(pair.Key) || (pair.Line == unit?.Line - 1 && IsLead(pair)));
        var bits = pairs.FirstOrDefault(pair => pair.Key.StartsWith("resolution", StringComparison.OrdinalIgnoreCase))?.Value;
        var understood = new[] { unit, unit is null ? null : lead }.Max(pair => pair?.Line ?? -1);
        return new TextHead
        {
            Lines = understood + 1,
            FrequencyHz = frequency,
            Columns = lead is null ? [] : Columns(lead.Value, unit?.Value, bits),
            Unit = unit?.Value,
            Start = unit is null ? null : Start(pairs),
        };
    }

    private static TextHeadColumn[] Columns(string names, string? unit, string? bits)
    {
        var isNumber = int.TryParse(bits, NumberStyles.None, CultureInfo.InvariantCulture, out var read);
        int? width = isNumber && read is > 0 and <= 31 ? read : null;
        return [.. names.Split([',', ';', '\t'], StringSplitOptions.TrimEntries).Select(name => new TextHeadColumn(name, unit, width))];
    }

    /// <summary>Returns the only number of hertz among the values, in any language.</summary>
    private static double? Hertz(Pair[] pairs)
    {
        var numbers = pairs.Where(pair => !RateText.NamesFilter(pair.Key) && HertzPattern().IsMatch(pair.Value))
            .Select(pair => RateText.OfValue(pair.Value)).Distinct().ToArray();
        return numbers is [> 0 and var number] ? number : null;
    }

    private static DateTime? Start(Pair[] pairs)
    {
        foreach (var pair in pairs)
        {
            if (CsvTime.TryParseDateTime(Encoding.UTF8.GetBytes(pair.Value), out _, out var start))
                return start;
        }

        return null;
    }

    // A heading such as "time,mV", and a line of units such as "s,mV", look like a key and its value.
    private static bool IsUnit(Pair pair, bool hasFrequency) =>
        s_unitKeys.Contains(pair.Key)
            ? TextUnits.IsKnown(pair.Value)
            : hasFrequency && TextUnits.IsVoltage(pair.Value) && pair.Key.Any(char.IsLetter)
                && !TextUnits.IsKnown(pair.Key) && !CsvHeading.IsTime(pair.Key, null) && !CsvHeading.IsIndex(pair.Key);

    private static bool IsLead(Pair pair) => LeadPattern().IsMatch(pair.Value) && LeadNames.KindOf(pair.Key) != LeadKind.Ecg;

    /// <summary>A key and its value.</summary>
    private sealed record Pair(int Line, string Key, string Value);

    [GeneratedRegex(
        @"^[\s#%]*""?(?<key>[^,;:=\t""]{1,40}?)""?\s*(:=|[,;:=\t])\s*""?(?<value>[^""]{1,200}?)""?\s*[,;]*$",
        RegexOptions.ExplicitCapture)]
    private static partial Regex PairPattern();

    [GeneratedRegex(
        @"^[0-9][0-9., ']{0,12}\s*k?(hz|her[ctz]\w*|гц|герц\w*|赫\w*|ヘルツ|헤르츠|הרץ|هرتز|χερτζ)$",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex HertzPattern();

    [GeneratedRegex(@"^(\p{L}+\s+)?(I{1,3}|aV[RLF]|V[1-9]|ML ?II|ECG|EKG)$", RegexOptions.ExplicitCapture)]
    private static partial Regex LeadPattern();
}
