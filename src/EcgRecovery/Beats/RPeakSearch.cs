using EcgRecovery.Records;

namespace EcgRecovery.Beats;

/// <summary>Finds the R peaks of a recording in all of its leads together.</summary>
/// <remarks>
/// Every lead is measured first (<see cref="LeadSurvey"/>), the detection signals are combined (<see cref="CombinedHumps"/>), the rules of
/// <see cref="RPeakDetector"/> decide, and each peak is placed in the best lead. Leads are read by windows.
/// </remarks>
internal static class RPeakSearch
{
    // Chosen with the constants of CombinedHumps.
    private const double ThresholdFraction = 0.43;

    // Two leads whose quality differs by less are as good as each other.
    private const double SimilarQuality = 0.02;

    /// <summary>Finds the peaks.</summary>
    /// <param name="leads">The leads, at least one, of frequencies that <see cref="RPeakDetector"/> takes.</param>
    /// <param name="windowLength">Samples of a lead in memory; the result does not depend on it.</param>
    /// <param name="cancellationToken">Checked once per window.</param>
    /// <returns>The result, in which a lead's number is its place in <paramref name="leads"/>.</returns>
    public static FoundRPeaks Find(IReadOnlyList<EcgLead> leads, int windowLength, CancellationToken cancellationToken)
    {
        var options = new RPeakDetectorOptions();
        LeadSurvey[] surveys = [.. leads.Select(lead => LeadSurvey.Of(lead, windowLength, options, cancellationToken))];
        var best = Best(surveys);
        int[] used = [.. Enumerable.Range(0, leads.Count).Where(i => IsBeside(leads[i], leads[best]) && surveys[i].Level > 0)];
        if (used.Length == 0)
            used = [best];
        LeadSurvey[] usedSurveys = [.. used.Select(i => surveys[i])];
        var peaks = used.Length == 1
            ? RPeakDetector.Detect(leads[best], windowLength, options, cancellationToken)
            : Combined(usedSurveys, surveys[best], windowLength, options, cancellationToken);
        return new FoundRPeaks(best, used, peaks, BeatDoubts.Find(usedSurveys));
    }

    /// <summary>Returns the lead to place the peaks in: the best by quality; of leads that are as good, lead II or the first.</summary>
    private static int Best(LeadSurvey[] surveys)
    {
        var limit = surveys.Max(survey => survey.Quality) - SimilarQuality;
        return Enumerable.Range(0, surveys.Length)
            .Where(i => surveys[i].Quality >= limit)
            .OrderBy(i => surveys[i].Level > 0 ? 0 : 1)
            .ThenBy(i => LeadNames.IsSecond(surveys[i].Lead.Name) ? 0 : 1)
            .First();
    }

    private static bool IsBeside(EcgLead lead, EcgLead other) =>
        lead.SamplingFrequencyHz == other.SamplingFrequencyHz && lead.SampleCount == other.SampleCount;

    private static long[] Combined(
        LeadSurvey[] surveys, LeadSurvey best, int windowLength, RPeakDetectorOptions options, CancellationToken cancellationToken)
    {
        var hz = best.Lead.SamplingFrequencyHz;
        var combined = options with { ThresholdFraction = ThresholdFraction };
        var humps = new CombinedHumps(surveys, windowLength, combined, cancellationToken);
        var candidates = RPeakCandidates.Find(humps, best.Lead.SampleCount, hz, combined);
        var beats = new RPeakDecisions(candidates, hz, combined).Beats();
        var windows = surveys.ToDictionary(
            survey => survey, survey => new WindowedValues(new LeadWindow(survey.Lead, windowLength, cancellationToken)));
        var locator = new RPeakLocator(hz);
        var peaks = new List<long>();
        foreach (var beat in beats)
        {
            var lead = Place(surveys, best, beat);
            var peak = locator.Locate(new ValuesWithoutSpikes<WindowedValues>(windows[lead], lead.Spikes), beat);
            if (peak >= 0 && (peaks.Count == 0 || peak > peaks[^1]))
                peaks.Add(peak);
        }

        return [.. peaks];
    }

    /// <summary>Returns the lead to place a beat in: the best one, or where that is silent or noise, the best of the others.</summary>
    private static LeadSurvey Place(LeadSurvey[] surveys, LeadSurvey best, long beat)
    {
        if (IsUsable(best))
            return best;
        var usable = surveys.Where(IsUsable).MaxBy(survey => CombinedHumps.Weight(survey, survey.Grid.StretchOf(beat)));
        return usable ?? best;

        bool IsUsable(LeadSurvey survey)
        {
            var silent = OrderedSearch.CountWhile(survey.Silent.Count, i => survey.Silent[i].End <= beat);
            var isSilent = silent < survey.Silent.Count && survey.Silent[silent].Contains(beat);
            return !isSilent && survey.Stretches[survey.Grid.StretchOf(beat)].Quality is not { IsNoise: true };
        }
    }
}
