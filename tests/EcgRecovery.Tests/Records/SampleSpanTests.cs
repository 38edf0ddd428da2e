using EcgRecovery.Records;

namespace EcgRecovery.Tests.Records;

public class SampleSpanTests
{
    [Fact]
    public void Reads_what_it_writes()
    {
        var span = SampleSpan.Parse("100..137");
        Assert.Equal(new SampleSpan(100, 137), span);
        Assert.Equal(37, span.Length);
        Assert.Equal("100..137", span.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("100")]
    [InlineData("137..100")]
    [InlineData("100..100")]
    [InlineData("-1..5")]
    [InlineData("a..b")]
    [InlineData("1..2..3")]
    public void Refuses_what_is_no_span(string text) => Assert.Throws<FormatException>(() => SampleSpan.Parse(text));

    [Fact]
    public void A_span_is_half_open()
    {
        var span = new SampleSpan(5, 7);
        Assert.Equal([false, true, true, false], new[] { 4, 5, 6, 7 }.Select(sample => span.Contains(sample)));
        Assert.False(span.IsEmpty);
        Assert.True(new SampleSpan(5, 5).IsEmpty);
        Assert.Equal(new SampleSpan(15, 17), span.Shift(10));
        Assert.Equal([5, 6], Enumerable.Range(0, 10).ToArray()[span.ToRange()]);
        Assert.Throws<OverflowException>(() => new SampleSpan(0, 1L << 40).ToRange());
    }

    [Theory]
    [InlineData("0..10", "5..20", "5..10")]
    [InlineData("0..10", "2..3", "2..3")]
    public void Spans_intersect(string one, string other, string both)
    {
        Assert.Equal(SampleSpan.Parse(both), SampleSpan.Parse(one).Intersect(SampleSpan.Parse(other)));
        Assert.Equal(SampleSpan.Parse(both), SampleSpan.Parse(other).Intersect(SampleSpan.Parse(one)));
    }

    [Fact]
    public void Spans_that_touch_do_not_intersect() => Assert.True(new SampleSpan(0, 10).Intersect(new SampleSpan(10, 20)).IsEmpty);

    [Fact]
    public void Lists_of_spans_intersect()
    {
        SampleSpan[] some = [new(0, 10), new(10, 20), new(30, 40)];
        Assert.Equal(
            [new SampleSpan(5, 10), new SampleSpan(10, 15), new SampleSpan(35, 36)],
            SampleSpan.Intersect(some, [new(5, 15), new(20, 30), new(35, 36)]));
        Assert.Equal(SampleSpan.Intersect([new(5, 15), new(35, 36)], some), SampleSpan.Intersect(some, [new(5, 15), new(35, 36)]));
        Assert.Empty(SampleSpan.Intersect(some, []));
        Assert.Empty(SampleSpan.Intersect([new(3, 3)], some));
    }

    [Fact]
    public void Lists_of_spans_are_subtracted()
    {
        SampleSpan[] some = [new(0, 10), new(10, 20), new(30, 40), new(50, 60)];
        Assert.Equal(
            [new(0, 2), new(3, 5), new(15, 20), new(30, 35), new(36, 40)],
            SampleSpan.Subtract(some, [new(2, 3), new(5, 15), new(20, 30), new(35, 36), new(45, 70)]));
        Assert.Equal(some, SampleSpan.Subtract(some, []));
        Assert.Equal([new(60, 61)], new SampleSpan(5, 61).Subtract([new(0, 1), new(4, 60), new(70, 80)]));
        Assert.Empty(SampleSpan.Subtract([new(3, 3)], []));
    }

    [Fact]
    public void Merging_sorts_joins_and_drops_empty_spans()
    {
        Assert.Equal(
            [new SampleSpan(1, 9), new SampleSpan(10, 12)],
            SampleSpan.Merge([new(10, 12), new(4, 6), new(1, 5), new(6, 9), new(2, 3), new(20, 20)]));
        Assert.Empty(SampleSpan.Merge([]));
    }
}
