using EcgRecovery.Evaluation.Records.Noise;

namespace EcgRecovery.Evaluation.Tests.Records.Noise;

public class NoiseSourceTests
{
    /// <remarks>
    /// From numpy 1.24.2:
    /// <code>
    /// import numpy as np
    /// def read212(path):
    ///     b = np.fromfile(path, np.uint8).reshape(-1, 3).astype(int)
    ///     x = np.stack([b[:, 0] + ((b[:, 1] &amp; 15) &lt;&lt; 8), b[:, 2] + ((b[:, 1] >> 4) &lt;&lt; 8)], 1)
    ///     return np.where(x > 2047, x - 4096, x)
    /// def trimmed(v):
    ///     v = np.sort(v); k = len(v) // 20
    ///     return v[k:len(v) - k].mean()
    /// N, hz = 25200, 360
    /// t = np.arange(N); beat = t // 288; d = (t % 288 - 144) / (.012*hz)
    /// x = ((1 + .1*(beat % 10)) * np.exp(-d*d/2)).astype(np.float32)
    /// x[5000:5100] = np.nan
    /// ptp = np.array([np.ptp(x[p-18:p+19]) for p in np.arange(87)*288 + 144])
    /// a = trimmed(ptp[~np.isnan(ptp)].astype(float))
    /// for kind, c, snr in (('bw', 0, 6), ('ma', 1, 0)):
    ///     half = read212(f'shared/data/nstdb/{kind}.dat')[325000:, c] / 200
    ///     r = trimmed(half[:902*360].reshape(902, 360).std(axis=1))
    ///     n = np.concatenate([half[890*360:], half + half[-1] - half[0]])[:N]
    ///     y = x + a/(r*np.sqrt(8)*10**(snr/20)) * (n - n[~np.isnan(x)].mean())
    ///     print(kind, c, snr, [float(np.float32(y[k])) for k in (0, 144, 4599, 4600, 25199)])
    /// </code>
    /// After 4,600 samples the half of the record is over, and the noise begins anew.
    /// </remarks>
    [Theory]
    [InlineData(
        "bw", 0, 6,
        new[] { 4.110323429107666, 5.425837993621826, -3.2096147537231445, -3.2096147537231445, 1.2061964273452759 })]
    [InlineData(
        "ma", 1, 0,
        new[] { -0.13283571600914001, 0.8339996337890625, 0.1656462848186493, 0.1656462848186493, 1.3232349157333374 })]
    public void The_noisy_lead_is_that_of_another_implementation(string kind, int channel, double decibels, double[] expected)
    {
        var source = Open(kind);
        var (lead, peaks) = Lead(25_200, 360);
        var noisy = source.AddTo(lead, 360, peaks, decibels, channel, startSeconds: 890);
        int[] at = [0, 144, 4599, 4600, 25_199];
        Assert.Equal(expected, at.Select(t => (double)noisy[t]), (a, b) => Math.Abs(a - b) < 1e-5);
        // A third lead takes the first channel again.
        Assert.Equal(noisy, source.AddTo(lead, 360, peaks, decibels, channel + 2, startSeconds: 890));
    }

    [Theory]
    [InlineData("bw", 125)]
    [InlineData("ma", 500)]
    public void At_another_frequency_the_noise_has_the_stated_ratio(string kind, double frequency)
    {
        var source = Open(kind);
        var (lead, peaks) = Lead((int)(902 * frequency), frequency);
        var noisy = source.AddTo(lead, frequency, peaks, 12, channel: 0, startSeconds: 0);
        double[] added = [.. noisy.Zip(lead, (sum, value) => float.IsNaN(value) ? 0.0 : sum - value)];
        var level = SignalToNoise.NoiseLevel(added, frequency);
        var amplitude = SignalToNoise.QrsAmplitude(lead, frequency, peaks);
        // The second with missing samples counts as one of other noise.
        Assert.Equal(12, 10 * Math.Log10(amplitude * amplitude / 8 / (level * level)), 0.05);
        Assert.Equal(0, added.Average(), 1e-3);
    }

    [Fact]
    public void Missing_samples_stay_missing()
    {
        var (lead, peaks) = Lead(25_200, 360);
        var noisy = Open("ma").AddTo(lead, 360, peaks, 6, channel: 0, startSeconds: 100);
        Assert.Equal(100, noisy.Count(float.IsNaN));
        Assert.All(noisy[5000..5100], sample => Assert.True(float.IsNaN(sample)));
    }

    [Fact]
    public void The_start_depends_on_seed_and_record_and_lies_in_the_half()
    {
        var source = Open("bw");
        Assert.Equal((2, 325_000 / 360.0), (source.Channels, source.DurationSeconds));
        double[] starts = [.. from seed in new[] { 1, 2 } from record in new[] { "116", "119", "161" } select source.StartOf(seed, record)];
        Assert.Equal(6, starts.Distinct().Count());
        Assert.All(starts, start => Assert.InRange(start, 0, source.DurationSeconds));
        Assert.Equal(source.StartOf(1, "116"), starts[0]);
        Assert.Equal(starts[0], Open("ma").StartOf(1, "116"));
    }

    [Fact]
    public void A_lead_without_a_QRS_complex_is_refused()
    {
        var exception = Assert.Throws<InvalidDataException>(
            () => Open("bw").AddTo(new float[1000], 360, [], 6, channel: 0, startSeconds: 0));
        Assert.Contains("No QRS complex", exception.Message, StringComparison.Ordinal);
    }

    private static NoiseSource Open(string name)
    {
        var folder = TestData.Folder("nstdb");
        Assert.SkipWhen(folder is null, "The MIT-BIH Noise Stress Test Database (shared/data/nstdb) is absent.");
        return NoiseSource.Open(folder, Enum.GetValues<NoiseKind>().Single(kind => NoiseKinds.NameOf(kind) == name));
    }

    // Spikes of 1.0, 1.1 … 1.9 mV in turn, σ = 12 ms, every 0.8 s from 0.4 s on; samples 5000 to 5099 are missing.
    private static (float[] Lead, int[] Peaks) Lead(int samples, double frequency)
    {
        var period = (int)(0.8 * frequency);
        var lead = new float[samples];
        for (var t = 0; t < samples; t++)
        {
            var distance = ((t % period) - (period / 2)) / (0.012 * frequency);
            lead[t] = (float)((1 + (0.1 * (t / period % 10))) * Math.Exp(-distance * distance / 2));
        }

        lead.AsSpan(5000, 100).Fill(float.NaN);
        return (lead, [.. Enumerable.Range(0, samples / period).Select(beat => (beat * period) + (period / 2))]);
    }
}
