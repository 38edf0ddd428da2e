namespace EcgRecovery.Beats;

/// <summary>The constants of <see cref="RPeakDetector"/>, in seconds, hertz and ratios, so that they hold at any sampling frequency.</summary>
/// <remarks>
/// The defaults were chosen on the DS1 records of the MIT-BIH Arrhythmia Database without 201 and 208; docs/r-peaks.md says how.
/// </remarks>
public sealed record RPeakDetectorOptions
{
    /// <summary>Lower corner of the detection band, in Hz: below it lie P waves, T waves and baseline wander.</summary>
    public double BandLowHz { get; init; } = 7;

    /// <summary>Upper corner of the detection band, in Hz: above it lie muscle noise and mains hum.</summary>
    public double BandHighHz { get; init; } = 16;

    /// <summary>Length of the moving average over the rectified slope, in seconds: about a narrow QRS complex.</summary>
    public double EnergyWindowSeconds { get; init; } = 0.08;

    /// <summary>Where the threshold lies between the noise level (0) and the QRS level (1).</summary>
    public double ThresholdFraction { get; init; } = 0.4;

    /// <summary>Of two peaks closer than this, in seconds, only the higher counts.</summary>
    public double RefractorySeconds { get; init; } = 0.24;

    /// <summary>A peak this soon after a beat, in seconds, may be its T wave, and must be steep to count.</summary>
    public double TWaveSeconds { get; init; } = 0.32;

    /// <summary>How steep such a peak must be, as a fraction of the slope of the beat before it.</summary>
    public double TWaveSlopeRatio { get; init; } = 0.45;

    /// <summary>An interval this many times the median of the last eight sends the detector back to look for a missed beat.</summary>
    public double SearchBackRatio { get; init; } = 1.6;

    /// <summary>The threshold of that second look, as a fraction of the ordinary one.</summary>
    public double SearchBackThreshold { get; init; } = 0.6;

    /// <summary>Levels are learned from this many seconds, and learned anew when as long has passed without a beat.</summary>
    public int LearningSeconds { get; init; } = 8;
}
