using EcgRecovery.Records;
using EcgRecovery.Signals;

namespace EcgRecovery.Recovery.Records.Methods;

/// <summary>The mean of the whole beats near the gap, placed by the rhythm on both sides.</summary>
/// <remarks>
/// A sample of the gap is the mean beat at its phase (<see cref="BeatPhases"/>, <see cref="MeanCycle"/>) plus a straight line, which
/// follows the wander of the ECG: it goes through the mean differences between signal and mean beat just before and just after the gap. At
/// the lead's start or end it is level.
/// <para>
/// Sources: the beat as a function of phase: McSharry et al. 2003, doi:10.1109/TBME.2003.808805; its mean: Sameni et al. 2007,
/// doi:10.1109/TBME.2007.897817.
/// </para>
/// </remarks>
internal sealed class MeanBeatMethod : EstimatingMethod
{
    // Mean RMSE in mV, as in AutoregressiveMethod: .277 in all. Phases that keep 0.1 s after and 0.25 s before an R peak as they are: .277.
    // The line through 0.01, 0.05, 0.1 and 0.15 s beside the gap (up to 600 beats, deviation half): .303, .295, .292, .288. Not the
    // longest: the line is to meet the samples beside the gap.
    private const double SeamSeconds = 0.1;

    /// <inheritdoc/>
    public override string Name => "mean-beat";

    /// <inheritdoc/>
    protected override string? Estimate(LeadSignal lead, SampleSpan gap, Span<double> estimate)
    {
        var near = WholeBeats.Near(lead, gap);
        if (near.Beats.Count < WholeBeats.MinimumCount)
            return "too few beats near it";
        var around = lead.Around(gap);
        var seam = Math.Max(1, (long)Math.Round(SeamSeconds * lead.SamplingFrequencyHz));
        var before = ObservedRuns.Before(lead.Samples, gap, seam).Intersect(around);
        var after = ObservedRuns.After(lead.Samples, gap, seam).Intersect(around);
        var cycle = new MeanCycle(lead.Samples, near.Beats, (int)Math.Ceiling(near.MedianInterval));
        var phases = new BeatPhases(lead, gap, new SampleSpan(before.Start, after.End), near.MedianInterval);
        var left = MeanDifference(lead.Samples, before, cycle, phases);
        var right = MeanDifference(lead.Samples, after, cycle, phases);
        for (var t = 0; t < estimate.Length; t++)
            estimate[t] = cycle.At(phases.At(gap.Start + t)) + Line(left, right, gap.Start + t);
        return null;
    }

    /// <summary>Returns the mean difference between signal and mean beat, and where it lies; null without samples.</summary>
    private static (double Centre, double Value)? MeanDifference(
        ReadOnlySpan<float> samples, SampleSpan span, MeanCycle cycle, BeatPhases phases)
    {
        if (span.IsEmpty)
            return null;
        var sum = 0.0;
        for (var t = span.Start; t < span.End; t++)
            sum += samples[(int)t] - cycle.At(phases.At(t));
        return ((span.Start + span.End - 1) / 2.0, sum / span.Length);
    }

    private static double Line((double Centre, double Value)? left, (double Centre, double Value)? right, long t) => (left, right) switch
    {
        ({ } from, { } to) => from.Value + ((to.Value - from.Value) * (t - from.Centre) / (to.Centre - from.Centre)),
        _ => (left ?? right)?.Value ?? 0,
    };
}
