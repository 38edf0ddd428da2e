using EcgRecovery.Reporting.Drawing;

namespace EcgRecovery.Reporting.Figures;

/// <summary>Line, colour and mark of a method, the same in all figures of a report.</summary>
/// <remarks>
/// Eight colours that are dark enough for text on white, four kinds of dashes and four marks: 32 methods differ in at least one of them,
/// neighbours in all three, so that they are told apart in print without colour.
/// </remarks>
/// <param name="Pen">The line.</param>
/// <param name="Ink">The colour of text and marks.</param>
/// <param name="Mark">The mark.</param>
internal sealed record MethodStyle(Pen Pen, Ink Ink, MethodMark Mark)
{
    private const double LineWidth = 1.8;

    private static readonly string[] s_colours =
        ["#1742c9", "#b4470f", "#1f7a3f", "#a3268f", "#007582", "#756200", "#c22030", "#566070"];

    private static readonly double[][] s_dashes = [[], [7, 3], [2, 3], [9, 3, 2, 3]];

    /// <summary>Returns the style of a method.</summary>
    /// <param name="number">Its number in the report, from 0.</param>
    public static MethodStyle Of(int number)
    {
        var colour = number % s_colours.Length;
        var kind = (number + (number / s_colours.Length)) % s_dashes.Length;
        return new MethodStyle(
            new Pen($"method-{colour}", s_colours[colour], LineWidth, s_dashes[kind]),
            new Ink($"method-{colour}-ink", s_colours[colour]),
            (MethodMark)kind);
    }

    /// <summary>Draws the mark, about a point.</summary>
    public void Draw(SvgCanvas canvas, double x, double y)
    {
        switch (Mark)
        {
            case MethodMark.Circle:
                canvas.Circle(Ink, x, y, 3.4);
                break;
            case MethodMark.Square:
                canvas.Rectangle(Ink, x - 3, y - 3, 6, 6);
                break;
            case MethodMark.Diamond:
                canvas.Area(Ink, Closed((x, y - 4.4), (x + 4.4, y), (x, y + 4.4), (x - 4.4, y)));
                break;
            default:
                canvas.Area(Ink, Closed((x, y - 4.2), (x + 4.1, y + 3.2), (x - 4.1, y + 3.2)));
                break;
        }
    }

    /// <summary>Draws an arrow to the right, for a value beyond the axis.</summary>
    public void DrawArrow(SvgCanvas canvas, double x, double y) =>
        canvas.Area(Ink, Closed((x + 4.2, y), (x - 3, y - 4), (x - 3, y + 4)));

    private static string Closed(params ReadOnlySpan<(double X, double Y)> corners)
    {
        var path = new System.Text.StringBuilder();
        foreach (var (x, y) in corners)
            path.Append(path.Length == 0 ? 'M' : 'L').Append(NumberText.Coordinate(x)).Append(' ').Append(NumberText.Coordinate(y));
        return path.Append('Z').ToString();
    }
}

/// <summary>The mark of a method at its values.</summary>
internal enum MethodMark
{
    Circle,
    Square,
    Diamond,
    Triangle,
}
