namespace EcgRecovery.Reporting.Drawing;

/// <summary>A colour that fills. The class lets a page's style sheet choose another where the background is dark.</summary>
internal sealed record Ink(string Class, string Colour);

/// <summary>A line's colour, width and dashes (none = solid).</summary>
internal sealed record Pen(string Class, string Colour, double Width, params IReadOnlyList<double> Dashes)
{
    /// <summary>The same line in a drawing that is larger by a factor: width and dashes grow with it.</summary>
    public Pen Scaled(double factor) => this with { Width = Width * factor, Dashes = [.. Dashes.Select(length => length * factor)] };
}

/// <summary>The colours of every figure.</summary>
/// <remarks>
/// Green, red and blue are the original's. So that nobody has to tell green from red: the three differ in lightness, in width and in
/// dashes too, and each is named in the legend.
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
}
