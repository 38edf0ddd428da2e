using EcgRecovery.Reporting.Figures;

namespace EcgRecovery.Reporting.Records;

/// <summary>Options of <see cref="RecordPlot"/>. Times are relative to the record's first sample.</summary>
/// <param name="StartSeconds">Start of the window.</param>
/// <param name="EndSeconds">End of the window.</param>
/// <param name="Leads">The leads to draw from the top, as numbers from 0.</param>
/// <param name="ToolVersion">Version of the tool.</param>
internal sealed record RecordPlotOptions(double StartSeconds, double EndSeconds, IReadOnlyList<int> Leads, string ToolVersion)
{
    /// <summary>Speed of the paper. Default 25 mm/s.</summary>
    public double MillimetresPerSecond { get; init; } = 25;

    /// <summary>
    /// Gain of calibrated voltages; null = 10 mm/mV, or half of it where the leads would otherwise not fit a sheet.
    /// </summary>
    public double? MillimetresPerMilliVolt { get; init; }

    /// <summary>Findings to mark on the traces.</summary>
    public EcgPaperMarks Marks { get; init; } = new();

    /// <summary>Duration of a row in seconds. Default 10.</summary>
    public double RowSeconds { get; init; } = 10;
}
