using EcgRecovery.Beats;
using EcgRecovery.Records;
using EcgRecovery.Recovery.Beats.Methods;
using EcgRecovery.Recovery.Beats.Model;
using EcgRecovery.Recovery.Beats.Neighbours;

namespace EcgRecovery.Tests.Recovery.Beats.Model;

public sealed class EvidenceFinderTests
{
    private static readonly SampleSpan s_gap = new(70, 100);
    private static readonly HeartbeatSet s_set = SyntheticBeats.Make(300, seed: 4, records: 3);
    private static readonly BeatLibrary s_library = BeatLibrary.Thin(s_set, 300);
    private static readonly float[] s_broken = SyntheticBeats.Break(SyntheticBeats.Make(40, seed: 8), s_gap);

    [Fact]
    public void The_estimate_is_that_of_the_locally_linear_method()
    {
        // The method chooses its λ on the same beats; the finder then uses it.
        var method = new LocallyLinearMethod(new ReferenceBeats(s_library.Beats, samePatients: false), threads: 1);
        var expected = new float[s_broken.Length];
        method.Estimate(s_broken, expected);
        Assert.Equal(expected, Find(method.Ridge).Estimate);
    }

    [Fact]
    public void Neighbours_are_the_nearest_and_the_spread_is_theirs()
    {
        var evidence = Find(3);
        for (var row = 0; row < 40; row++)
        {
            var beat = s_broken.AsSpan(row * HeartbeatSet.BeatLength, HeartbeatSet.BeatLength).ToArray();
            var nearest = Enumerable.Range(0, 300).OrderBy(r => Distance(beat, s_library.Beats[r].ToArray())).ToList();
            Assert.Equal(nearest.Take(4), evidence.Nearest.Skip(row * 4).Take(4));
            Assert.Equal(s_library.Beats[nearest[1]], evidence.NearestBeat(row, 1));
            var values = nearest.Take(16).Select(r => (double)s_library.Beats[r][80]).ToList();
            Assert.Equal(
                Math.Sqrt(values.Average(v => v * v) - (values.Average() * values.Average())),
                evidence.Spread[(row * HeartbeatSet.BeatLength) + 80],
                1e-5);
            Assert.Equal(0, evidence.Spread[row * HeartbeatSet.BeatLength]);
        }
    }

    [Fact]
    public void Excluded_beats_give_no_evidence()
    {
        // The library's own beats: each finds itself unless its record is excluded.
        var broken = SyntheticBeats.Break(s_set, s_gap);
        int[] groups = [.. s_set.Sources!.Select(s => s.Record[^1] - '0')];
        var evidence = new EvidenceFinder(s_library, 3, threads: 2)
            .Find(broken, new ExcludedGroups(groups, groups), TestContext.Current.CancellationToken);
        for (var row = 0; row < s_set.Count; row++)
            Assert.DoesNotContain(evidence.Nearest.Skip(row * 4).Take(4), found => groups[found] == groups[row]);
        var itself = new EvidenceFinder(s_library, 3, threads: 2).Find(broken, null, TestContext.Current.CancellationToken);
        Assert.Equal(Enumerable.Range(0, s_set.Count), Enumerable.Range(0, s_set.Count).Select(row => itself.Nearest[row * 4]));
    }

    [Fact]
    public void Threads_do_not_change_a_bit() =>
        Assert.Equal(
            Find(3).Estimate,
            new EvidenceFinder(s_library, 3, threads: 3).Find(s_broken, null, TestContext.Current.CancellationToken).Estimate);

    private static BeatEvidence Find(double ridge) =>
        new EvidenceFinder(s_library, ridge, threads: 1).Find(s_broken, null, TestContext.Current.CancellationToken);

    private static double Distance(float[] beat, float[] other) =>
        beat.Zip(other).Where(p => !float.IsNaN(p.First)).Sum(p => Math.Pow((double)p.First - p.Second, 2));
}
