using EcgRecovery.Evaluation.Beats;
using EcgRecovery.Reporting.Drawing;

namespace EcgRecovery.Reporting.Figures;

/// <summary>A legend in one row.</summary>
internal static class Legend
{
    /// <summary>Returns the entries of a beat's traces, named as in the original notebook, and of the interval if there is one.</summary>
    public static IReadOnlyList<(Pen Pen, string Text)> BeatTraces(IEnumerable<MethodTrace> methods)
    {
        List<(Pen, string)> entries = [(Palette.Original, "original"), (Palette.Masked, "masked input"), (Palette.Recovered, "recovered")];
        if (methods.Any(method => method.Lower is not null))
            entries.Add((Palette.IntervalSwatch, "95 % interval"));
        return entries;
    }

    /// <summary>
    /// Draws the legend, centred on <paramref name="centre"/>, its text on the base line <paramref name="y"/>; smaller than
    /// <paramref name="size"/> where it would be wider than <paramref name="width"/>.
    /// </summary>
    public static void Draw(
        SvgCanvas canvas, double centre, double width, double y, double size, IReadOnlyList<(Pen Pen, string Text)> entries)
    {
        const double line = 1.9;
        const double gap = 0.5;
        const double spacing = 1.2;
        var text = entries.Sum(entry => FigureText.Width(entry.Text, 1));
        var relativeWidth = text + (entries.Count * (line + gap)) + (spacing * (entries.Count - 1));
        size = Math.Min(size, width / relativeWidth);
        var x = centre - (size * relativeWidth / 2);
        foreach (var (pen, name) in entries)
        {
            canvas.Line(pen, x, y - (0.35 * size), x + (line * size), y - (0.35 * size));
            canvas.Text(Palette.Text, x + ((line + gap) * size), y, name, size);
            x += ((line + gap + spacing) * size) + FigureText.Width(name, size);
        }
    }
}
