using System.Xml.Linq;
using EcgRecovery.Reporting.Drawing;

namespace EcgRecovery.Reporting.Tests.Drawing;

public class MarkupWriterTests
{
    [Fact]
    public void Elements_are_on_separate_lines_and_text_stays_on_its_line()
    {
        var writer = new MarkupWriter();
        writer.Start("table", ("class", "a"));
        writer.Start("th");
        writer.Text("knn ");
        writer.Element("b", "5");
        writer.End();
        writer.Empty("br");
        writer.Start("td");
        writer.End();
        writer.End();
        Assert.Equal("<table class=\"a\">\n<th>knn <b>5</b></th>\n<br />\n<td></td>\n</table>", writer.Finish());
    }

    [Fact]
    public void Text_and_attributes_are_escaped()
    {
        var writer = new MarkupWriter();
        writer.Element("p", "<script>alert('1')</script> & \"x\"", ("title", "\"><script>\n"));
        Assert.Equal(
            "<p title=\"&quot;&gt;&lt;script&gt; \">&lt;script&gt;alert('1')&lt;/script&gt; &amp; &quot;x&quot;</p>", writer.Finish());
    }

    [Theory]
    [InlineData("a\0b\u001Bc", "a\uFFFDb\uFFFDc")]
    [InlineData("\uFFFE", "\uFFFD")]
    [InlineData("♥ \U0001FAC0 é", "♥ \U0001FAC0 é")]
    public void What_XML_cannot_hold_becomes_the_replacement_character(string text, string expected)
    {
        var writer = new MarkupWriter();
        writer.Element("p", text);
        Assert.Equal(expected, XElement.Parse(writer.Finish()).Value);
    }

    [Fact]
    public void Half_a_surrogate_pair_becomes_the_replacement_character()
    {
        var writer = new MarkupWriter();
        writer.Element("p", "a\uD83D" + "b");
        Assert.Equal("<p>a\uFFFDb</p>", writer.Finish());
    }

    [Fact]
    public void A_style_sheet_is_written_unchanged_and_refused_where_XML_would_read_it_differently()
    {
        var writer = new MarkupWriter();
        writer.Style("a > b { color: red; }\n");
        Assert.Equal("<style>a > b { color: red; }\n</style>", writer.Finish());
        Assert.Throws<ArgumentException>(() => new MarkupWriter().Style("a { content: \"<\"; }"));
        Assert.Throws<ArgumentException>(() => new MarkupWriter().Style("a & b { }"));
    }

    [Fact]
    public void An_open_element_is_an_error()
    {
        var writer = new MarkupWriter();
        writer.Start("p");
        Assert.Throws<InvalidOperationException>(writer.Finish);
    }
}
