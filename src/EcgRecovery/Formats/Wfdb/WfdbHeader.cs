namespace EcgRecovery.Formats.Wfdb;

/// <summary>One signal line of a WFDB header, with the defaults of header(5) for missing fields.</summary>
/// <param name="FileName">The signal file, in the header's folder; <c>~</c> in a layout segment.</param>
/// <param name="Format">Storage format: 16, 212, …; 0 if there is no signal file.</param>
/// <param name="SamplesPerFrame">Samples of this signal in a frame.</param>
/// <param name="Skew">Samples at the file's start that are before sample 0.</param>
/// <param name="ByteOffset">Bytes before the first sample.</param>
/// <param name="Gain">ADC units per <paramref name="Unit"/>; never 0.</param>
/// <param name="IsCalibrated">False if the header gives no gain, or 0.</param>
/// <param name="AdcBaseline">ADC value of a physical 0.</param>
/// <param name="Unit">Physical unit.</param>
/// <param name="AdcResolution">Bits of the converter; 0 if not given.</param>
/// <param name="AdcZero">Middle of the ADC's range.</param>
/// <param name="InitialValue">The first sample; null if not given.</param>
/// <param name="Checksum">Sum of all samples, modulo 65536; null if not given.</param>
/// <param name="BlockSize">Bytes per block of a device; 0 for a file.</param>
/// <param name="Description">Name of the lead.</param>
internal sealed record WfdbSignalLine(
    string FileName,
    int Format,
    int SamplesPerFrame,
    long Skew,
    long ByteOffset,
    double Gain,
    bool IsCalibrated,
    int AdcBaseline,
    string Unit,
    int AdcResolution,
    int AdcZero,
    int? InitialValue,
    int? Checksum,
    int BlockSize,
    string Description)
{
    /// <summary>Whether the signal has no file: in a layout segment or a null record.</summary>
    public bool IsNull => Format == 0;

    /// <summary>
    /// The converter's smallest and largest value; null if the header gives no resolution, or the values do not fit 32 bits.
    /// </summary>
    public (int Minimum, int Maximum)? AdcRange
    {
        get
        {
            if (AdcResolution is <= 0 or > 32)
                return null;
            var half = 1L << (AdcResolution - 1);
            var (minimum, maximum) = (AdcZero - half, AdcZero + half - 1);
            return minimum < int.MinValue || maximum > int.MaxValue ? null : ((int)minimum, (int)maximum);
        }
    }
}

/// <summary>One segment line of a multi-segment header.</summary>
/// <param name="Name">The segment's record name; <c>~</c> for a null segment.</param>
/// <param name="FrameCount">Frames of the segment.</param>
internal sealed record WfdbSegmentLine(string Name, long FrameCount)
{
    /// <summary>Whether it is a null segment: nothing was recorded.</summary>
    public bool IsNull => Name == "~";
}

/// <summary>The content of a WFDB header file (<c>.hea</c>) of a record, a segment, or a record of several segments.</summary>
/// <remarks>
/// A frame holds the samples of all signals in one interval of the record's frequency, one or several of each. Source: WFDB, header(5),
/// https://physionet.org/physiotools/wag/header-5.htm.
/// </remarks>
internal sealed record WfdbHeader
{
    /// <summary>The header's name in errors; empty for a header to be written.</summary>
    public string File { get; init; } = "";

    /// <summary>The record's name, which may differ from the file's.</summary>
    public required string Name { get; init; }

    /// <summary>Number of signals.</summary>
    public required int SignalCount { get; init; }

    /// <summary>Frames per second.</summary>
    public double FrameFrequencyHz { get; init; } = 250;

    /// <summary>Ticks per second of the recorder's counter; null if not given.</summary>
    public double? CounterFrequencyHz { get; init; }

    /// <summary>The counter's value at sample 0.</summary>
    public double BaseCounter { get; init; }

    /// <summary>Number of frames; null if not given, or 0.</summary>
    public long? FrameCount { get; init; }

    /// <summary>Time and day of sample 0.</summary>
    public WfdbStart Start { get; init; }

    /// <summary>The signal lines; none in a multi-segment header.</summary>
    public IReadOnlyList<WfdbSignalLine> Signals { get; init; } = [];

    /// <summary>The segment lines; null in an ordinary header.</summary>
    public IReadOnlyList<WfdbSegmentLine>? Segments { get; init; }

    /// <summary>The comments: all lines after <c>#</c>.</summary>
    public IReadOnlyList<string> Comments { get; init; } = [];
}
