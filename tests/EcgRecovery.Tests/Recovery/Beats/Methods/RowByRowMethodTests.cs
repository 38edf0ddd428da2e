using EcgRecovery.Beats;
using EcgRecovery.Records;
using EcgRecovery.Recovery.Beats;
using EcgRecovery.Recovery.Beats.Methods;
using EcgRecovery.Recovery.Records.Methods;
using MathNet.Numerics.Interpolation;

namespace EcgRecovery.Tests.Recovery.Beats.Methods;

public class RowByRowMethodTests
{
    [Fact]
    public void Zeros_are_zeros() => AssertRecovers(new RowByRowMethod(new ZerosMethod()), "0.5 - - 0.9", "0.5 0 0 0.9");

    [Theory]
    [InlineData("0.5 - - 0.9", "0.5 0.5 0.5 0.9")]
    [InlineData("- - 0.5 - 0.25 -", "0.5 0.5 0.5 0.5 0.25 0.25")]
    [InlineData("- -", "0 0")]
    public void Hold_holds_the_last_sample_and_at_the_start_the_first(string broken, string expected) =>
        AssertRecovers(new RowByRowMethod(new HoldMethod()), broken, expected);

    [Theory]
    [InlineData("0.5 - - - 0.9", "0.5 0.6 0.7 0.8 0.9")]
    [InlineData("- - 0.5 - 0.25 -", "0.5 0.5 0.5 0.375 0.25 0.25")]
    [InlineData("- -", "0 0")]
    public void Linear_draws_a_line_and_holds_at_the_edges(string broken, string expected) =>
        AssertRecovers(new RowByRowMethod(new LinearMethod()), broken, expected);

    // By hand. 0 1 - - 4 5: all secants are 1, so is every slope: the line.
    // 0 0 - - 1 1: the slopes beside the gap are 0 (a secant is 0): p(u) = u²(3 − 2u) at u = 1/3 and 2/3.
    // 0 1 - 0: h = 1, 2; secants 1, −1/2: slope 0 at the peak; at the end ((2·2 + 1)·(−1/2) − 2·1)/3 = −1.5 = 3 secants, not above, kept;
    //          p(1/2) = (1 + 1)/4·1 + 0 − (1/4)(1/2)·2·(−1.5) = 0.875.
    [Theory]
    [InlineData("0 1 - - 4 5", "0 1 2 3 4 5")]
    [InlineData("0 0 - - 1 1", "0 0 0.25925925 0.7407407 1 1")]
    [InlineData("0 1 - 0", "0 1 0.875 0")]
    [InlineData("- 1 - 0 -", "1 1 0.5 0 0")]
    [InlineData("- - 0.5 -", "0.5 0.5 0.5 0.5")]
    [InlineData("- -", "0 0")]
    public void Cubic_is_the_shape_preserving_cubic_and_holds_at_the_edges(string broken, string expected) =>
        AssertRecovers(new RowByRowMethod(new CubicMethod()), broken, expected);

    [Fact]
    public void Cubic_is_MathNets_pchip()
    {
        var beats = SyntheticBeats.Make(20);
        SampleSpan[] gaps = [new(2, 9), new(40, 41), new(55, 92), new(93, 130)];
        var broken = SyntheticBeats.Break(beats, gaps);
        var recovered = new float[broken.Length];
        using var method = new RowByRowMethod(new CubicMethod());
        method.Recover(broken, recovered);
        for (var row = 0; row < beats.Count; row++)
        {
            var start = row * HeartbeatSet.BeatLength;
            var visible = Enumerable.Range(0, HeartbeatSet.BeatLength).Where(t => !float.IsNaN(broken[start + t])).ToArray();
            var spline = CubicSpline.InterpolatePchipSorted(
                [.. visible.Select(t => (double)t)], [.. visible.Select(t => (double)broken[start + t])]);
            for (var t = 0; t < HeartbeatSet.BeatLength; t++)
                Assert.Equal(spline.Interpolate(t), recovered[start + t], 1e-6);
        }
    }

    [Fact]
    public void Cubic_stays_within_the_samples_beside_the_gap()
    {
        var gap = new SampleSpan(100, 137);
        var beats = SyntheticBeats.Make(200);
        var recovered = new float[beats.Samples.Length];
        using var method = new RowByRowMethod(new CubicMethod());
        method.Recover(SyntheticBeats.Break(beats, gap), recovered);
        for (var row = 0; row < beats.Count; row++)
        {
            float left = beats[row][99], right = beats[row][137];
            for (var t = 100; t < 137; t++)
                Assert.InRange(recovered[(row * HeartbeatSet.BeatLength) + t], Math.Min(left, right), Math.Max(left, right));
        }
    }

    [Fact]
    public void Linear_and_cubic_are_exact_on_lines_wherever_the_gap_lies_between_samples()
    {
        var line = Enumerable.Range(0, HeartbeatSet.BeatLength).Select(t => 0.1f + (0.8f * t / 186)).ToArray();
        foreach (var method in new BeatRecoveryMethod[] { new RowByRowMethod(new LinearMethod()), new RowByRowMethod(new CubicMethod()) })
        {
            for (var start = 1; start < 150; start++)
            {
                var broken = (float[])line.Clone();
                broken.AsSpan(start, 36).Fill(float.NaN);
                var recovered = new float[line.Length];
                method.Recover(broken, recovered);
                for (var t = 0; t < line.Length; t++)
                    Assert.Equal(line[t], recovered[t], 1e-6f);
            }

            method.Dispose();
        }
    }

    /// <summary>Asserts a recovery; "-" is a missing sample, as is the rest of the beat.</summary>
    private static void AssertRecovers(BeatRecoveryMethod method, string broken, string expected)
    {
        var recovered = new float[HeartbeatSet.BeatLength];
        using (method)
            method.Recover(Beat(broken), recovered);
        var values = expected.Split(' ');
        for (var t = 0; t < values.Length; t++)
            Assert.Equal(float.Parse(values[t]), recovered[t], 1e-6f);
    }

    private static float[] Beat(string cells)
    {
        var beat = new float[HeartbeatSet.BeatLength];
        beat.AsSpan().Fill(float.NaN);
        var values = cells.Split(' ');
        for (var t = 0; t < values.Length; t++)
        {
            if (values[t] != "-")
                beat[t] = float.Parse(values[t]);
        }

        return beat;
    }
}
