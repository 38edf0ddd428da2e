namespace EcgRecovery.Beats;

/// <summary>The third pass of <see cref="RPeakDetector"/>: finds the exact peak of a QRS complex.</summary>
/// <remarks>
/// The largest deflection, up or down, of the band 5–25 Hz (forward and backward, so without delay) within 0.1 s of the candidate, moved to
/// the extremum of the unfiltered signal within 10 ms.
/// </remarks>
internal sealed class RPeakLocator
{
    private const double LowHz = 5;
    private const double HighHz = 25;
    private const double SearchSeconds = 0.1;
    private const double RefineSeconds = 0.01;

    /// <summary>Settling time of the filters on each side: 1.5 periods of the lower corner.</summary>
    private const double SettleSeconds = 0.3;

    private readonly double _samplingFrequencyHz;
    private readonly int _search;
    private readonly int _refine;
    private readonly int _settle;
    private readonly double[] _segment;

    public RPeakLocator(double samplingFrequencyHz)
    {
        _samplingFrequencyHz = samplingFrequencyHz;
        _search = (int)Math.Round(SearchSeconds * samplingFrequencyHz);
        _refine = (int)Math.Round(RefineSeconds * samplingFrequencyHz);
        _settle = (int)Math.Round(SettleSeconds * samplingFrequencyHz);
        _segment = new double[(2 * (_search + _settle)) + 1];
    }

    /// <summary>Returns the peak's sample; −1 if all samples around the candidate are missing.</summary>
    public long Locate<TValues>(TValues values, long candidate)
        where TValues : ILeadValues, allows ref struct
    {
        var start = candidate - _search - _settle;
        if (!Copy(values, start))
            return -1;
        Filter();
        var peak = -1L;
        for (var t = Math.Max(0, candidate - _search); t <= Math.Min(values.Count - 1, candidate + _search); t++)
        {
            if (float.IsFinite(values[t]) && (peak < 0 || Math.Abs(_segment[t - start]) > Math.Abs(_segment[peak - start])))
                peak = t;
        }

        return peak < 0 ? -1 : Refine(values, peak, isUpward: _segment[peak - start] > 0);
    }

    private long Refine<TValues>(TValues values, long peak, bool isUpward)
        where TValues : ILeadValues, allows ref struct
    {
        var best = peak;
        for (var t = Math.Max(0, peak - _refine); t <= Math.Min(values.Count - 1, peak + _refine); t++)
        {
            if (float.IsFinite(values[t]) && (isUpward ? values[t] > values[best] : values[t] < values[best]))
                best = t;
        }

        return best;
    }

    /// <summary>Fills the segment; missing samples and those beyond the ends repeat the last observed one.</summary>
    private bool Copy<TValues>(TValues values, long start)
        where TValues : ILeadValues, allows ref struct
    {
        var last = double.NaN;
        for (var i = 0; i < _segment.Length && double.IsNaN(last); i++)
        {
            if (start + i >= 0 && start + i < values.Count && float.IsFinite(values[start + i]))
                last = values[start + i];
        }

        if (double.IsNaN(last))
            return false;
        var offset = last;
        for (var i = 0; i < _segment.Length; i++)
        {
            if (start + i >= 0 && start + i < values.Count && float.IsFinite(values[start + i]))
                last = values[start + i];
            _segment[i] = last - offset;
        }

        return true;
    }

    private void Filter()
    {
        // Forward and then backward: the two delays cancel.
        for (var pass = 0; pass < 2; pass++)
        {
            var highPass = ButterworthSection.HighPass(LowHz, _samplingFrequencyHz);
            var lowPass = ButterworthSection.LowPass(HighHz, _samplingFrequencyHz);
            for (var i = 0; i < _segment.Length; i++)
                _segment[i] = lowPass.Next(highPass.Next(_segment[i]));
            Array.Reverse(_segment);
        }
    }
}
