using EcgRecovery.Reporting.Drawing;

namespace EcgRecovery.Reporting.Pages;

/// <summary>Elements that the sections of pages are made of.</summary>
internal static class PageParts
{
    /// <summary>Writes a paragraph that explains a table or a figure.</summary>
    public static void Explain(this MarkupWriter markup, string text) => markup.Element("p", text, ("class", "explain"));

    /// <summary>Writes a drawing.</summary>
    public static void Figure(this MarkupWriter markup, Figure figure)
    {
        markup.Start("figure");
        markup.Nest(figure.Svg);
        markup.End();
    }

    /// <summary>Writes a drawing in a division of its own class.</summary>
    public static void Figure(this MarkupWriter markup, Figure figure, string divisionClass)
    {
        markup.Start("div", ("class", divisionClass));
        markup.Nest(figure.Svg);
        markup.End();
    }

    /// <summary>Writes a table; the first cell of every row is its heading.</summary>
    /// <param name="markup">Receives it.</param>
    /// <param name="headings">The columns' headings.</param>
    /// <param name="rows">The body, as many cells a row as there are headings.</param>
    /// <param name="caption">The caption; null = none.</param>
    /// <param name="tableClass">The table's class; null = none.</param>
    public static void Table(
        this MarkupWriter markup,
        IReadOnlyList<string> headings,
        IEnumerable<IReadOnlyList<string>> rows,
        string? caption = null,
        string? tableClass = null)
    {
        markup.Start("table", tableClass is null ? [] : [("class", tableClass)]);
        if (caption is not null)
            markup.Element("caption", caption);
        markup.Start("thead");
        markup.Start("tr");
        foreach (var heading in headings)
            markup.Element("th", heading, ("scope", "col"));
        markup.End();
        markup.End();
        markup.Start("tbody");
        foreach (var row in rows)
        {
            markup.Start("tr");
            markup.Element("th", row[0], ("scope", "row"));
            foreach (var cell in row.Skip(1))
                markup.Element("td", cell);
            markup.End();
        }

        markup.End();
        markup.End();
    }

    /// <summary>Writes a table that scrolls where it is wider than the page.</summary>
    /// <inheritdoc cref="Table"/>
    public static void WideTable(
        this MarkupWriter markup, IReadOnlyList<string> headings, IEnumerable<IReadOnlyList<string>> rows, string? tableClass = null)
    {
        markup.Start("div", ("class", "wide-table"));
        markup.Table(headings, rows, caption: null, tableClass);
        markup.End();
    }
}
