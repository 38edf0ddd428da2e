namespace EcgRecovery.Beats;

/// <summary>The constants of <see cref="RPeakDetector"/>, in seconds, hertz and ratios, for any sampling frequency.</summary>
/// <remarks>
/// The defaults were chosen on the DS1 records of the MIT-BIH Arrhythmia Database without 201 and 208, as docs/r-peaks.md describes.
/// </remarks>
public sealed record RPeakDetectorOptions
{
    /// <summary>Lower corner of the detection band, in Hz: above P waves, T waves and baseline wander.</summary>
    public double BandLowHz { get; init; } = 7;

    /// <summary>Upper corner of the detection band, in Hz: below muscle noise and mains hum.</summary>
    public double BandHighHz { get; init; } = 16;

    /// <summary>Length of the moving average over the rectified slope, in seconds: about a narrow QRS complex.</summary>
    public double EnergyWindowSeconds { get; init; } = 0.08;

    /// <summary>Threshold between the noise level (0) and the QRS level (1).</summary>
    public double ThresholdFraction { get; init; } = 0.4;

    /// <summary>Refractory period, in seconds: of two closer peaks only the higher one counts.</summary>
    public double RefractorySeconds { get; init; } = 0.24;

    /// <summary>Time after a beat, in seconds, in which a peak may be its T wave and must be steep to count.</summary>
    public double TWaveSeconds { get; init; } = 0.32;

    /// <summary>Slope that such a peak must have, as a fraction of that of the beat before.</summary>
    public double TWaveSlopeRatio { get; init; } = 0.45;

    /// <summary>Ratio of an interval to the median of the last eight above which a missed beat is searched.</summary>
    public double SearchBackRatio { get; init; } = 1.6;

    /// <summary>Threshold of that search, as a fraction of the ordinary one.</summary>
    public double SearchBackThreshold { get; init; } = 0.6;

    /// <summary>Seconds from which levels are learned, and after which they are learned again if there is no beat.</summary>
    public int LearningSeconds { get; init; } = 8;
}
