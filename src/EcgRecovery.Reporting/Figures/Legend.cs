using EcgRecovery.Reporting.Drawing;

namespace EcgRecovery.Reporting.Figures;

/// <summary>A row of named lines.</summary>
internal static class Legend
{
    /// <summary>The traces of a beat, in the original's words.</summary>
    public static readonly IReadOnlyList<(Pen Pen, string Text)> BeatTraces =
        [(Palette.Original, "original"), (Palette.Masked, "masked input"), (Palette.Recovered, "recovered")];

    /// <summary>Draws the row, centred on <paramref name="centre"/>, its text on the base line <paramref name="y"/>.</summary>
    public static void Draw(SvgCanvas canvas, double centre, double y, double size, IReadOnlyList<(Pen Pen, string Text)> entries)
    {
        var (line, gap) = (2.2 * size, 0.5 * size);
        double WidthOf(string text) => line + gap + FigureText.Width(text, size);
        var spacing = 1.5 * size;
        var x = centre - ((entries.Sum(entry => WidthOf(entry.Text)) + (spacing * (entries.Count - 1))) / 2);
        foreach (var (pen, text) in entries)
        {
            canvas.Line(pen, x, y - (0.35 * size), x + line, y - (0.35 * size));
            canvas.Text(Palette.Text, x + line + gap, y, text, size);
            x += WidthOf(text) + spacing;
        }
    }
}
