using System.Runtime.InteropServices;

namespace EcgRecovery.Beats;

/// <summary>
/// The second pass of <see cref="RPeakDetector"/>: decides which humps are beats (Hamilton 2002, doi:10.1109/CIC.2002.1166717).
/// </summary>
internal sealed class RPeakDecisions(List<RPeakCandidate> candidates, double samplingFrequencyHz, RPeakDetectorOptions options)
{
    /// <summary>Number of values in the medians of levels and intervals, as in Hamilton's method.</summary>
    private const int Memory = 8;

    /// <summary>A new level below this fraction of the highest so far is that of a pause or a lead that fell off.</summary>
    private const double MinimumLevelFraction = 0.1;

    private readonly bool[] _isBeat = new bool[candidates.Count];
    private readonly RecentValues _beatHeights = new(Memory);
    private readonly RecentValues _otherHeights = new(Memory);
    private readonly RecentValues _intervals = new(Memory);
    private double _highestLevel;
    private int _lastBeat = -1;
    private int _learnedFrom;

    /// <summary>Decides on all humps, in order.</summary>
    /// <returns>The samples of those that are beats, ascending.</returns>
    public List<long> Beats()
    {
        Decide();
        var beats = new List<long>();
        for (var i = 0; i < candidates.Count; i++)
        {
            if (_isBeat[i])
                beats.Add(candidates[i].Sample);
        }

        return beats;
    }

    private void Decide()
    {
        if (candidates.Count == 0)
            return;

        // Before the first beats, an interval of one second is assumed.
        _intervals.Fill(samplingFrequencyHz);
        Learn(0);
        for (var i = 0; i < candidates.Count; i++)
        {
            if (ObservedSamples(Math.Max(_lastBeat, _learnedFrom), i) > options.LearningSeconds * samplingFrequencyHz)
            {
                // Without a beat for so long, restart after the last one, but only once, so that the work stays linear.
                i = _lastBeat > _learnedFrom ? _lastBeat + 1 : i;
                Learn(i);
            }

            SearchBack(i);
            if (IsBeat(candidates[i]))
                Accept(i);
            else
                _otherHeights.Add(candidates[i].Height);
        }
    }

    private double Threshold
    {
        get
        {
            var noise = _otherHeights.Median();
            return noise + (options.ThresholdFraction * (_beatHeights.Median() - noise));
        }
    }

    /// <summary>Learns the beat level: the median of the highest humps of all seconds that have one.</summary>
    private void Learn(int from)
    {
        _learnedFrom = from;
        var highest = new List<double>();
        var second = -1;
        for (var i = from; i < candidates.Count; i++)
        {
            var itsSecond = (int)((candidates[i].Sample - candidates[from].Sample) / samplingFrequencyHz);
            if (itsSecond >= options.LearningSeconds)
                break;
            if (itsSecond > second)
                highest.Add(candidates[i].Height);
            else
                highest[^1] = Math.Max(highest[^1], candidates[i].Height);
            second = itsSecond;
        }

        var level = RecentValues.MedianOf(CollectionsMarshal.AsSpan(highest));
        if (level < MinimumLevelFraction * _highestLevel)
            return;
        _highestLevel = Math.Max(_highestLevel, level);
        _beatHeights.Fill(level);
        _otherHeights.Fill(0);
    }

    private bool IsBeat(RPeakCandidate candidate)
    {
        if (candidate.Height <= Threshold)
            return false;
        if (_lastBeat < 0)
            return true;
        var last = candidates[_lastBeat];
        return candidate.Sample - last.Sample >= options.TWaveSeconds * samplingFrequencyHz
            || candidate.Slope >= options.TWaveSlopeRatio * last.Slope;
    }

    /// <summary>
    /// Searches for missed beats before candidate <paramref name="now"/>: the highest humps in intervals that are too long.
    /// </summary>
    private void SearchBack(int now)
    {
        while (_lastBeat >= 0
            && candidates[now].Sample - candidates[_lastBeat].Sample > options.SearchBackRatio * _intervals.Median())
        {
            var best = -1;
            var threshold = options.SearchBackThreshold * Threshold;
            for (var i = Math.Max(_lastBeat, _learnedFrom) + 1; i < now; i++)
            {
                var isTooSoon = candidates[i].Sample - candidates[_lastBeat].Sample < options.TWaveSeconds * samplingFrequencyHz;
                if (!isTooSoon && candidates[i].Height > threshold && (best < 0 || candidates[i].Height > candidates[best].Height))
                    best = i;
            }

            if (best < 0)
                return;
            Accept(best);
        }
    }

    private void Accept(int index)
    {
        _isBeat[index] = true;
        _beatHeights.Add(candidates[index].Height);
        if (_lastBeat >= 0)
        {
            // A gap longer than the refractory period may hide a beat, so its interval is not used.
            var missing = candidates[index].MissingBefore - candidates[_lastBeat].MissingBefore;
            if (missing < options.RefractorySeconds * samplingFrequencyHz)
                _intervals.Add(candidates[index].Sample - candidates[_lastBeat].Sample);
        }

        _lastBeat = index;
    }

    private long ObservedSamples(int from, int to) =>
        candidates[to].Sample - candidates[from].Sample - (candidates[to].MissingBefore - candidates[from].MissingBefore);

    /// <summary>The last values and their median.</summary>
    private sealed class RecentValues(int capacity)
    {
        private readonly double[] _values = new double[capacity];
        private readonly double[] _sorted = new double[capacity];
        private int _next;

        public void Fill(double value) => Array.Fill(_values, value);

        public void Add(double value)
        {
            _values[_next] = value;
            _next = (_next + 1) % _values.Length;
        }

        public double Median()
        {
            _values.CopyTo(_sorted, 0);
            return MedianOf(_sorted);
        }

        public static double MedianOf(Span<double> values)
        {
            values.Sort();
            var half = values.Length / 2;
            return values.Length % 2 == 1 ? values[half] : 0.5 * (values[half - 1] + values[half]);
        }
    }
}
