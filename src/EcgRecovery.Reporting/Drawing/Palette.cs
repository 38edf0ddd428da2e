namespace EcgRecovery.Reporting.Drawing;

/// <summary>A fill colour. The class lets a page's style sheet choose another colour on a dark background.</summary>
internal sealed record Ink(string Class, string Colour);

/// <summary>A line's colour, width and dashes (none = solid).</summary>
internal sealed record Pen(string Class, string Colour, double Width, params IReadOnlyList<double> Dashes)
{
    /// <summary>Returns the line with width and dashes multiplied by a factor.</summary>
    public Pen Scaled(double factor) => this with { Width = Width * factor, Dashes = [.. Dashes.Select(length => length * factor)] };
}

/// <summary>Colours of all figures.</summary>
/// <remarks>
/// Green, red and blue are those of the original notebook. For colour-blind readers the three also differ in lightness, width and dashes,
/// and the legend names each.
/// </remarks>
internal static class Palette
{
    public static readonly Ink Paper = new("paper", "#ffffff");
    public static readonly Ink Text = new("text", "#1a2230");
    public static readonly Ink MutedText = new("muted", "#566070");
    public static readonly Ink Gap = new("gap", "#fdeec2");
    public static readonly Ink Padding = new("padding", "#eff1f4");
    public static readonly Ink Interval = new("band", "#bccff9");
    public static readonly Ink Density = new("density", "#c9d8ef");
    public static readonly Ink Quantiles = new("quantiles", "#8aa9d6");
    public static readonly Ink Quartiles = new("quartiles", "#2f5fa8");
    public static readonly Ink Mean = new("mean", "#b4470f");

    public static readonly Pen Grid = new("grid", "#e3e7ec", 1);
    public static readonly Pen Axis = new("axis", "#8b94a1", 1);
    public static readonly Pen PaddingEdge = new("axis", "#8b94a1", 1, 1.5, 3);
    public static readonly Pen Original = new("original", "#58c074", 5);
    public static readonly Pen Recovered = new("recovered", "#1742c9", 1.8);
    public static readonly Pen IntervalSwatch = new("band-swatch", Interval.Colour, 9);
    public static readonly Pen Masked = new("masked", "#dc2431", 3, 5, 6);
    public static readonly Pen Training = new("training", "#1b3fb0", 2);
    public static readonly Pen Validation = new("validation", "#b4470f", 2, 6, 3);
    public static readonly Pen Median = new("median", "#ffffff", 2);
    public static readonly Pen MeanInterval = new("mean-interval", "#b4470f", 1.6);

    // ECG paper, widths in tenths of a millimetre. Separate classes: paper stays light on a dark page.
    // Measured samples are near-black on a red grid, as on paper recorders. Recovered samples are blue as in the other figures, on a blue
    // ground and with the word beside them, since blue and black print alike.
    public static readonly Ink EcgSheet = new("ecg-sheet", "#ffffff");
    public static readonly Ink EcgPaper = new("ecg-paper", "#fffaf9");
    public static readonly Ink EcgText = new("ecg-text", "#14181f");
    public static readonly Ink EcgNote = new("ecg-note", "#4a525e");
    public static readonly Ink EcgMissing = new("ecg-missing", Gap.Colour);
    public static readonly Ink EcgMissingInPart = new("ecg-missing-in-part", "#fef8e6");
    public static readonly Ink EcgRecoveredGround = new("ecg-recovered-ground", "#e6edff");
    public static readonly Ink EcgRecoveredText = new("ecg-recovered-text", "#1742c9");
    public static readonly Ink EcgLeft = new("ecg-left", Gap.Colour);
    public static readonly Ink EcgClipped = new("ecg-clipped", "#cfe8d2");
    public static readonly Ink EcgClippedText = new("ecg-clipped-text", "#1f6b2c");
    public static readonly Ink EcgInterval = new("ecg-interval", Interval.Colour);
    public static readonly Ink EcgEnvelope = new("ecg-envelope", "#3a4352");
    public static readonly Ink EcgWindow = new("ecg-window", "#b4470f");

    public static readonly Pen EcgSmallBox = new("ecg-small-box", "#f6cfc9", 1);
    public static readonly Pen EcgLargeBox = new("ecg-large-box", "#df978d", 2);
    public static readonly Pen EcgMeasured = new("ecg-measured", "#14181f", 3);
    public static readonly Pen EcgRecovered = new("ecg-recovered", "#1742c9", 3.2);
    public static readonly Pen EcgTruth = new("ecg-truth", "#1f8a3b", 2.2);
    public static readonly Pen EcgDerivedTrace = new("ecg-derived-trace", "#00695c", 3);
    public static readonly Pen EcgDerived = new("ecg-derived", EcgDerivedTrace.Colour, 2.5, 9, 7);
    public static readonly Pen EcgMissingEdge = new("ecg-missing-edge", "#8a6d1a", 2);
    public static readonly Pen EcgTick = new("ecg-tick", "#4a525e", 2);
    public static readonly Pen EcgIntervalSwatch = new("ecg-interval-swatch", Interval.Colour, 24);
    public static readonly Pen EcgMissingSwatch = new("ecg-missing-swatch", Gap.Colour, 24);
    public static readonly Pen EcgShownGap = new("ecg-window-edge", EcgWindow.Colour, 4);
    public static readonly Pen EcgClippedSwatch = new("ecg-clipped-swatch", EcgClipped.Colour, 24);
    public static readonly Pen EcgWindowEdge = new("ecg-window-edge", "#b4470f", 1.6);
}
