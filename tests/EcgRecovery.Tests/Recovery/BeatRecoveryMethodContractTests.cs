using EcgRecovery.Beats;
using EcgRecovery.Neural;
using EcgRecovery.Records;
using EcgRecovery.Recovery.Beats;
using EcgRecovery.Recovery.Beats.Model;
using EcgRecovery.Recovery.Beats.Neighbours;
using EcgRecovery.Tests.Recovery.Beats;

namespace EcgRecovery.Tests.Recovery;

/// <summary>The contract of every method of the list; a new method in the list is tested here.</summary>
public class BeatRecoveryMethodContractTests
{
    private static readonly HeartbeatSet s_references = SyntheticBeats.Make(300, seed: 7, records: 6);

    public static TheoryData<string> Names =>
        [.. RecoveryMethods.ForBeats.Where(method => !method.IsModel).Select(method => method.Name), "beat"];

    [Theory]
    [MemberData(nameof(Names))]
    public void Observed_samples_are_unchanged_and_missing_ones_finite_for_every_pattern(string name)
    {
        using var method = Create(name, threads: 2);
        var broken = BrokenInEveryWay();
        var recovered = new float[broken.Length];
        recovered.AsSpan().Fill(float.NaN);
        method.Recover(broken, recovered);

        for (var i = 0; i < broken.Length; i++)
        {
            if (!float.IsNaN(broken[i]))
                Assert.Equal(BitConverter.SingleToInt32Bits(broken[i]), BitConverter.SingleToInt32Bits(recovered[i]));
            Assert.True(
                float.IsFinite(recovered[i]),
                $"row {i / HeartbeatSet.BeatLength}, sample {i % HeartbeatSet.BeatLength}: {recovered[i]}");
            Assert.InRange(recovered[i], -1f, 2f);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_same_bits_for_one_two_and_three_threads(string name)
    {
        var broken = BrokenInEveryWay();
        var results = new List<float[]>();
        foreach (var threads in new[] { 1, 2, 3 })
        {
            using var method = Create(name, threads);
            results.Add(new float[broken.Length]);
            method.Recover(broken, results[^1]);
        }

        Assert.Equal(results[0], results[1]);
        Assert.Equal(results[0], results[2]);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_row_is_recovered_independently_of_other_rows(string name)
    {
        using var method = Create(name, threads: 2);
        var broken = BrokenInEveryWay();
        var together = new float[broken.Length];
        method.Recover(broken, together);
        for (var row = 0; row < broken.Length / HeartbeatSet.BeatLength; row += 17)
        {
            var alone = new float[HeartbeatSet.BeatLength];
            method.Recover(broken.AsSpan(row * HeartbeatSet.BeatLength, HeartbeatSet.BeatLength), alone);
            Assert.Equal(together.AsSpan(row * HeartbeatSet.BeatLength, HeartbeatSet.BeatLength).ToArray(), alone);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void No_beats_are_no_work(string name)
    {
        using var method = Create(name, threads: 1);
        method.Recover([], []);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Refuses_spans_of_the_wrong_length(string name)
    {
        using var method = Create(name, threads: 1);
        Assert.Throws<ArgumentException>(() => method.Recover(new float[100], new float[100]));
        Assert.Throws<ArgumentException>(() => method.Recover(new float[187], new float[374]));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Can_be_cancelled(string name)
    {
        using var method = Create(name, threads: 2);
        var broken = BrokenInEveryWay();
        var cancelled = new CancellationToken(canceled: true);
        Assert.ThrowsAny<OperationCanceledException>(() => method.Recover(broken, new float[broken.Length], cancelled));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Has_its_name_and_the_records_it_learned_from(string name)
    {
        using var method = Create(name, threads: 1);
        Assert.Equal(name, method.Name);
        Assert.False(method.ReplacesWholeBeat);
        IReadOnlyCollection<string> expected = method is BeatModel model ? model.File.Card.Records!
            : RecoveryMethods.Find(name)!.NeedsReferenceBeats ? ["100", "101", "102", "103", "104", "105"] : [];
        Assert.Equal(expected, method.LearnedFromRecords);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(9)]
    public void Learning_methods_accept_few_and_equal_references(int count)
    {
        var references = SyntheticBeats.Make(1).Select(new int[count]);
        var broken = SyntheticBeats.Break(SyntheticBeats.Make(3, seed: 2), new SampleSpan(100, 137));
        foreach (var entry in RecoveryMethods.ForBeats.Where(entry => entry.NeedsReferenceBeats))
        {
            using var method = entry.CreateForBeats(new ReferenceBeats(references, samePatients: false), 1);
            Assert.Null(method.LearnedFromRecords);
            var recovered = new float[broken.Length];
            method.Recover(broken, recovered);
            for (var t = 100; t < 137; t++)
                Assert.Equal(references[0][t], recovered[t], 1e-5f);
        }
    }

    [Fact]
    public void References_with_missing_samples_are_dropped_and_none_at_all_is_an_error()
    {
        var broken = new HeartbeatSet(SyntheticBeats.Break(SyntheticBeats.Make(4), new SampleSpan(3, 4)), new AamiClass[4]);
        foreach (var entry in RecoveryMethods.ForBeats.Where(entry => entry.NeedsReferenceBeats))
        {
            Assert.Throws<ArgumentException>(() => entry.CreateForBeats(null, 1));
            var error = Assert.Throws<InvalidDataException>(() => entry.CreateForBeats(new ReferenceBeats(broken, samePatients: false), 1));
            Assert.Contains("no complete beat in 4 rows", error.Message);
        }
    }

    private static BeatRecoveryMethod Create(string name, int threads) =>
        RecoveryMethods.Find(name)!.CreateForBeats(new ReferenceBeats(s_references, samePatients: false), threads);

    /// <summary>
    /// A gap inside, at the start, at the end, several gaps, random single samples, all samples, none; many and few rows of a pattern.
    /// </summary>
    private static float[] BrokenInEveryWay()
    {
        var random = new SeededRandom(3);
        var broken = (float[])SyntheticBeats.Make(320, seed: 5).Samples.Clone();
        for (var row = 0; row < broken.Length / HeartbeatSet.BeatLength; row++)
        {
            var beat = broken.AsSpan(row * HeartbeatSet.BeatLength, HeartbeatSet.BeatLength);
            switch (row < 250 ? 0 : row % 8)
            {
                case 0: beat[100..137].Fill(float.NaN); break;
                case 1: beat[..30].Fill(float.NaN); break;
                case 2: beat[150..].Fill(float.NaN); break;
                case 3: beat[10..20].Fill(float.NaN); beat[60..61].Fill(float.NaN); beat[180..].Fill(float.NaN); break;
                case 4: beat.Fill(float.NaN); break;
                case 5: beat.Fill(float.NaN); beat[93] = 0.4f; break;
                case 6: break;
                default:
                    foreach (ref var sample in beat)
                    {
                        if (random.NextInt(2) == 0)
                            sample = float.NaN;
                    }

                    break;
            }
        }

        return broken;
    }
}
