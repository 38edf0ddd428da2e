using EcgRecovery.Evaluation.Records.Truth;
using EcgRecovery.Recovery;
using EcgRecovery.Recovery.Records;

namespace EcgRecovery.Evaluation.Records.Scoring;

/// <summary>What users get of one estimated gap after the lead's self-test.</summary>
/// <param name="Reason">Why the gap is left missing although it has an estimate; empty where it is filled.</param>
/// <param name="Intervals">
/// The intervals, lowest level first; those that too few hidden gaps allow are left out, and there are none in a gap that is left missing.
/// </param>
/// <param name="RPeaks">The recovered R peaks, none in a gap that is left missing; null where the true ones are not known.</param>
internal sealed record GapJudgement(string Reason, IReadOnlyList<GapCoverage> Intervals, RPeakTimes? RPeaks)
{
    /// <summary>Whether the gap is left missing.</summary>
    public bool IsLeft => Reason.Length > 0;

    /// <summary>Compares a gap with the true lead.</summary>
    /// <param name="lead">The true lead.</param>
    /// <param name="gap">A gap with an estimate.</param>
    public static GapJudgement Of(TestedLead lead, FilledGap gap)
    {
        var truth = lead.MilliVolts.AsMemory(gap.Span.ToRange());
        return new GapJudgement(
            gap.Outcome.IsFilled ? "" : gap.Outcome.Reason,
            gap.Outcome.IsFilled ? [.. gap.Intervals.Select(interval => GapCoverage.Of(interval, truth.Span))] : [],
            RPeakTimes.Of(lead, gap.RPeaks));
    }

    /// <summary>Returns the interval of a level; null where there is none.</summary>
    public GapCoverage? At(double level) => Intervals.FirstOrDefault(interval => interval.Level == level);
}

/// <summary>How the intervals of one gap did. x: true samples, G: the gap, of n samples.</summary>
/// <param name="Level">The probability that a true sample should lie between its bounds.</param>
/// <param name="Coverage">The share of samples that do: <c>#{t in G: lower[t] ≤ x[t] ≤ upper[t]}/n</c>.</param>
/// <param name="Width">In mV: <c>Σ (upper[t] − lower[t])/n</c>.</param>
internal sealed record GapCoverage(double Level, double Coverage, double Width)
{
    /// <summary>Compares bounds with the truth.</summary>
    /// <param name="interval">The bounds.</param>
    /// <param name="truth">x, [n].</param>
    public static GapCoverage Of(GapInterval interval, ReadOnlySpan<float> truth)
    {
        var covered = 0;
        for (var t = 0; t < truth.Length; t++)
        {
            if (truth[t] >= interval.Lower[t] && truth[t] <= interval.Upper[t])
                covered++;
        }

        return new GapCoverage(interval.Level, covered / (double)truth.Length, interval.Width);
    }
}

/// <summary>Recovered R peaks, and whether the true ones are as near as stated.</summary>
/// <param name="Recovered">Number of recovered R peaks.</param>
/// <param name="Stated">Number of those with a stated <see cref="RecoveredRPeak.WithinSeconds"/>.</param>
/// <param name="Held">Number of those with a true R peak within it, in the gap or beside it.</param>
/// <param name="StatedSeconds">Sum of the stated tolerances, in seconds.</param>
internal readonly record struct RPeakTimes(int Recovered, int Stated, int Held, double StatedSeconds)
{
    /// <summary>Share of the recovered R peaks whose stated tolerance holds, among those with one; NaN without.</summary>
    public double HeldShare => (double)Held / Stated;

    /// <summary>Share of the recovered R peaks with a stated tolerance; NaN without recovered ones.</summary>
    public double StatedShare => (double)Stated / Recovered;

    /// <summary>Mean stated tolerance, in seconds; NaN without.</summary>
    public double MeanSeconds => StatedSeconds / Stated;

    /// <summary>Adds the counts of two gaps.</summary>
    public static RPeakTimes operator +(RPeakTimes a, RPeakTimes b) =>
        new(a.Recovered + b.Recovered, a.Stated + b.Stated, a.Held + b.Held, a.StatedSeconds + b.StatedSeconds);

    /// <summary>Compares recovered R peaks with the nearest true ones; null where the true ones are not known.</summary>
    /// <param name="lead">The true lead.</param>
    /// <param name="recovered">The R peaks that were recovered in one gap.</param>
    public static RPeakTimes? Of(TestedLead lead, IReadOnlyList<RecoveredRPeak> recovered)
    {
        if (lead.RPeaks is not { } peaks)
            return null;
        var stated = recovered.Where(peak => peak.WithinSeconds is not null).ToList();
        return new RPeakTimes(
            recovered.Count,
            stated.Count,
            stated.Count(peak => peaks.Any(truth => Math.Abs(truth - peak.Sample) / lead.SamplingFrequencyHz <= peak.WithinSeconds)),
            stated.Sum(peak => peak.WithinSeconds!.Value));
    }
}
