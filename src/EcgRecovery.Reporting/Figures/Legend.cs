using EcgRecovery.Evaluation.Beats;
using EcgRecovery.Reporting.Drawing;

namespace EcgRecovery.Reporting.Figures;

/// <summary>A row of named lines.</summary>
internal static class Legend
{
    /// <summary>The traces of a beat, in the original's words, and the interval where one of the methods gives it.</summary>
    public static IReadOnlyList<(Pen Pen, string Text)> BeatTraces(IEnumerable<MethodTrace> methods)
    {
        List<(Pen, string)> entries = [(Palette.Original, "original"), (Palette.Masked, "masked input"), (Palette.Recovered, "recovered")];
        if (methods.Any(method => method.Lower is not null))
            entries.Add((Palette.IntervalSwatch, "95 % interval"));
        return entries;
    }

    /// <summary>
    /// Draws the row, centred on <paramref name="centre"/>, its text on the base line <paramref name="y"/>; smaller than
    /// <paramref name="size"/> where it would be wider than <paramref name="width"/>.
    /// </summary>
    public static void Draw(SvgCanvas canvas, double centre, double width, double y, double size, IReadOnlyList<(Pen Pen, string Text)> entries)
    {
        const double line = 1.9;
        const double gap = 0.5;
        const double spacing = 1.2;
        var letters = entries.Sum(entry => FigureText.Width(entry.Text, 1)) + (entries.Count * (line + gap)) + (spacing * (entries.Count - 1));
        size = Math.Min(size, width / letters);
        var x = centre - (size * letters / 2);
        foreach (var (pen, text) in entries)
        {
            canvas.Line(pen, x, y - (0.35 * size), x + (line * size), y - (0.35 * size));
            canvas.Text(Palette.Text, x + ((line + gap) * size), y, text, size);
            x += ((line + gap + spacing) * size) + FigureText.Width(text, size);
        }
    }
}
