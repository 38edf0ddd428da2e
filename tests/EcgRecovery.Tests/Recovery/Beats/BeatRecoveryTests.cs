using EcgRecovery.Beats;
using EcgRecovery.Records;
using EcgRecovery.Recovery;
using EcgRecovery.Recovery.Beats;

namespace EcgRecovery.Tests.Recovery.Beats;

public class BeatRecoveryTests
{
    private const int L = HeartbeatSet.BeatLength;

    [Fact]
    public void Missing_samples_are_filled_and_marked_and_observed_ones_keep_their_bits()
    {
        var samples = Rows(3);
        samples[5] = float.NaN;
        samples[(2 * L) + 186] = float.NaN;
        samples[(2 * L) + 7] = -0f;
        var beats = new HeartbeatSet(samples, new AamiClass[3]);
        var recovered = BeatRecovery.Recover(new Constant(0.5f), beats);

        Assert.Equal((2L, 2), (recovered.MissingCount, recovered.RecoveredCount));
        Assert.Equal([new(new(5, 6), "constant"), new RecoveredGap(new((2 * L) + 186, 3 * L), "constant")], recovered.Gaps);
        for (var i = 0; i < samples.Length; i++)
        {
            var wasMissing = i is 5 or (2 * L) + 186;
            Assert.Equal(wasMissing ? SampleOrigin.Recovered : SampleOrigin.Measured, recovered.Origin[i]);
            Assert.Equal(
                BitConverter.SingleToInt32Bits(wasMissing ? 0.5f : samples[i]),
                BitConverter.SingleToInt32Bits(recovered.Samples[i]));
        }

        Assert.True(float.IsNaN(beats.Samples[5]));
    }

    [Fact]
    public void A_gap_is_added_to_the_missing_samples_of_every_row()
    {
        var samples = Rows(2);
        samples[L + 3] = float.NaN;
        var recovered = BeatRecovery.Recover(new Constant(0.25f), new HeartbeatSet(samples, new AamiClass[2]), new SampleSpan(100, 137));
        Assert.Equal((75L, 75), (recovered.MissingCount, recovered.RecoveredCount));
        Assert.Equal(Enumerable.Range(100, 37), Enumerable.Range(0, L).Where(i => recovered.Origin[i] == SampleOrigin.Recovered));
        Assert.Equal(
            [3, .. Enumerable.Range(100, 37)],
            Enumerable.Range(0, L).Where(i => recovered.Origin[L + i] == SampleOrigin.Recovered));
    }

    [Fact]
    public void A_row_without_any_signal_stays_missing_and_the_method_never_sees_it()
    {
        var samples = Rows(3);
        samples.AsSpan(L, L).Fill(float.NaN);
        samples[0] = float.NaN;
        var method = new Constant(0.5f);
        var recovered = BeatRecovery.Recover(method, new HeartbeatSet(samples, new AamiClass[3]));
        Assert.Equal((L + 1L, 1), (recovered.MissingCount, recovered.RecoveredCount));
        Assert.Equal(new RecoveredGap(new SampleSpan(L, 2 * L), null, "the row has no observed sample"), recovered.Gaps[1]);
        Assert.Equal(1, method.RowsSeen); // row 2 has no missing sample either
        Assert.All(recovered.Samples[L..(2 * L)], sample => Assert.True(float.IsNaN(sample)));
    }

    [Fact]
    public void Samples_that_a_method_cannot_fill_stay_missing()
    {
        var samples = Rows(1);
        samples[9] = float.NaN;
        var recovered = BeatRecovery.Recover(new Constant(float.NaN), new HeartbeatSet(samples, new AamiClass[1]));
        Assert.Equal((1L, 0), (recovered.MissingCount, recovered.RecoveredCount));
        Assert.Equal(SampleOrigin.Missing, recovered.Origin[9]);
        Assert.Equal("constant gives no value", Assert.Single(recovered.Gaps).Reason);
        Assert.True(float.IsNaN(recovered.Samples[9]));
    }

    [Fact]
    public void A_method_with_intervals_gives_every_filled_sample_its_bounds()
    {
        var samples = Rows(3);
        samples[5] = float.NaN;
        samples.AsSpan(2 * L, L).Fill(float.NaN);
        var recovered = BeatRecovery.Recover(new Bounded(), new HeartbeatSet(samples, new AamiClass[3]));
        Assert.Equal((0.5f, 0.25f, 0.875f), (recovered.Samples[5], recovered.Lower![5], recovered.Upper![5]));
        for (var i = 0; i < 2 * L; i++)
        {
            if (i != 5)
                Assert.Equal((samples[i], samples[i]), (recovered.Lower[i], recovered.Upper[i]));
        }

        // Row 2 has no observed sample: no value and no bounds.
        Assert.All(recovered.Lower[(2 * L)..].Concat(recovered.Upper[(2 * L)..]), bound => Assert.True(float.IsNaN(bound)));
    }

    [Fact]
    public void A_method_without_intervals_leaves_the_bounds_null()
    {
        var recovered = BeatRecovery.Recover(new Constant(0.5f), new HeartbeatSet(Rows(1), new AamiClass[1]), new SampleSpan(5, 6));
        Assert.Null(recovered.Lower);
        Assert.Null(recovered.Upper);
        Assert.Null(recovered.IntervalLevel);
    }

    [Fact]
    public void A_gap_outside_the_beat_is_refused() =>
        Assert.Throws<ArgumentException>(
            () => BeatRecovery.Recover(new Constant(0), new HeartbeatSet(Rows(1), new AamiClass[1]), new SampleSpan(180, 188)));

    private static float[] Rows(int count) => [.. Enumerable.Range(0, count * L).Select(i => MathF.Sin(i * 0.1f))];

    private sealed class Constant(float value) : BeatRecoveryMethod
    {
        public int RowsSeen { get; private set; }

        public override string Name => "constant";

        public override void Estimate(ReadOnlySpan<float> beats, Span<float> destination, CancellationToken cancellationToken = default)
        {
            RowsSeen += beats.Length / L;
            destination.Fill(value);
        }
    }

    private sealed class Bounded : BeatRecoveryMethod
    {
        public override string Name => "bounded";

        public override bool HasInterval => true;

        public override void Estimate(ReadOnlySpan<float> beats, Span<float> destination, CancellationToken cancellationToken = default) =>
            destination.Fill(0.5f);

        protected override void EstimateInterval(
            ReadOnlySpan<float> beats, Span<float> destination, Span<float> lower, Span<float> upper, CancellationToken cancellationToken)
        {
            Estimate(beats, destination, cancellationToken);
            lower.Fill(0.25f);
            upper.Fill(0.875f);
        }
    }
}
