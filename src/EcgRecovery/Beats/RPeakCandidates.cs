namespace EcgRecovery.Beats;

/// <summary>A hump of the detection signal that may be a beat.</summary>
/// <param name="Sample">Approximate sample of its QRS complex: the hump's top minus the delay of the filters.</param>
/// <param name="Height">The hump's height.</param>
/// <param name="Slope">The steepest slope under it, in the filtered signal.</param>
/// <param name="MissingBefore">Number of missing samples before the hump's top, for counting time in observed samples.</param>
internal readonly record struct RPeakCandidate(long Sample, double Height, double Slope, long MissingBefore);

/// <summary>The first pass of <see cref="RPeakDetector"/>: band-pass, slope, moving average, and the humps of the result.</summary>
internal static class RPeakCandidates
{
    /// <summary>Distance of the two samples whose difference is the slope, in seconds.</summary>
    private const double SlopeSeconds = 0.01;

    /// <summary>
    /// From the R peak to the top of its hump, in seconds: half the moving average plus the group delay of the band-pass.
    /// </summary>
    private const double DelaySeconds = 0.06;

    /// <summary>Finds the humps; of two within the refractory period only the higher one is kept.</summary>
    /// <param name="values">The lead.</param>
    /// <param name="samplingFrequencyHz">Samples per second.</param>
    /// <param name="options">The constants.</param>
    public static List<RPeakCandidate> Find<TValues>(TValues values, double samplingFrequencyHz, RPeakDetectorOptions options)
        where TValues : ILeadValues, allows ref struct
    {
        var candidates = new List<RPeakCandidate>();
        var signal = new BridgedSignal<TValues>(values);
        if (!signal.HasObservedSamples)
            return candidates;

        var highPass = ButterworthSection.HighPass(options.BandLowHz, samplingFrequencyHz);
        var lowPass = ButterworthSection.LowPass(options.BandHighHz, samplingFrequencyHz);
        var filtered = new double[Samples(SlopeSeconds, samplingFrequencyHz) + 1];
        var slopes = new double[Samples(options.EnergyWindowSeconds, samplingFrequencyHz)];
        var refractory = Samples(options.RefractorySeconds, samplingFrequencyHz);
        var delay = Samples(DelaySeconds, samplingFrequencyHz);
        var first = signal.Next();
        double sum = 0, before = 0, height = 0;

        // The last value is repeated for the filters' delay, so that a beat at the very end makes its hump.
        var end = values.Count + (2 * delay);
        int newest = 0, oldestSlope = 0;
        for (var t = 0L; t < end; t++)
        {
            var value = t == 0 ? first : signal.Next();
            filtered[newest] = lowPass.Next(highPass.Next(value - first));
            var next = newest + 1 == filtered.Length ? 0 : newest + 1;
            var slope = Math.Abs(filtered[newest] - filtered[next]);
            newest = next;
            ref var oldest = ref slopes[oldestSlope];
            oldestSlope = oldestSlope + 1 == slopes.Length ? 0 : oldestSlope + 1;
            sum += slope - oldest;
            oldest = slope;

            // A top is found one sample late: `height` is that of t − 1.
            if (height > before && height >= sum && height > 0)
            {
                var sample = Math.Clamp(t - 1 - delay, 0, values.Count - 1);
                Keep(candidates, new RPeakCandidate(sample, height, Max(slopes), signal.MissingSoFar), refractory);
            }

            before = height;
            height = sum;
        }

        return candidates;
    }

    private static void Keep(List<RPeakCandidate> candidates, RPeakCandidate candidate, int refractory)
    {
        if (candidates.Count == 0 || candidate.Sample - candidates[^1].Sample >= refractory)
            candidates.Add(candidate);
        else if (candidate.Height > candidates[^1].Height)
            candidates[^1] = candidate;
    }

    private static int Samples(double seconds, double samplingFrequencyHz) =>
        Math.Max(1, (int)Math.Round(seconds * samplingFrequencyHz));

    private static double Max(double[] values)
    {
        var max = values[0];
        foreach (var value in values)
            max = Math.Max(max, value);
        return max;
    }

    /// <summary>Returns a lead sample by sample, with missing samples on the straight line between their observed neighbours.</summary>
    private ref struct BridgedSignal<TValues>
        where TValues : ILeadValues, allows ref struct
    {
        private readonly TValues _values;
        private long _position;
        private long _nextObserved;
        private float _nextValue;
        private long _lastObserved = -1;
        private float _lastValue;

        public BridgedSignal(TValues values)
        {
            _values = values;
            FindObserved(0);
        }

        public readonly bool HasObservedSamples => _nextObserved < _values.Count;

        public long MissingSoFar { get; private set; }

        /// <summary>Returns the next sample; before the first and after the last observed one, the nearest.</summary>
        public double Next()
        {
            if (_position > _nextObserved)
                FindObserved(_position);
            var t = _position++;
            if (t == _nextObserved && t < _values.Count)
            {
                _lastObserved = t;
                return _lastValue = _nextValue;
            }

            if (t < _values.Count)
                MissingSoFar++;
            if (_lastObserved < 0)
                return _nextValue;
            if (_nextObserved >= _values.Count)
                return _lastValue;
            var share = (double)(t - _lastObserved) / (_nextObserved - _lastObserved);
            return _lastValue + (share * ((double)_nextValue - _lastValue));
        }

        // Each sample is read once, those of a gap when it is reached: a window over a long lead only moves forward.
        private void FindObserved(long from)
        {
            for (_nextObserved = from; _nextObserved < _values.Count; _nextObserved++)
            {
                _nextValue = _values[_nextObserved];
                if (float.IsFinite(_nextValue))
                    return;
            }
        }
    }
}
