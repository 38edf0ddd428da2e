using EcgRecovery.Evaluation.Records.Truth;
using EcgRecovery.Evaluation.Scores;
using EcgRecovery.Records;

namespace EcgRecovery.Evaluation.Records.Scoring;

/// <summary>Heart-rate variability of one lead: true, with its gaps dropped, and as each entrant recovers it.</summary>
/// <remarks>
/// R peaks beside the gaps are those that the detector finds in the true lead; those in a gap are the recovered ones. Where the gap is
/// dropped, no interval that a gap overlaps counts.
/// </remarks>
/// <param name="Truth">Of the R peaks that the detector finds in the true lead.</param>
/// <param name="Dropped">Without the intervals that a gap overlaps.</param>
/// <param name="Recovered">[entrants]; null where an entrant left a gap without an estimate.</param>
internal sealed record RhythmScore(
    HeartRateVariability Truth, HeartRateVariability Dropped, IReadOnlyList<HeartRateVariability?> Recovered)
{
    // Shorter recordings have no spectrum to speak of.
    private const double MinimumSeconds = 300;

    /// <summary>
    /// Compares the rhythm of a lead whose gaps are missing together; null where it is too short or its beats are not known.
    /// </summary>
    /// <param name="lead">The true lead.</param>
    /// <param name="lost">All that is lost of it, in order.</param>
    /// <param name="gaps">Its scored gaps, in order, with what the entrants made of them.</param>
    /// <param name="entrants">Number of entrants.</param>
    public static RhythmScore? Of(TestedLead lead, IReadOnlyList<SampleSpan> lost, IReadOnlyList<TestedGap> gaps, int entrants)
    {
        if (lead.RPeaks is null || lead.MilliVolts.Length < MinimumSeconds * lead.SamplingFrequencyHz)
            return null;
        var truth = Seconds(lead, lead.FoundRPeaks);
        int[] beside = [.. lead.FoundRPeaks.Where(peak => !lost.Any(span => span.Contains(peak)))];
        // What is lost and is not to be recovered is dropped in either case.
        var unscored = lost.Except(gaps.Select(gap => gap.Span)).ToList();
        return new RhythmScore(
            HeartRateVariability.Of(truth),
            Variability(lead, beside, lost),
            [.. Enumerable.Range(0, entrants).Select(Recover)]);

        HeartRateVariability? Recover(int entrant)
        {
            var found = gaps.Select(gap => gap.Attempts[entrant].Score?.RPeaks?.Found).ToList();
            return found.Contains(null)
                ? null
                : Variability(lead, [.. beside.Concat(found.SelectMany(peaks => peaks!)).Order()], unscored);
        }
    }

    private static HeartRateVariability Variability(TestedLead lead, int[] peaks, IReadOnlyList<SampleSpan> dropped)
    {
        var seconds = Seconds(lead, peaks);
        var times = dropped.Select(span => (span.Start / lead.SamplingFrequencyHz, span.End / lead.SamplingFrequencyHz)).ToList();
        return HeartRateVariability.Of(seconds, HeartRateVariability.Across(seconds, times));
    }

    private static double[] Seconds(TestedLead lead, int[] peaks) => Array.ConvertAll(peaks, peak => peak / lead.SamplingFrequencyHz);
}
