namespace EcgRecovery.Reporting.Figures;

/// <summary>Place of a lead's values in its strip, in large boxes.</summary>
/// <param name="LowBox">Lower edge of the strip, from a value of 0.</param>
/// <param name="Boxes">Height of the strip.</param>
/// <param name="LevelBox">Base line of the calibration pulse, from a value of 0.</param>
internal sealed record EcgPaperStripLayout(double LowBox, double Boxes, double LevelBox)
{
    private const int MinimumBoxes = 4;
    private const int MaximumBoxes = 16;

    /// <summary>How far the trace may rise above the strip.</summary>
    public double BoxesAbove { get; init; }

    /// <summary>How far the trace may fall below the strip.</summary>
    public double BoxesBelow { get; init; }

    /// <summary>Whether the strip shares its paper with its neighbours: its labels then stand at its level.</summary>
    public bool IsClose { get; init; }

    /// <summary>Returns a strip in whole large boxes that holds all values, up to a bound.</summary>
    /// <param name="lead">The lead.</param>
    /// <param name="trace">Its samples.</param>
    public static EcgPaperStripLayout Whole(EcgPaperLead lead, EcgPaperTrace trace)
    {
        var median = float.IsNaN(trace.Median) ? 0 : Math.Round(trace.Median / lead.UnitsPerBox);
        var low = float.IsNaN(trace.Minimum) ? 0 : Math.Floor(trace.Minimum / lead.UnitsPerBox);
        var high = float.IsNaN(trace.Maximum) ? 0 : Math.Ceiling(trace.Maximum / lead.UnitsPerBox);
        if (high - low > MaximumBoxes)
            (low, high) = (median - (MaximumBoxes / 2), median + (MaximumBoxes / 2));
        while (high - low < MinimumBoxes && double.Abs(low) < 1e15) // beyond, adding 1 may not change a double
            (low, high) = high - median <= median - low ? (low, high + 1) : (low - 1, high);
        var boxes = Math.Max(MinimumBoxes, high - low);
        // The pulse and the label of its level lie on the line nearest to the median.
        var level = Math.Clamp(median, low, Math.Max(low, low + boxes - Math.Ceiling(1 / lead.UnitsPerBox)));
        return new EcgPaperStripLayout(low, boxes, level);
    }
}
