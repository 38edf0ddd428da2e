using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using EcgRecovery.Evaluation.Diagnosis;
using EcgRecovery.Evaluation.Records.Truth;
using EcgRecovery.Evaluation.RPeaks;
using EcgRecovery.Evaluation.Scores;
using EcgRecovery.Records;
using EcgRecovery.Recovery;
using EcgRecovery.Recovery.Records;

namespace EcgRecovery.Evaluation.Records.Scoring;

/// <summary>Scores recovered gaps, their intervals and their beats. Safe for concurrent calls.</summary>
/// <param name="classifier">The classifier of beats, which stays the caller's; null to leave classes of recovered beats out.</param>
internal sealed class GapScorer(BeatClassifier? classifier)
{
    private readonly ConditionalWeakTable<TestedLead, FoundBeat[]> _truth = [];

    // The same for all methods.
    private readonly ConditionalWeakTable<TestedLead, ConcurrentDictionary<SampleSpan, FoundBeat[]>> _missing = [];

    /// <summary>Scores a recovered gap.</summary>
    /// <param name="lead">The true lead.</param>
    /// <param name="gap">The gap.</param>
    /// <param name="recovered">[length of the gap], in mV.</param>
    /// <param name="judged">The gap as users get it after a self-test; null without one.</param>
    public GapScore Score(TestedLead lead, SampleSpan gap, float[] recovered, FilledGap? judged)
    {
        var score = GapScore.Of(lead, gap, recovered);
        return score with
        {
            // Nobody gets the intervals of a gap that is left missing.
            Pinball = judged is { Outcome.IsFilled: true } && judged.Intervals.Count == RecoveryOptions.IntervalLevels.Count
                ? PinballScore.Mean(
                    lead.MilliVolts.AsSpan(gap.ToRange()),
                    judged.Samples,
                    [.. judged.Intervals.Select(interval => new LevelInterval(interval.Level, interval.Lower, interval.Upper))])
                : null,
            Beats = classifier is not null && score.RPeaks is { } peaks && HasClasses(lead)
                ? Compare(lead, gap, recovered, [.. peaks.Found])
                : null,
        };
    }

    private static bool HasClasses(TestedLead lead) =>
        lead.SamplingFrequencyHz is >= BeatClassifier.MinimumSamplingFrequencyHz and <= BeatClassifier.MaximumSamplingFrequencyHz
        && lead.Beats!.All(beat => beat.Class is not null);

    private List<ClassBeats> Compare(TestedLead lead, SampleSpan gap, float[] recovered, int[] found)
    {
        TestedBeat[] beats = [.. lead.Beats!.Where(beat => gap.Contains(beat.RPeak))];
        var all = _truth.GetValue(lead, LabelAll);
        FoundBeat[] truth = [.. all.Where(beat => gap.Contains(beat.RPeak))];
        var inGaps = _missing.GetOrCreateValue(lead).GetOrAdd(gap, _ => LabelMissing(lead, gap));
        var filled = Label(lead, gap, recovered, found);
        var tolerance = RPeakMatching.ToleranceSamples(RPeakEvaluation.WideToleranceSeconds, lead.SamplingFrequencyHz);
        var counts = new List<ClassBeats>();
        foreach (var @class in Enum.GetValues<AamiClass>())
        {
            int[] annotated = [.. beats.Where(beat => beat.Class == @class).Select(beat => beat.RPeak)];
            var (inTruth, inRecovered) = (Of(truth, @class), Of(filled, @class));
            if (annotated.Length + inTruth.Length + inRecovered.Length == 0)
                continue;
            var keptInTruth = Kept(annotated, inTruth, tolerance);
            var kept = Kept(annotated, inRecovered, tolerance);
            counts.Add(new ClassBeats(
                @class,
                annotated.Length,
                keptInTruth.Beats.Count,
                Kept(annotated, Of(inGaps, @class), tolerance).Beats.Count,
                kept.Beats.Count,
                keptInTruth.Beats.Except(kept.Beats).Count(),
                inTruth.Length - keptInTruth.Peaks.Count,
                inRecovered.Length - kept.Peaks.Count,
                inRecovered.Except(kept.Peaks).Count(peak => !IsNear(all, @class, peak, tolerance))));
        }

        return counts;
    }

    private static bool IsNear(FoundBeat[] beats, AamiClass @class, int peak, int tolerance) =>
        Array.Exists(beats, beat => beat.Class == @class && Math.Abs(beat.RPeak - peak) <= tolerance);

    private FoundBeat[] LabelAll(TestedLead lead)
    {
        var classes = classifier!.Classify(lead.MilliVolts, lead.SamplingFrequencyHz, lead.FoundRPeaks, ..);
        return [.. lead.FoundRPeaks.Zip(classes, (peak, @class) => new FoundBeat(peak, @class))];
    }

    private FoundBeat[] LabelMissing(TestedLead lead, SampleSpan gap)
    {
        var missing = new float[gap.Length];
        missing.AsSpan().Fill(float.NaN);
        return Label(lead, gap, missing, GapRPeaks.Find(lead, gap, missing));
    }

    /// <summary>Returns the classes of the peaks found in a gap. The peaks beside it are those of the true lead.</summary>
    private FoundBeat[] Label(TestedLead lead, SampleSpan gap, float[] recovered, int[] found)
    {
        if (found.Length == 0)
            return [];
        // The classifier compares a beat with many others of the lead.
        var samples = new PatchedSamples<float>(new MemorySamples<float>(lead.MilliVolts), [new SamplePatch<float>(gap, recovered)]);
        int[] before = [.. lead.FoundRPeaks.Where(peak => peak < gap.Start)];
        int[] after = [.. lead.FoundRPeaks.Where(peak => peak >= gap.End)];
        int[] peaks = [.. before, .. found, .. after];
        var classes = classifier!.Classify(samples, lead.SamplingFrequencyHz, peaks, before.Length..(before.Length + found.Length));
        return [.. found.Zip(classes, (peak, @class) => new FoundBeat(peak, @class))];
    }

    private static int[] Of(FoundBeat[] beats, AamiClass @class) =>
        [.. beats.Where(beat => beat.Class == @class).Select(beat => beat.RPeak)];

    private static (List<int> Beats, List<int> Peaks) Kept(int[] beats, int[] peaks, int tolerance)
    {
        var pairs = RPeakMatching.Pairs(beats, peaks, tolerance);
        return ([.. pairs.Select(pair => beats[pair.Beat])], [.. pairs.Select(pair => peaks[pair.Detection])]);
    }

    private readonly record struct FoundBeat(int RPeak, AamiClass Class);
}
