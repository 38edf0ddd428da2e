using System.Globalization;
using System.Text.RegularExpressions;
using EcgRecovery.Formats.Csv.Cells;

namespace EcgRecovery.Formats.Csv.Heads;

/// <summary>
/// AcqKnowledge's text: the file's name, <c>1 msec/sample</c>, <c>2 channels</c>, a line with the name and one with the unit of every
/// channel, a heading such as <c>min,CH1,CH2,</c>, and the number of samples of each.
/// </summary>
internal static partial class AcqKnowledgeHead
{
    private const int LinesLookedAt = 5;

    /// <inheritdoc cref="TextHeads.Read"/>
    public static TextHead? Read(IReadOnlyList<string> lines)
    {
        var rate = Enumerable.Range(0, Math.Min(LinesLookedAt, lines.Count)).FirstOrDefault(i => RatePattern().IsMatch(lines[i]), -1);
        if (rate < 0 || rate + 1 >= lines.Count || ChannelsPattern().Match(lines[rate + 1]) is not { Success: true } match)
            return null;
        var channels = int.Parse(match.Groups["count"].Value, CultureInfo.InvariantCulture);
        var end = rate + 2 + (2 * channels);
        if (channels == 0 || end >= lines.Count)
            return null;
        var columns = Enumerable.Range(0, channels)
            .Select(c => new TextHeadColumn(lines[rate + 2 + (2 * c)].Trim(), lines[rate + 3 + (2 * c)].Trim()))
            .ToArray();
        var heading = lines[end].Split(s_delimiters, StringSplitOptions.TrimEntries);
        var hasHeading = heading.Any(cell => cell.StartsWith("CH", StringComparison.OrdinalIgnoreCase)) || heading.Any(IsUnitOfTime);
        end += hasHeading ? 1 : 0;
        // The numbers of samples stand below a time that is not there.
        var hasCounts = hasHeading && end < lines.Count
            && (lines[end][0] is ',' or '\t' || !IsUnitOfTime(heading[0])) && CountsPattern().IsMatch(lines[end]);
        return new TextHead
        {
            Program = "AcqKnowledge",
            Lines = end + (hasCounts ? 1 : 0),
            FrequencyHz = RateText.OfValue(lines[rate].Split('/')[0]),
            Columns = IsUnitOfTime(heading[0]) ? [new TextHeadColumn("time", heading[0].ToLowerInvariant()), .. columns] : columns,
        };
    }

    private static readonly char[] s_delimiters = [',', '\t', ';'];

    private static bool IsUnitOfTime(string cell) => CsvHeading.UnitOfTime(cell) is not null;

    [GeneratedRegex(
        @"^\s*[0-9]{1,9}([.,][0-9]{1,9})?\s*((msec|sec|usec|ms|s)\s*/\s*sample|samples?\s*/\s*s(ec|econd)?)\s*[,;\t]*$",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex RatePattern();

    [GeneratedRegex(@"^\s*(?<count>[0-9]{1,3})\s*channels?\s*[,;\t]*$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex ChannelsPattern();

    [GeneratedRegex(@"^\s*([,;\t]|[0-9]{1,12}\s*)+$", RegexOptions.ExplicitCapture)]
    private static partial Regex CountsPattern();
}
