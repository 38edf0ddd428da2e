using System.Xml.Linq;
using EcgRecovery.Reporting.Drawing;
using EcgRecovery.Reporting.Pages;

namespace EcgRecovery.Reporting.Tests.Pages;

public class PageTests
{
    private static readonly Page s_bare = new()
    {
        Title = "<title>",
        Heading = "Heading",
        ToolVersion = "0.1.0",
        Style = PageStyle.Read(),
        Facts = [new PageFact("Rows", "7"), new PageFact("Hash", "abc", IsWide: true, IsHash: true)],
        Sections = [],
    };

    [Fact]
    public void A_page_without_optional_parts_has_none_of_their_elements()
    {
        var text = s_bare.Write();
        Markup.AssertLoadsNothing(text);
        Assert.StartsWith(
            "<!DOCTYPE html>\n<html xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"en\">\n<head>", text, StringComparison.Ordinal);
        Assert.EndsWith("</html>\n", text, StringComparison.Ordinal);
        var page = Markup.Parse(text);
        Assert.Equal(["<title>"], page.Elements("title", null).Select(title => title.Value));
        Assert.Empty(page.Elements("aside", null));
        Assert.Empty(page.Elements("h2", null));
        Assert.Empty(page.Elements("p", "headline"));
        Assert.Equal(["EcgRecovery 0.1.0 · Not for diagnosis"], page.Elements("p", "kicker").Select(p => p.Value));
        Assert.Equal(
            [
                "Not for diagnosis. A recovered sample is an estimate, never a measurement.",
                "Written by EcgRecovery 0.1.0. This page loads nothing and runs no script.",
            ],
            page.Elements("footer", null).Single().Elements().Select(p => p.Value));
    }

    [Fact]
    public void Optional_parts_are_in_order()
    {
        var full = s_bare with { Headline = "Best", Notes = ["one", "two"], NotesLabel = "Remarks", AboutData = "MIT-BIH" };
        var page = Markup.Parse(full.Write());
        Assert.Equal(["p", "h1", "p", "dl", "aside"], Names(page.Elements("header", null).Single()));
        Assert.Equal("Remarks", (string?)page.Elements("aside", "notes").Single().Attribute("aria-label"));
        Assert.Equal(["one", "two"], page.Elements("aside", "notes").Single().Elements().Select(p => p.Value));
        var footer = page.Elements("footer", null).Single();
        Assert.Equal(["h2", "p", "p", "p"], Names(footer));
        Assert.Equal("MIT-BIH", footer.Elements().ElementAt(2).Value);
    }

    [Fact]
    public void Facts_are_terms_with_values()
    {
        var facts = Markup.Parse(s_bare.Write()).Elements("dl", "facts").Single().Elements().ToArray();
        Assert.Equal([null, "wide"], facts.Select(fact => (string?)fact.Attribute("class")));
        Assert.Equal(
            [("Rows", "7"), ("Hash", "abc")],
            facts.Select(fact => (fact.Elements("dt", null).Single().Value, fact.Elements("dd", null).Single().Value)));
        Assert.Equal([null, "hash"], facts.Select(fact => (string?)fact.Elements("dd", null).Single().Attribute("class")));
    }

    [Fact]
    public void Sections_are_written_in_order_into_the_main_part()
    {
        var sections = s_bare with { Sections = [markup => markup.Explain("first"), _ => { }, markup => markup.Element("h2", "second")] };
        var page = Markup.Parse(sections.Write());
        Assert.Equal(
            [("p", "first"), ("h2", "second")], page.Elements("main", null).Single().Elements().Select(e => (e.Name.LocalName, e.Value)));
    }

    [Fact]
    public void Further_style_sheets_come_after_the_sheet_of_every_page()
    {
        var (page, recording) = (PageStyle.Read().Css, PageStyle.Read("recording.css").Css);
        Assert.StartsWith(page, recording, StringComparison.Ordinal);
        Assert.True(recording.Length > page.Length);
        Assert.Throws<InvalidOperationException>(() => PageStyle.Read("missing.css"));
    }

    [Fact]
    public void A_table_has_row_headings_and_a_caption_and_a_class_where_given()
    {
        var markup = new MarkupWriter();
        markup.Start("main");
        markup.Table(["method", "error"], [["zeros", "0.5"]], caption: "Errors", tableClass: "summary");
        markup.WideTable(["method"], [["zeros"]]);
        markup.End();
        var tables = XElement.Parse(markup.Finish()).Descendants("table").ToArray();
        Assert.Equal("summary", (string?)tables[0].Attribute("class"));
        Assert.Equal("Errors", tables[0].Element("caption")!.Value);
        Assert.Equal(["method", "error"], tables[0].Element("thead")!.Descendants("th").Select(th => th.Value));
        Assert.Equal(
            [("th", "zeros"), ("td", "0.5")],
            tables[0].Element("tbody")!.Element("tr")!.Elements().Select(e => (e.Name.LocalName, e.Value)));
        Assert.Null(tables[1].Attribute("class"));
        Assert.Equal("wide-table", (string?)tables[1].Parent!.Attribute("class"));
    }

    private static IEnumerable<string> Names(XElement parent) => parent.Elements().Select(element => element.Name.LocalName);
}
