using static EcgRecovery.Reporting.Drawing.NumberText;

namespace EcgRecovery.Reporting.Drawing;

/// <summary>A finished drawing.</summary>
/// <param name="Name">The file's name without <c>.svg</c>; also the prefix of the drawing's ids, which makes them unique in a page.</param>
/// <param name="Title">Title, one line.</param>
/// <param name="Svg">The <c>svg</c> element.</param>
internal sealed record Figure(string Name, string Title, string Svg);

/// <summary>The point of a text that lies at its coordinate.</summary>
internal enum TextAnchor
{
    Start,
    Middle,
    End,
}

/// <summary>An SVG drawing. Every shape has its own colour, so it looks the same in a page, in a viewer and on paper.</summary>
/// <remarks>
/// Coordinates are in pixels, or in parts of a millimetre, from the top left. A drawing loads nothing and has no <c>url(…)</c>, script or
/// style sheet.
/// </remarks>
internal sealed class SvgCanvas
{
    /// <summary>Fonts of figures and pages: those installed on the reader's machine.</summary>
    public const string Fonts = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', 'Liberation Sans', Arial, sans-serif";

    private readonly MarkupWriter _markup = new();
    private readonly string _name;
    private readonly string _title;

    /// <param name="name">See <see cref="Figure"/>; lower-case letters, digits and hyphens, a letter first.</param>
    /// <param name="width">Width in pixels, or in parts of a millimetre.</param>
    /// <param name="height">Height in the same unit.</param>
    /// <param name="title">Title, one line.</param>
    /// <param name="description">Description for readers who cannot see it.</param>
    /// <param name="unitsPerMillimetre">Units of the coordinates per millimetre of paper; 0 = the coordinates are pixels.</param>
    /// <param name="paper">Background; null = <see cref="Palette.Paper"/>.</param>
    public SvgCanvas(
        string name, double width, double height, string title, string description, double unitsPerMillimetre = 0, Ink? paper = null)
    {
        (_name, _title) = (name, title);
        var (titleId, descriptionId) = ($"{name}-title", $"{name}-description");
        _markup.Start(
            "svg",
            ("xmlns", "http://www.w3.org/2000/svg"),
            ("viewBox", $"0 0 {Coordinate(width)} {Coordinate(height)}"),
            ("width", Length(width)),
            ("height", Length(height)),
            ("role", "img"),
            ("aria-labelledby", $"{titleId} {descriptionId}"),
            ("font-family", Fonts));
        _markup.Element("title", title, ("id", titleId));
        _markup.Element("desc", description, ("id", descriptionId));
        Rectangle(paper ?? Palette.Paper, 0, 0, width, height);

        string Length(double units) => unitsPerMillimetre == 0 ? Coordinate(units) : $"{Coordinate(units / unitsPerMillimetre)}mm";
    }

    /// <summary>Fills a rectangle.</summary>
    public void Rectangle(Ink ink, double x, double y, double width, double height, double radius = 0)
    {
        if (radius > 0)
            _markup.Empty("rect", [.. Box(), ("rx", Coordinate(radius)), .. Fill(ink)]);
        else
            _markup.Empty("rect", [.. Box(), .. Fill(ink)]);

        (string, string)[] Box() =>
            [("x", Coordinate(x)), ("y", Coordinate(y)), ("width", Coordinate(width)), ("height", Coordinate(height))];
    }

    /// <summary>Draws a straight line.</summary>
    public void Line(Pen pen, double x1, double y1, double x2, double y2) =>
        _markup.Empty(
            "line",
            [("x1", Coordinate(x1)), ("y1", Coordinate(y1)), ("x2", Coordinate(x2)), ("y2", Coordinate(y2)), .. Stroke(pen)]);

    /// <summary>Draws a path, if it is not empty.</summary>
    public void Path(Pen pen, string data)
    {
        if (data.Length > 0)
        {
            _markup.Empty(
                "path",
                [("d", data), ("fill", "none"), .. Stroke(pen), ("stroke-linecap", "round"), ("stroke-linejoin", "round")]);
        }
    }

    /// <summary>Fills the inside of a path, if it is not empty.</summary>
    public void Area(Ink ink, string data)
    {
        if (data.Length > 0)
            _markup.Empty("path", [("d", data), .. Fill(ink)]);
    }

    /// <summary>Fills a circle.</summary>
    public void Circle(Ink ink, double x, double y, double radius) =>
        _markup.Empty("circle", [("cx", Coordinate(x)), ("cy", Coordinate(y)), ("r", Coordinate(radius)), .. Fill(ink)]);

    /// <summary>Writes a line of text on the base line <paramref name="y"/>.</summary>
    public void Text(Ink ink, double x, double y, string text, double size, TextAnchor anchor = TextAnchor.Start, bool isBold = false) =>
        _markup.Element("text", text, [("x", Coordinate(x)), ("y", Coordinate(y)), .. Font(ink, size, anchor, isBold)]);

    /// <summary>Writes a line of text that reads upwards, centred.</summary>
    public void VerticalText(Ink ink, double x, double y, string text, double size)
    {
        var transform = $"translate({Coordinate(x)} {Coordinate(y)}) rotate(-90)";
        _markup.Element("text", text, [("transform", transform), .. Font(ink, size, TextAnchor.Middle, isBold: false)]);
    }

    /// <summary>Returns the drawing; nothing can be added afterwards.</summary>
    public Figure Finish()
    {
        _markup.End();
        return new Figure(_name, _title, _markup.Finish());
    }

    private static (string Name, string Value)[] Fill(Ink ink) => [("class", ink.Class), ("fill", ink.Colour)];

    private static (string Name, string Value)[] Stroke(Pen pen)
    {
        (string, string)[] stroke = [("class", pen.Class), ("stroke", pen.Colour), ("stroke-width", Coordinate(pen.Width))];
        return pen.Dashes.Count == 0 ? stroke : [.. stroke, ("stroke-dasharray", string.Join(' ', pen.Dashes.Select(Coordinate)))];
    }

    private static (string Name, string Value)[] Font(Ink ink, double size, TextAnchor anchor, bool isBold)
    {
        var font = new List<(string Name, string Value)>(Fill(ink)) { ("font-size", Coordinate(size)) };
        if (anchor != TextAnchor.Start)
            font.Add(("text-anchor", anchor == TextAnchor.Middle ? "middle" : "end"));
        if (isBold)
            font.Add(("font-weight", "600"));
        return [.. font];
    }
}
