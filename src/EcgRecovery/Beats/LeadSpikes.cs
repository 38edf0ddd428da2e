using EcgRecovery.Records;

namespace EcgRecovery.Beats;

/// <summary>Finds isolated spikes: pacemaker artefacts and faults of a converter, narrower and steeper than what the heart makes.</summary>
/// <remarks>
/// A spike is at most 12 ms wide, begins and ends on the same level, and begins with a step that is eight times as high as the largest one
/// between neighbouring samples within 50 ms around it. Then no QRS complex counts as one, at 100 samples a second either: its tip is on
/// slopes that are a part of its own height. Lower spikes do not matter to <see cref="RPeakDetector"/>, whose band they hardly reach. Unit
/// and sign do not matter.
/// </remarks>
internal static class LeadSpikes
{
    private const double MaximumSeconds = 0.012;
    private const double FlankSeconds = 0.05;
    private const double MinimumSteepness = 8;
    private const double MaximumLevelChange = 0.2;

    // From a pacemaker's spike to the middle of its wide QRS complex.
    private const double BeforeBeatSeconds = 0.2;

    /// <summary>Finds the spikes of a lead.</summary>
    /// <param name="values">The lead.</param>
    /// <param name="samplingFrequencyHz">Samples per second.</param>
    /// <returns>The spikes, in order.</returns>
    public static List<SampleSpan> Find<TValues>(TValues values, double samplingFrequencyHz)
        where TValues : ILeadValues, allows ref struct
    {
        var maximumWidth = Math.Max(1, (int)Math.Round(MaximumSeconds * samplingFrequencyHz));
        var flank = Math.Max(2, (int)Math.Round(FlankSeconds * samplingFrequencyHz));
        var spikes = new List<SampleSpan>();
        float before = 0, last = values.Count > 0 ? values[0] : 0;
        for (var t = 1L; t < values.Count - 1; t++)
        {
            var value = values[t];
            var step = Math.Abs(value - last);
            // Most samples are no steeper than the one before them: a quick look that leaves few to be measured. False with NaN.
            if (step > MinimumSteepness * before && Measure(values, t, maximumWidth, flank) is > 0 and var width)
            {
                spikes.Add(new SampleSpan(t, t + width));
                t += width;
                value = values[t];
                step = 0;
            }

            before = float.IsFinite(step) ? step : 0;
            last = value;
        }

        return spikes;
    }

    /// <summary>
    /// Returns the spikes that are left out where beats are looked for: none where a beat follows most of them, as a pacemaker's, which
    /// help to find its beats; otherwise all.
    /// </summary>
    /// <param name="values">The lead.</param>
    /// <param name="spikes">Its spikes, in order.</param>
    /// <param name="samplingFrequencyHz">Samples per second.</param>
    /// <param name="options">The constants of the detector, which finds the beats without any spike.</param>
    public static List<SampleSpan> Disturbing<TValues>(
        TValues values, List<SampleSpan> spikes, double samplingFrequencyHz, RPeakDetectorOptions options)
        where TValues : ILeadValues, allows ref struct
    {
        if (spikes.Count == 0)
            return spikes;
        var beats = RPeakDetector.LeadBeats(values, spikes, samplingFrequencyHz, options);
        var before = (long)(BeforeBeatSeconds * samplingFrequencyHz);
        var pacing = spikes.Count(spike =>
        {
            var next = OrderedSearch.CountWhile(beats.Count, i => beats[i] < spike.Start);
            return next < beats.Count && beats[next] <= spike.Start + before;
        });
        return 2 * pacing > spikes.Count ? [] : spikes;
    }

    /// <summary>Returns the width of the spike that begins at a sample; 0 if there is none.</summary>
    private static int Measure<TValues>(TValues values, long start, int maximumWidth, int flank)
        where TValues : ILeadValues, allows ref struct
    {
        var level = values[start - 1];
        var height = 0f;
        for (var width = 1; width <= maximumWidth && start + width < values.Count; width++)
        {
            height = Math.Max(height, Math.Abs(values[start + width - 1] - level));
            var after = values[start + width];
            if (!float.IsFinite(height + after))
                return 0;
            if (Math.Abs(after - level) <= MaximumLevelChange * height)
            {
                var steepest = Math.Max(Steepest(values, start - flank, start), Steepest(values, start + width, start + width + flank));
                // The first step must be that steep, too: else the spike begins later.
                return Math.Abs(values[start] - level) > MinimumSteepness * steepest ? width : 0;
            }
        }

        return 0;
    }

    /// <summary>Returns the largest step between neighbouring samples of a span.</summary>
    private static float Steepest<TValues>(TValues values, long start, long end)
        where TValues : ILeadValues, allows ref struct
    {
        var steepest = 0f;
        for (var t = Math.Max(1, start + 1); t < Math.Min(end, values.Count); t++)
        {
            var step = Math.Abs(values[t] - values[t - 1]);
            // NaN is not greater.
            steepest = step > steepest ? step : steepest;
        }

        return steepest;
    }
}

/// <summary>The values of a lead with its spikes missing.</summary>
/// <param name="values">The lead.</param>
/// <param name="spikes">Its spikes, in order.</param>
internal readonly ref struct ValuesWithoutSpikes<TValues>(TValues values, List<SampleSpan> spikes) : ILeadValues
    where TValues : ILeadValues, allows ref struct
{
    private readonly TValues _values = values;

    public long Count => _values.Count;

    public float this[long sample] => spikes.Count > 0 && IsSpike(sample) ? float.NaN : _values[sample];

    private bool IsSpike(long sample)
    {
        var (low, high) = (0, spikes.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (spikes[middle].End <= sample)
                low = middle + 1;
            else
                high = middle;
        }

        return low < spikes.Count && spikes[low].Start <= sample;
    }
}
