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
/// <param name="seamSeconds">Samples on each side that the line goes through, in seconds.</param>
internal sealed class MeanBeatMethod(double seamSeconds = 0.3) : EstimatingMethod
{
    /// <inheritdoc/>
    public override string Name => "mean-beat";

    /// <inheritdoc/>
    protected override string? Estimate(LeadSignal lead, SampleSpan gap, Span<double> estimate)
    {
        var near = WholeBeats.Near(lead, gap);
        if (near.Beats.Count < WholeBeats.MinimumCount)
            return "too few beats near it";
        var around = lead.Around(gap);
        var seam = Math.Max(1, (long)Math.Round(seamSeconds * lead.SamplingFrequencyHz));
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
