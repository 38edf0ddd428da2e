using System.Globalization;
using EcgRecovery.Records;
using EcgRecovery.Reporting.Drawing;

namespace EcgRecovery.Reporting.Records;

/// <summary>What happened in a recovery, in one line.</summary>
internal static class RecoveryHeadline
{
    /// <summary>
    /// Returns the line, as in <c>5 of 6 gaps recovered, 1 left missing; the 95 % intervals are 0.21 mV wide in the mean; least certain:
    /// MLII at 0:02:13.</c>
    /// </summary>
    /// <param name="gaps">The gaps, of those recovered the least certain first.</param>
    /// <param name="provenance">Spans of the recording, which hold the level of the intervals.</param>
    public static string Of(IReadOnlyList<ReportedGap> gaps, IEnumerable<ProvenanceSpan> provenance)
    {
        if (gaps.Count == 0)
            return "There was no gap to recover.";
        ReportedGap[] recovered = [.. gaps.Where(gap => gap.Gap.IsRecovered)];
        var text = $"{NumberText.Count(recovered.Length)} of {Gaps(gaps.Count)} recovered";
        if (recovered.Count(gap => gap.Gap.Origin == SampleOrigin.Derived) is > 0 and var derived)
            text += $" ({NumberText.Count(derived)} exactly, from other leads)";
        if (gaps.Count > recovered.Length)
            text += $", {NumberText.Count(gaps.Count - recovered.Length)} left missing";
        ReportedGap[] known = [.. recovered.Where(gap => gap.Gap.IntervalWidth is not null)];
        if (known.Length == 0)
            return text + (recovered.Length > 0 ? "; how sure the samples are is not known." : ".");
        if (known.Select(gap => gap.Lead.Unit).Distinct().Count() == 1)
        {
            // By samples, as the coverage of the intervals is.
            var mean = known.Sum(gap => gap.Gap.IntervalWidth!.Value * gap.Gap.Span.Length) / known.Sum(gap => gap.Gap.Span.Length);
            text += $"; the {Level(provenance)}intervals are {ReportedGap.Value(mean, known[0].Lead)} wide in the mean";
        }

        return $"{text}; least certain: {known[0].Place}.";
    }

    /// <summary>Returns a number of gaps as text.</summary>
    public static string Gaps(int count) => $"{NumberText.Count(count)} {(count == 1 ? "gap" : "gaps")}";

    private static string Level(IEnumerable<ProvenanceSpan> provenance)
    {
        var levels = provenance
            .Where(span => span.Origin == SampleOrigin.Recovered)
            .Select(span => span.IntervalLevel)
            .OfType<double>()
            .Distinct()
            .ToArray();
        return levels is [var level] ? string.Create(CultureInfo.InvariantCulture, $"{100 * level:0.##} % ") : "";
    }
}
