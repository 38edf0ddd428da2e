namespace EcgRecovery.Beats;

/// <summary>Band-pass, absolute slope and moving average: every QRS complex becomes one hump.</summary>
internal sealed class HumpFilter
{
    /// <summary>
    /// From the R peak to the top of its hump, in seconds: half the moving average plus the group delay of the band-pass.
    /// </summary>
    public const double DelaySeconds = 0.06;

    /// <summary>Distance of the two samples whose difference is the slope, in seconds.</summary>
    private const double SlopeSeconds = 0.01;

    private readonly double[] _filtered;
    private readonly double[] _slopes;
    private ButterworthSection _highPass;
    private ButterworthSection _lowPass;
    private double _first = double.NaN;
    private int _newest;
    private int _oldestSlope;

    public HumpFilter(double samplingFrequencyHz, RPeakDetectorOptions options)
    {
        _highPass = ButterworthSection.HighPass(options.BandLowHz, samplingFrequencyHz);
        _lowPass = ButterworthSection.LowPass(options.BandHighHz, samplingFrequencyHz);
        _filtered = new double[Samples(SlopeSeconds, samplingFrequencyHz) + 1];
        _slopes = new double[Samples(options.EnergyWindowSeconds, samplingFrequencyHz)];
    }

    /// <summary>The height at the last sample.</summary>
    public double Height { get; private set; }

    /// <summary>Takes the next sample, which must be finite, and returns the height there.</summary>
    public double Next(double value)
    {
        if (double.IsNaN(_first))
            _first = value;
        _filtered[_newest] = _lowPass.Next(_highPass.Next(value - _first));
        var next = _newest + 1 == _filtered.Length ? 0 : _newest + 1;
        var slope = Math.Abs(_filtered[_newest] - _filtered[next]);
        _newest = next;
        ref var oldest = ref _slopes[_oldestSlope];
        _oldestSlope = _oldestSlope + 1 == _slopes.Length ? 0 : _oldestSlope + 1;
        Height += slope - oldest;
        oldest = slope;
        return Height;
    }

    /// <summary>Returns the steepest slope in the moving average.</summary>
    public double Steepest()
    {
        var steepest = _slopes[0];
        foreach (var slope in _slopes)
            steepest = Math.Max(steepest, slope);
        return steepest;
    }

    /// <summary>Returns a time in whole samples, at least one.</summary>
    public static int Samples(double seconds, double samplingFrequencyHz) =>
        Math.Max(1, (int)Math.Round(seconds * samplingFrequencyHz));
}
