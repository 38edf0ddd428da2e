using EcgRecovery.Records;

namespace EcgRecovery.Beats;

/// <summary>Why R peaks of a stretch are not to be trusted.</summary>
public enum DoubtCause
{
    /// <summary>All leads are constant: no electrode, or no heartbeat.</summary>
    Flat,

    /// <summary>All leads are noise: what is found there does not repeat itself as beats do, or is hum.</summary>
    Noise,

    /// <summary>Ventricular fibrillation or flutter, which has no beats.</summary>
    Fibrillation,
}

/// <summary>A stretch in which R peaks are not to be trusted.</summary>
/// <param name="Span">Its samples, counted as the peaks are.</param>
/// <param name="Cause">Why.</param>
public readonly record struct DoubtfulBeats(SampleSpan Span, DoubtCause Cause);

/// <summary>Decides where R peaks are not to be trusted.</summary>
internal static class BeatDoubts
{
    // A coarse converter shows a pause between two beats as a constant, too.
    private const double MinimumFlatSeconds = 3;

    /// <summary>Finds the stretches, in order; where two causes hold, the first of <see cref="DoubtCause"/> is given.</summary>
    /// <param name="leads">The leads, all of one sampling frequency and length.</param>
    public static IReadOnlyList<DoubtfulBeats> Find(IReadOnlyList<LeadSurvey> leads)
    {
        var minimum = (long)(MinimumFlatSeconds * leads[0].Lead.SamplingFrequencyHz);
        var whole = new SampleSpan(0, leads[0].Lead.SampleCount);
        // Silent in all leads, and constant in one of them at least: what all leads miss is stated by the file.
        var silent = leads.Select(lead => lead.Silent).Aggregate(SampleSpan.Intersect);
        var missing = leads.Select(lead => SampleSpan.Subtract(lead.Silent, lead.Flat)).Aggregate(SampleSpan.Intersect);
        SampleSpan[] flat =
            [.. SampleSpan.Subtract(silent, missing).Select(span => span.Intersect(whole)).Where(span => span.Length >= minimum)];
        var fibrillation = SampleSpan.Subtract(Stretches(leads[0].RhythmGrid, i => IsFibrillation(leads, i)), flat);
        var noise = SampleSpan.Subtract(SampleSpan.Subtract(Stretches(leads[0].Grid, i => IsNoise(leads, i)), flat), fibrillation);
        return
        [
            .. flat.Select(span => new DoubtfulBeats(span, DoubtCause.Flat))
                .Concat(fibrillation.Select(span => new DoubtfulBeats(span, DoubtCause.Fibrillation)))
                .Concat(noise.Select(span => new DoubtfulBeats(span, DoubtCause.Noise)))
                .OrderBy(doubt => doubt.Span.Start),
        ];
    }

    private static IReadOnlyList<SampleSpan> Stretches(StretchGrid grid, Func<int, bool> condition) =>
        SampleSpan.Merge(Enumerable.Range(0, grid.Count).Where(condition).Select(i => grid[i]));

    // As beside a gap: at least half of the leads that can be judged must show it.
    private static bool IsFibrillation(IReadOnlyList<LeadSurvey> leads, int stretch)
    {
        var known = leads.Count(lead => lead.IsFibrillation[stretch] is not null);
        var fibrillating = leads.Count(lead => lead.IsFibrillation[stretch] == true);
        return fibrillating > 0 && 2 * fibrillating >= known;
    }

    // One good lead is enough.
    private static bool IsNoise(IReadOnlyList<LeadSurvey> leads, int stretch)
    {
        var known = leads.Select(lead => lead.Stretches[stretch].Quality).OfType<LeadQuality>().ToArray();
        return known.Length > 0 && Array.TrueForAll(known, quality => quality.IsNoise);
    }
}
