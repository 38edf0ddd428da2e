using EcgRecovery.Signals;

namespace EcgRecovery.Tests.Signals;

public class ResamplerTests
{
    private const double MicroVolt = 1e-3;

    /// <remarks>
    /// From scipy 1.10.1:
    /// <code>
    /// import numpy as np
    /// from math import ceil
    /// from scipy.signal import resample_poly
    /// def golden(up, down, n=500):
    ///     pad = 70 * max(up, down)                             # whole periods of the ratio, longer than the filter
    ///     x = np.sin(.1 * np.arange(n)) + .5 * np.cos(.37 * np.arange(n) + 1) + .01 * np.arange(n)
    ///     reach = 100 * max(up, down) // 3                     # at up times the input's frequency
    ///     t = np.arange(-reach, reach + 1) / max(up, down)     # in samples of the lower frequency
    ///     h = np.sinc(.9 * t) * np.i0(.1102 * (102 - 8.7) * np.sqrt(1 - (.03 * t)**2))
    ///     far = np.pad(x, pad * down, 'edge')
    ///     y = resample_poly(far, up, down, window=h) / resample_poly(np.ones(len(far)), up, down, window=h)
    ///     return y[pad * up:][:ceil(n * up / down)]
    /// for up, down in (1, 2), (25, 36), (45, 16):
    ///     y = golden(up, down)
    ///     print(up, down, len(y), [repr(float(y[k])) for k in (0, 1, 100, len(y) - 1)])
    /// </code>
    /// </remarks>
    [Theory]
    [InlineData(250, 125, 250, 0.260840267467773, 0.1379494339611743, 3.3738210128644286, 4.050609076078096)]
    [InlineData(360, 250, 348, 0.2650181230481767, 0.17907496725957664, 2.084364345887986, 4.161796426377738)]
    [InlineData(128, 360, 1407, 0.26895238553738954, 0.25472510302075024, -0.05588010542861838, 4.157592741641098)]
    public void Agrees_with_another_polyphase_filter(
        double from, double to, int count, double first, double second, double hundredth, double last)
    {
        var y = new Resampler(from, to).Resample(Mixture(500));
        Assert.Equal(count, y.Length);
        Assert.Equal([first, second, hundredth, last], [y[0], y[1], y[100], y[^1]], (a, b) => Math.Abs(a - b) < 1e-12);
    }

    /// <summary>Ratios of so many places that the table of weights is interpolated.</summary>
    /// <remarks>
    /// From numpy 1.24.2, the formula itself:
    /// <code>
    /// x = np.sin(.1 * np.arange(500)) + .5 * np.cos(.37 * np.arange(500) + 1) + .01 * np.arange(500)
    /// def at(place, s):
    ///     n = np.arange(-300, 800); t = (n - place) * s
    ///     h = np.sinc(.9*t)*np.i0(.1102*(102-8.7)*np.sqrt(np.maximum(0, 1-(.03*t)**2)))*(abs(t) &lt; 100/3)
    ///     return (h / h.sum()) @ x[n.clip(0, 499)]
    /// for fr, to in (250, 249.9999), (128.0001, 250):
    ///     print(fr, to, [repr(float(at(k*fr/to, min(1, to/fr)))) for k in (0, 1, 100, 400)])
    /// </code>
    /// </remarks>
    [Theory]
    [InlineData(250, 249.9999, 0.26895238114042963, 0.21072182192271932, 0.9335089256009894, 4.633264685120124)]
    [InlineData(128.0001, 250, 0.26895238553738965, 0.2458182280002246, -0.17680770854626637, 3.1421082805906555)]
    public void Agrees_with_the_formula_at_frequencies_of_no_simple_ratio(
        double from, double to, double first, double second, double hundredth, double fourHundredth)
    {
        var y = new Resampler(from, to).Resample(Mixture(500));
        Assert.Equal([first, second, hundredth, fourHundredth], [y[0], y[1], y[100], y[400]], (a, b) => Math.Abs(a - b) < 1e-8);
    }

    [Fact]
    public void The_same_frequency_gives_the_same_bits()
    {
        double[] samples = [1.1, double.NaN, -0.0, double.PositiveInfinity, 1e308, double.Epsilon];
        Assert.Equal(
            samples.Select(BitConverter.DoubleToInt64Bits),
            new Resampler(257.5, 257.5).Resample(samples).Select(BitConverter.DoubleToInt64Bits));
        Assert.True(new Resampler(257.5, 257.5).IsIdentity);
        Assert.False(new Resampler(257.5, 257.50001).IsIdentity);
    }

    [Theory]
    [InlineData(250, 125)]
    [InlineData(360, 257.5)]
    [InlineData(128, 1000)]
    [InlineData(250, 128.0001)]
    [InlineData(1000, 1)]
    public void A_constant_stays_what_it_is_to_the_bit(double from, double to)
    {
        var samples = new double[1500];
        Array.Fill(samples, 0.1234567);
        Assert.All(new Resampler(from, to).Resample(samples), value => Assert.Equal(0.1234567, value));
    }

    [Theory]
    [InlineData(250, 125)]
    [InlineData(360, 250)]
    [InlineData(128, 360)]
    [InlineData(250, 249.9999)]
    public void A_line_stays_a_line_away_from_the_edges(double from, double to)
    {
        var samples = Enumerable.Range(0, 2000).Select(n => (0.01 * n) - 7).ToArray();
        var y = new Resampler(from, to).Resample(samples);
        // Not exact between samples: off by the slope times a few 10,000ths of a sample.
        for (var k = 500; k < y.Length - 500; k++)
            Assert.Equal((0.01 * k * from / to) - 7, y[k], 3e-6);
    }

    [Theory]
    [InlineData(250, 500, 300, 600)]
    [InlineData(500, 250, 300, 150)]
    [InlineData(360, 250, 360, 250)]
    public void An_impulse_is_not_delayed(double from, double to, int at, int lies)
    {
        var samples = new double[2 * at];
        samples[at] = 1;
        var y = new Resampler(from, to).Resample(samples);
        Assert.Equal(lies, Array.IndexOf(y, y.Max()));
        for (var k = 1; k < 100; k++)
            Assert.Equal(y[lies - k], y[lies + k], 1e-14);
        Assert.All(y[..(lies - 100)], value => Assert.Equal(0, value));
    }

    [Theory]
    [InlineData(360, 1000, 0.1)]
    [InlineData(250, 360, 0.1)]
    [InlineData(360, 250, 0.1)]
    [InlineData(360, 125, 10)]
    public void An_ECG_comes_back(double from, double to, double maximumMicroVolts)
    {
        var samples = Ecg(from, 20);
        var back = new Resampler(to, from).Resample(new Resampler(from, to).Resample(samples));
        // The first and the last half second see the continued edges.
        var margin = (int)(from / 2);
        var worst = Enumerable.Range(margin, samples.Length - (2 * margin)).Max(n => Math.Abs(back[n] - samples[n]));
        Assert.InRange(worst, 0, maximumMicroVolts * MicroVolt);
    }

    [Fact]
    public void Edges_are_continued_by_the_edge_sample()
    {
        var samples = Mixture(300);
        double[] continued = [.. Enumerable.Repeat(samples[0], 400), .. samples, .. Enumerable.Repeat(samples[^1], 400)];
        var resampler = new Resampler(360, 180);
        Assert.Equal(resampler.Resample(continued)[200..350], resampler.Resample(samples));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Few_samples_are_enough(int count)
    {
        var samples = Enumerable.Repeat(2.5, count).ToArray();
        Assert.Equal(Enumerable.Repeat(2.5, 4 * count), new Resampler(250, 1000).Resample(samples));
    }

    [Fact]
    public void Numbers_beyond_what_can_be_added_up_are_missing() =>
        Assert.All(
            new Resampler(250, 125).Resample([1e308, -1e308, 1e308, -1e308]),
            value => Assert.True(double.IsNaN(value) || double.IsFinite(value)));

    internal static double[] Mixture(int count) =>
        [.. Enumerable.Range(0, count).Select(n => Math.Sin(0.1 * n) + (0.5 * Math.Cos((0.37 * n) + 1)) + (0.01 * n))];

    /// <summary>Beats of Gaussian waves (P, Q, R, S, T) every 0.8 s, R 1 mV high, without noise.</summary>
    internal static double[] Ecg(double frequency, double seconds)
    {
        (double Offset, double Width, double Height)[] waves =
        [
            (-0.16, 0.020, 0.12), (-0.030, 0.008, -0.10), (0, 0.011, 1.0), (0.030, 0.009, -0.20), (0.28, 0.045, 0.25),
        ];
        return [.. Enumerable.Range(0, (int)(seconds * frequency)).Select(n => Value(n / frequency))];

        double Value(double time)
        {
            var beat = Math.Round((time - 0.4) / 0.8);
            return (from near in new[] { beat - 1, beat, beat + 1 }
                    from wave in waves
                    let z = (time - 0.4 - (0.8 * near) - wave.Offset) / wave.Width
                    select wave.Height * Math.Exp(-0.5 * z * z)).Sum();
        }
    }
}
