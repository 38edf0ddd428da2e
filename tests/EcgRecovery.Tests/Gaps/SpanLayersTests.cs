using EcgRecovery.Gaps;
using EcgRecovery.Records;
using static EcgRecovery.Records.MissingCause;

namespace EcgRecovery.Tests.Gaps;

public class SpanLayersTests
{
    [Fact]
    public void What_came_first_stays_and_later_spans_fill_what_is_left()
    {
        var layers = new SpanLayers();
        layers.Add([Span(10, 20, PacketLoss), Span(30, 40, PacketLoss)], 1);
        layers.Add(
            [Span(0, 5, FlatLine), Span(8, 32, FlatLine), Span(35, 38, FlatLine), Span(39, 60, FlatLine), Span(70, 80, FlatLine)], 1);
        Assert.Equal(
            [
                Span(0, 5, FlatLine), Span(8, 10, FlatLine), Span(10, 20, PacketLoss), Span(20, 30, FlatLine), Span(30, 40, PacketLoss),
                Span(40, 60, FlatLine), Span(70, 80, FlatLine),
            ],
            layers.Spans);
    }

    [Fact]
    public void Pieces_too_short_to_be_judged_alone_are_dropped_but_no_whole_span()
    {
        var layers = new SpanLayers();
        layers.Add([Span(10, 20, Saturation)], 1);
        layers.Add([Span(0, 21, FlatLine), Span(30, 33, FlatLine)], 5);
        Assert.Equal([Span(0, 10, FlatLine), Span(10, 20, Saturation), Span(30, 33, FlatLine)], layers.Spans);
    }

    private static MissingSpan Span(long start, long end, MissingCause cause) => new(new SampleSpan(start, end), cause);
}
