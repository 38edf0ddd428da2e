namespace EcgRecovery.Formats.Arrays;

/// <summary>Options for opening files of arrays: MATLAB, NumPy and HDF5.</summary>
public sealed record ArrayReadOptions : RecordReadOptions
{
    /// <summary>Samples per second. Default null: from the file or a header beside it; needed if there is neither.</summary>
    public double? SamplingFrequencyHz { get; init; }

    /// <summary>
    /// The array with the samples, as in <c>val</c>, <c>ECG.data</c> or <c>/group/data</c>; or a struct or group of vectors of one length,
    /// one lead each. Default null: <c>val</c>, or else the only array that can be a recording.
    /// </summary>
    public string? Variable { get; init; }

    /// <summary>
    /// The unit of the numbers. Default null: from the file; otherwise mV for floating-point numbers, and ADC units with WFDB's default
    /// gain (200 per mV) for whole numbers.
    /// </summary>
    public string? Unit { get; init; }
}
