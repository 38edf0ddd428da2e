namespace EcgRecovery.Formats.Csv;

/// <summary>Options for opening recordings in CSV.</summary>
public sealed record CsvReadOptions : RecordReadOptions
{
    /// <summary>The value of <see cref="TimeColumn"/> for no column: the rows are taken one after the other.</summary>
    public const string NoTimeColumn = "none";

    /// <summary>
    /// Samples per second. Default null: from the time column, or from a line above the rows; needed if the file has neither.
    /// </summary>
    public double? SamplingFrequencyHz { get; init; }

    /// <summary>
    /// The unit of leads for which the file names none, or a voltage or counts, which it overrules with a remark. Default null: the file's;
    /// without one mV where the values can be millivolts, otherwise <c>adu</c>, counts of a converter.
    /// </summary>
    public string? Unit { get; init; }

    /// <summary>
    /// The unit of times that are numbers: s, ms, us, ns, min, h or d. Default null: from the heading, or from the steps.
    /// </summary>
    public string? TimeUnit { get; init; }

    /// <summary>
    /// The column of the times, by its heading or its number from 1, or <see cref="NoTimeColumn"/>. Default null: the one whose times step
    /// evenly.
    /// </summary>
    public string? TimeColumn { get; init; }

    /// <summary>The character between cells. Default null: detected.</summary>
    public char? Delimiter { get; init; }

    /// <summary>The decimal point, <c>.</c> or <c>,</c>. Default null: detected.</summary>
    public char? DecimalPoint { get; init; }

    /// <summary>Whether every line holds all samples of one lead. Default false: every line holds one sample of all leads.</summary>
    public bool LeadsInRows { get; init; }
}
