using EcgRecovery.Benchmarks.Tables;
using EcgRecovery.Benchmarks.Timing;

namespace EcgRecovery.Benchmarks.Tests;

public class TablesTests
{
    private const string Document = """
        # Title
        <!-- written by: bench (one) -->
        old
        <!-- end -->
        prose
        <!-- written by: bench (two) -->
        <!-- end -->
        last

        """;

    [Fact]
    public void A_block_is_replaced_and_the_prose_around_it_stays()
    {
        var once = MarkedDocument.Replace(Document, "one", "new\n");
        Assert.Equal(Document.Replace("old", "new", StringComparison.Ordinal), once);
        Assert.Equal(once, MarkedDocument.Replace(once, "one", "new"));
        Assert.Contains("(two) -->\nfirst\nsecond\n<!-- end -->\nlast", MarkedDocument.Replace(Document, "two", "first\nsecond\n\n"));
    }

    [Theory]
    [InlineData("three", Document)]
    [InlineData("one", "<!-- written by: bench (one) -->\nno end")]
    public void A_document_without_the_block_is_refused(string name, string document) =>
        Assert.Throws<InvalidDataException>(() => MarkedDocument.Replace(document, name, "new"));

    [Fact]
    public void A_table_is_markdown()
    {
        var table = new MarkdownTable("work", "time");
        table.Add("a", "1 ms");
        Assert.Equal("| work | time |\n| --- | ---: |\n| a | 1 ms |\n", table.ToString());
        Assert.Throws<ArgumentException>(() => table.Add("only one"));
    }

    [Fact]
    public void What_was_not_measured_is_a_dash()
    {
        Assert.Equal("–", Cell.Milliseconds(null));
        Assert.Equal("–", Cell.Rival(null, null));
        Assert.Equal("102.5 ms, 10.3 ×", Cell.Rival(102.46, 10.26));
        Assert.Equal("0.3127 ms", Cell.Milliseconds(0.31274));
        Assert.Equal("87.3 %", Cell.Percent(0.8729));
        Assert.Equal("2.1e-7", Cell.Error(2.1e-7));
    }

    [Theory]
    [InlineData(new double[] { 3, 1, 2 }, 2)]
    [InlineData(new double[] { 4, 1, 2, 3 }, 2.5)]
    public void The_median_is_the_middle(double[] values, double expected) => Assert.Equal(expected, Median.Of(values));
}
