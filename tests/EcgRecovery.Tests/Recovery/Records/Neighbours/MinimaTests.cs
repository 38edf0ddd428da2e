using EcgRecovery.Records;
using EcgRecovery.Recovery.Records.Neighbours;

namespace EcgRecovery.Tests.Recovery.Records.Neighbours;

public class MinimaTests
{
    private const float No = float.PositiveInfinity;

    [Fact]
    public void The_lowest_come_first_and_none_is_near_to_a_lower_one()
    {
        float[] curve = [9, 1, 9, 2, 9, 9, 9, 3, 9, No, No, 0, No, 9];
        Assert.Equal([11, 1, 7], new Minima().Of(curve, new SampleSpan(0, 14), 5, separation: 2));
        Assert.Equal([11, 1], new Minima().Of(curve, new SampleSpan(0, 14), 2, separation: 2));
    }

    [Fact]
    public void Ends_and_plateaus_without_an_edge_are_no_minima()
    {
        Assert.Empty(new Minima().Of([0, 1, 2, 2, 2, 1, 0], new SampleSpan(0, 7), 5, 1));
        Assert.Empty(new Minima().Of([No, No, No], new SampleSpan(0, 3), 5, 1));
    }

    // More minima than the buffer holds.
    [Fact]
    public void Of_many_minima_the_lowest_are_found()
    {
        var values = Enumerable.Range(0, 20_000).Select(i => (i * 7919) % 20_011 / 20_011f).ToArray();
        var curve = values.SelectMany(value => new[] { 2f, value }).Append(2f).ToArray();
        var found = new Minima().Of(curve, new SampleSpan(0, curve.Length), 100, separation: 1);
        Assert.Equal(values.Order().Take(100), found.Select(place => curve[place]));
    }
}
