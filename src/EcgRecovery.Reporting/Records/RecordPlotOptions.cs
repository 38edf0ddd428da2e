namespace EcgRecovery.Reporting.Records;

/// <summary>What of a recording is drawn, and how. Times count from the record's first sample.</summary>
/// <param name="StartSeconds">Where the window begins.</param>
/// <param name="EndSeconds">Where it ends.</param>
/// <param name="Leads">The leads, as numbers from 0, from the top.</param>
/// <param name="ToolVersion">The tool's version.</param>
internal sealed record RecordPlotOptions(double StartSeconds, double EndSeconds, IReadOnlyList<int> Leads, string ToolVersion)
{
    /// <summary>The paper's speed. Default 25 mm/s.</summary>
    public double MillimetresPerSecond { get; init; } = 25;

    /// <summary>The gain of calibrated voltages. Default 10 mm/mV.</summary>
    public double MillimetresPerMilliVolt { get; init; } = 10;

    /// <summary>How long a row is, in seconds. Default 10.</summary>
    public double RowSeconds { get; init; } = 10;
}
