using System.Buffers;
using EcgRecovery.Beats;
using EcgRecovery.Records;

namespace EcgRecovery.Recovery.Records;

/// <summary>Decides from the samples around a gap whether it should be left missing.</summary>
/// <remarks>Only observed samples are read. There is no state, so any number of threads may call it.</remarks>
internal static class GapSurroundings
{
    /// <summary>The reason for gaps in a rhythm without beats: no other place of the lead is like it.</summary>
    public const string Fibrillation = "ventricular fibrillation or flutter around it";

    /// <summary>The reason for gaps in noise, which cannot be predicted.</summary>
    public const string Noise = "noise around it";

    private const double SideSeconds = 5;

    // The rhythm is the same in all leads: of twelve, three are enough, and a quarter of the work.
    private const int MaximumLeads = 3;

    // Where samples beside the gap are missing or the lead ends, the quality is measured from further away.
    private static readonly double[] s_qualitySideSeconds = [SideSeconds, 2 * SideSeconds, 4 * SideSeconds];

    // Between the two sides when their quality is measured, so that no beat consists of parts of both.
    private const double SeparationSeconds = 1;

    /// <summary>Returns why a gap should be left missing; null where there is no reason, or too little signal to decide.</summary>
    /// <param name="lead">The lead, with the other leads of the recording.</param>
    /// <param name="gap">The gap.</param>
    public static string? ReasonToLeave(LeadSignal lead, SampleSpan gap) =>
        IsFibrillation(lead, gap) ? Fibrillation : IsNoise(lead, gap) ? Noise : null;

    // At least half of the leads that can be judged must show it, so that an artefact in one of three does not decide.
    private static bool IsFibrillation(LeadSignal lead, SampleSpan gap)
    {
        foreach (var window in Windows(lead, gap))
        {
            int known = 0, fibrillating = 0;
            foreach (var one in lead.Others.Prepend(lead))
            {
                if (known == MaximumLeads)
                    break;
                if (VentricularFibrillation.IsIn(one.Samples[window.ToRange()], one.SamplingFrequencyHz) is not { } isFibrillation)
                    continue;
                known++;
                fibrillating += isFibrillation ? 1 : 0;
            }

            if (fibrillating > 0 && 2 * fibrillating >= known)
                return true;
        }

        return false;
    }

    // The side before the gap, the gap itself by pieces where other leads survive, and the side after it.
    private static IEnumerable<SampleSpan> Windows(LeadSignal lead, SampleSpan gap)
    {
        var side = (long)(SideSeconds * lead.SamplingFrequencyHz);
        var whole = new SampleSpan(0, lead.Length);
        yield return new SampleSpan(gap.Start - side, gap.Start).Intersect(whole);
        yield return new SampleSpan(gap.End, gap.End + side).Intersect(whole);
        for (var start = gap.Start; lead.Others.Count > 0 && start + side <= gap.End; start += side)
            yield return new SampleSpan(start, start + side);
    }

    private static bool IsNoise(LeadSignal lead, SampleSpan gap)
    {
        foreach (var seconds in s_qualitySideSeconds)
        {
            if (QualityBeside(lead, gap, seconds) is { } quality)
                return quality.IsNoise;
        }

        return false;
    }

    private static LeadQuality? QualityBeside(LeadSignal lead, SampleSpan gap, double sideSeconds)
    {
        var hz = lead.SamplingFrequencyHz;
        var before = lead.Samples[(int)Math.Max(0, gap.Start - (long)(sideSeconds * hz))..(int)gap.Start];
        var after = lead.Samples[(int)gap.End..(int)Math.Min(lead.Length, gap.End + (long)(sideSeconds * hz))];
        var separation = (int)(SeparationSeconds * hz);
        var rented = ArrayPool<float>.Shared.Rent(before.Length + separation + after.Length);
        var sides = rented.AsSpan(0, before.Length + separation + after.Length);
        before.CopyTo(sides);
        sides.Slice(before.Length, separation).Fill(float.NaN);
        after.CopyTo(sides[(before.Length + separation)..]);
        var quality = SignalQuality.Of(sides, hz);
        ArrayPool<float>.Shared.Return(rented);
        return quality;
    }
}
