namespace EcgRecovery.Formats.Mat;

/// <summary>Options for opening MATLAB files.</summary>
public sealed record MatReadOptions : RecordReadOptions
{
    /// <summary>Samples per second. Default null: from the header beside the file; needed if there is none.</summary>
    public double? SamplingFrequencyHz { get; init; }

    /// <summary>The unit of floating-point values if no header names one. Default mV.</summary>
    public string Unit { get; init; } = "mV";
}
