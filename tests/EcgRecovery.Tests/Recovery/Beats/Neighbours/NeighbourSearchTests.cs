using EcgRecovery.Beats;
using EcgRecovery.Records;
using EcgRecovery.Recovery.Beats.Neighbours;

namespace EcgRecovery.Tests.Recovery.Beats.Neighbours;

public class NeighbourSearchTests
{
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(5, 3, 2)]
    [InlineData(16, 6, 16)]
    [InlineData(17, 7, 5)]
    [InlineData(100, 13, 64)]
    [InlineData(333, 25, 20)]
    [InlineData(40, 5, 100)]
    public void Finds_the_same_as_a_naive_search(int references, int queries, int k)
    {
        var set = SyntheticBeats.Make(references, seed: 3);
        var beats = SyntheticBeats.Break(SyntheticBeats.Make(queries, seed: 4), new SampleSpan(20, 31), new SampleSpan(100, 137));
        var (pattern, rows) = Assert.Single(MissingPattern.Group(beats));
        var found = new NeighbourSearch(set).Find(pattern, beats, rows, k, excluded: null, CancellationToken.None);

        var count = Math.Min(k, references);
        Assert.Equal(queries * count, found.Length);
        for (var q = 0; q < queries; q++)
            AssertNearest(Naive(set, beats, q, _ => true).Take(count), found.AsSpan(q * count, count));
    }

    [Fact]
    public void Equal_distances_come_in_the_order_of_rows()
    {
        var two = SyntheticBeats.Make(2, seed: 3);
        var set = two.Select([.. Enumerable.Range(0, 200).Select(row => row % 3 == 0 ? 0 : 1)]);
        var beats = SyntheticBeats.Break(two.Select([0]), new SampleSpan(0, 1));
        var (pattern, rows) = MissingPattern.Group(beats)[0];
        var found = new NeighbourSearch(set).Find(pattern, beats, rows, 70, excluded: null, CancellationToken.None);

        int[] expected = [.. Enumerable.Range(0, 200).Where(row => row % 3 == 0), 1, 2, 4];
        Assert.Equal(expected, found.Select(neighbour => neighbour.Row));
        Assert.Equal(0, found[0].SquaredDistance);
    }

    [Fact]
    public void Skips_the_references_of_the_querys_group()
    {
        var set = SyntheticBeats.Make(60, seed: 3);
        var beats = SyntheticBeats.Break(set.Select([0, 1, 2]), new SampleSpan(100, 137));
        var (pattern, rows) = MissingPattern.Group(beats)[0];
        var excluded = new ExcludedGroups([.. Enumerable.Range(0, 60).Select(row => row % 5)], [0, 1, 4]);
        var found = new NeighbourSearch(set).Find(pattern, beats, rows, 10, excluded, CancellationToken.None);
        for (var q = 0; q < 3; q++)
            AssertNearest(Naive(set, beats, q, row => row % 5 != excluded.GroupOfQuery[q]).Take(10), found.AsSpan(q * 10, 10));
    }

    [Fact]
    public void The_squared_distance_counts_visible_samples_only()
    {
        float[] a = [1, 2, float.NaN, 4], b = [0, 4, 7, 1];
        Assert.Equal(1 + 4 + 9, NeighbourSearch.SquaredDistance(a, b, [new SampleSpan(0, 2), new SampleSpan(3, 4)]));
    }

    private static void AssertNearest(IEnumerable<Neighbour> expected, ReadOnlySpan<Neighbour> found)
    {
        foreach (var (neighbour, actual) in expected.Zip(found.ToArray()))
        {
            Assert.Equal(neighbour.Row, actual.Row);
            Assert.Equal(neighbour.SquaredDistance, actual.SquaredDistance, 1e-9);
        }
    }

    private static IEnumerable<Neighbour> Naive(HeartbeatSet references, float[] beats, int query, Func<int, bool> allowed) =>
        Enumerable.Range(0, references.Count).Where(allowed).Select(row =>
        {
            var sum = 0.0;
            for (var t = 0; t < HeartbeatSet.BeatLength; t++)
            {
                var sample = beats[(query * HeartbeatSet.BeatLength) + t];
                if (!float.IsNaN(sample))
                    sum += Math.Pow((double)sample - references[row][t], 2);
            }

            return new Neighbour(row, sum);
        }).OrderBy(neighbour => neighbour.SquaredDistance).ThenBy(neighbour => neighbour.Row);
}
