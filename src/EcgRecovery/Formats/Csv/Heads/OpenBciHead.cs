using System.Globalization;
using System.Text.RegularExpressions;
using EcgRecovery.Formats.Csv.Cells;

namespace EcgRecovery.Formats.Csv.Heads;

/// <summary>
/// OpenBCI's raw data: lines with <c>%</c>, one of them <c>%Sample Rate = 250 Hz</c>, a heading from version 5 of the program on, and rows
/// whose first cell counts the packets from 0 to 255.
/// </summary>
/// <remarks>The columns <c>EXG Channel N</c> are microvolts; without a heading, the columns behind the counter are.</remarks>
internal static partial class OpenBciHead
{
    private const string MicroVolts = "uV";

    /// <inheritdoc cref="TextHeads.Read"/>
    public static TextHead? Read(IReadOnlyList<string> lines)
    {
        var count = lines.TakeWhile(line => line.StartsWith('%')).Count();
        var head = lines.Take(count).ToArray();
        if (!Array.Exists(head, line => line.Contains("OpenBCI", StringComparison.OrdinalIgnoreCase)))
            return null;
        return new TextHead
        {
            Program = "OpenBCI",
            Lines = count,
            FrequencyHz = Number(head, RatePattern()),
            Columns = count < lines.Count ? Columns(lines[count], Number(head, ChannelsPattern())) : [],
        };
    }

    private static double? Number(string[] head, Regex pattern) => head
        .Select(line => pattern.Match(line))
        .Where(match => match.Success)
        .Select(match => (double?)double.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture))
        .FirstOrDefault(number => number > 0);

    private static TextHeadColumn[] Columns(string line, double? channels)
    {
        var cells = line.Split(',', StringSplitOptions.TrimEntries);
        if (cells[0].Any(char.IsLetter))
            return [.. cells.Select(name => new TextHeadColumn(name, UnitOf(name)))];
        // Below version 5: the counter, the channels, then the accelerometer and a clock.
        return
        [
            new TextHeadColumn("Sample Index"),
            .. Enumerable.Range(0, cells.Length - 1).Select(c => c < channels
                ? new TextHeadColumn($"EXG Channel {c}", MicroVolts)
                : new TextHeadColumn($"Other {c - (channels ?? 0)}", TextUnits.None)),
        ];
    }

    private static string? UnitOf(string name) =>
        name.StartsWith("EXG Channel", StringComparison.OrdinalIgnoreCase) ? MicroVolts
        : name.StartsWith("Accel Channel", StringComparison.OrdinalIgnoreCase) ? "g"
        : name.Contains("time", StringComparison.OrdinalIgnoreCase) || name.Contains("Index", StringComparison.OrdinalIgnoreCase) ? null
        : TextUnits.None;

    [GeneratedRegex(@"^%\s*Sample Rate\s*=\s*(?<number>[0-9]{1,6}(\.[0-9]{1,6})?)", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex RatePattern();

    [GeneratedRegex(@"^%\s*Number of channels\s*=\s*(?<number>[0-9]{1,4})", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex ChannelsPattern();
}
