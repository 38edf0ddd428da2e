using EcgRecovery.Beats;
using EcgRecovery.Evaluation.RPeaks;
using EcgRecovery.Evaluation.Scores;
using EcgRecovery.Evaluation.Splits;
using EcgRecovery.Records;
using EcgRecovery.Signals;

namespace EcgRecovery.Evaluation.Records.Truth;

/// <summary>A lead whose samples are known: gaps are cut from it, and what is recovered is compared with it.</summary>
/// <param name="record">Name of the record.</param>
/// <param name="milliVolts">[N]; NaN = missing.</param>
/// <param name="samplingFrequencyHz">Samples per second.</param>
/// <param name="beats">The true beats, ascending; null where they are not known.</param>
internal sealed class TestedLead(string record, float[] milliVolts, double samplingFrequencyHz, IReadOnlyList<TestedBeat>? beats = null)
{
    private readonly Lazy<double> _deviation = new(() => Statistics.Deviation(milliVolts));
    private readonly Lazy<int[]> _found = new(() => Find(milliVolts, samplingFrequencyHz));
    private readonly int[]? _rPeaks = beats?.Select(beat => beat.RPeak).ToArray();

    /// <summary>Name of the record.</summary>
    public string Record => record;

    /// <summary>Name of the patient.</summary>
    public string Patient => InterPatientSplit.Patient(record);

    /// <summary>Number of the lead in its record, from 0.</summary>
    public int Number { get; init; }

    /// <summary>Name of the lead, as in <c>MLII</c>.</summary>
    public string Name { get; init; } = "";

    /// <summary>Steps of the converter in a millivolt; null where samples are not whole steps: computed, or resampled.</summary>
    public double? StepsPerMilliVolt { get; init; }

    /// <summary>The true samples, [N]; NaN = missing.</summary>
    public float[] MilliVolts => milliVolts;

    /// <summary>Samples per second.</summary>
    public double SamplingFrequencyHz => samplingFrequencyHz;

    /// <summary>Standard deviation of the observed samples, in mV.</summary>
    public double Deviation => _deviation.Value;

    /// <summary>The true beats, ascending; null where they are not known.</summary>
    public IReadOnlyList<TestedBeat>? Beats => beats;

    /// <summary>Samples of the true R peaks, ascending; null where they are not known.</summary>
    public int[]? RPeaks => _rPeaks;

    /// <summary>The R peaks that the detector finds in the whole lead, ascending; none below the frequency that it takes.</summary>
    public int[] FoundRPeaks => _found.Value;

    /// <summary>Whether all samples of a span within the lead are observed.</summary>
    public bool IsObserved(SampleSpan span) => MissingRuns.Next<float>(milliVolts.AsSpan(span.ToRange()), 0).IsEmpty;

    /// <summary>Returns the lead with other samples, which are no steps of a converter, and the same beats.</summary>
    /// <param name="others">[N]; NaN = missing.</param>
    public TestedLead With(float[] others) => new(record, others, samplingFrequencyHz, beats) { Number = Number, Name = Name };

    /// <summary>
    /// Returns the class of a gap: the most severe (V, F, S, Q, N in this order) of the beats whose R peaks lie in it, or else that of the
    /// nearest beat; null where classes are not known.
    /// </summary>
    public AamiClass? ClassOf(SampleSpan gap)
    {
        if (beats is not { Count: > 0 })
            return null;
        var inside = beats.Where(beat => gap.Contains(beat.RPeak)).ToList();
        if (inside.Count == 0)
            inside.Add(beats.MinBy(beat => Math.Max(gap.Start - beat.RPeak, beat.RPeak - (gap.End - 1))));
        return inside.Select(beat => beat.Class).OfType<AamiClass>().Select(@class => (AamiClass?)@class).MinBy(Severity);
    }

    /// <summary>Moves annotated beats to the R peaks that the detector finds in the whole lead.</summary>
    /// <remarks>
    /// Annotations lie some tens of milliseconds beside the peak: a window of 20 ms would measure the annotator. A beat moves to the
    /// nearest detected peak within 150 ms; without one it stays.
    /// </remarks>
    /// <param name="milliVolts">[N]; NaN = missing.</param>
    /// <param name="samplingFrequencyHz">Samples per second.</param>
    /// <param name="annotated">The beats as annotated, ascending.</param>
    /// <returns>Ascending; null where no beat is annotated or the detector does not work at the frequency.</returns>
    public static IReadOnlyList<TestedBeat>? Place(
        float[] milliVolts, double samplingFrequencyHz, IReadOnlyCollection<TestedBeat> annotated)
    {
        // Records of other frequencies than the detector takes have errors and amplitudes all the same.
        if (annotated.Count == 0 || !IsDetectable(samplingFrequencyHz))
            return null;
        var detected = Find(milliVolts, samplingFrequencyHz);
        var tolerance = RPeakMatching.ToleranceSamples(RPeakEvaluation.WideToleranceSeconds, samplingFrequencyHz);
        return [.. annotated.Select(Move).DistinctBy(beat => beat.RPeak).OrderBy(beat => beat.RPeak)];

        TestedBeat Move(TestedBeat beat)
        {
            var at = Array.BinarySearch(detected, beat.RPeak);
            var after = at < 0 ? ~at : at;
            var beside = detected[Math.Max(0, after - 1)..Math.Min(detected.Length, after + 1)];
            var near = beside.Where(peak => Math.Abs(peak - beat.RPeak) <= tolerance);
            return beat with { RPeak = near.DefaultIfEmpty(beat.RPeak).MinBy(peak => Math.Abs(peak - beat.RPeak)) };
        }
    }

    private static int Severity(AamiClass? @class) =>
        Array.IndexOf([AamiClass.V, AamiClass.F, AamiClass.S, AamiClass.Q, AamiClass.N], @class!.Value);

    private static int[] Find(float[] milliVolts, double samplingFrequencyHz) =>
        IsDetectable(samplingFrequencyHz) ? RPeakDetector.Detect(milliVolts, samplingFrequencyHz) : [];

    private static bool IsDetectable(double samplingFrequencyHz) =>
        samplingFrequencyHz is >= RPeakDetector.MinimumSamplingFrequencyHz and <= RPeakDetector.MaximumSamplingFrequencyHz;
}
