using System.Globalization;
using EcgRecovery.Signals;

namespace EcgRecovery.Tests.Signals;

/// <summary>The frequency response that docs/resampling.md states, measured with sines.</summary>
public class ResamplerResponseTests
{
    private static readonly (double From, double To)[] s_ratios =
        [(250, 125), (360, 250), (360, 125), (1000, 250), (1000, 128), (250, 249.9999), (128, 360), (125, 1000), (128.0001, 250)];

    private static readonly Dictionary<(double From, double To), Resampler> s_resamplers =
        s_ratios.ToDictionary(ratio => ratio, ratio => new Resampler(ratio.From, ratio.To));

    private static readonly double[] s_shares = [0.1, 0.5, 0.8, 0.82, 0.85, 0.9, 0.95];

    [Fact]
    public void The_table_of_the_document_is_what_is_measured()
    {
        var rows = s_shares.Select(share =>
        {
            var gains = s_ratios.Select(ratio => Gain(ratio, share)).ToArray();
            Assert.InRange(gains.Max() - gains.Min(), 0, 0.005);
            // A 10,000th of a dB more, so that no row says −0.00.
            return Line($"| {share:0.00} | {share * 62.5:0.0} | {share * 125:0.0} | {gains.Average() + 0.0001:0.00} |");
        });
        Assert.Contains(string.Join('\n', rows).Replace('-', '−'), Document(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_pass_band_is_flat()
    {
        foreach (var ratio in s_ratios)
        {
            for (var share = 0.02; share < 0.801; share += 0.02)
                Assert.InRange(Gain(ratio, share), -0.001, 0.001);
        }
    }

    [Fact]
    public void What_lies_above_the_new_Nyquist_frequency_is_gone()
    {
        var worst = double.NegativeInfinity;
        foreach (var ratio in s_ratios.Where(ratio => ratio.From > 1.02 * ratio.To))
        {
            for (var step = 0; step <= 100; step++)
            {
                var share = 1 + (step / 100d * ((ratio.From / ratio.To) - 1));
                worst = Math.Max(worst, Gain(ratio, share));
            }
        }

        Assert.InRange(worst, -120, -100);
        Assert.Contains(Line($"at most {worst:0.0} dB").Replace('-', '−'), Document(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_sine_of_the_pass_band_comes_out_as_itself_without_delay()
    {
        foreach (var (from, to) in s_ratios)
        {
            foreach (var share in new[] { 0.01, 0.3, 0.6, 0.8 })
            {
                var hertz = share * Math.Min(from, to) / 2;
                var y = s_resamplers[(from, to)].Resample(Sine(from, hertz, 0));
                foreach (var k in Middle(y.Length))
                    Assert.Equal(Math.Cos(2 * Math.PI * hertz * k / to), y[k], 1e-4);
            }
        }
    }

    // 20·log₁₀ of the root of the mean of cosine² + sine²: whatever frequency the output has.
    private static double Gain((double From, double To) ratio, double shareOfNyquist)
    {
        var hertz = shareOfNyquist * Math.Min(ratio.From, ratio.To) / 2;
        var resampler = s_resamplers[ratio];
        var cosine = resampler.Resample(Sine(ratio.From, hertz, 0));
        var sine = resampler.Resample(Sine(ratio.From, hertz, Math.PI / 2));
        return 10 * Math.Log10(Middle(cosine.Length).Average(k => (cosine[k] * cosine[k]) + (sine[k] * sine[k])));
    }

    private static double[] Sine(double from, double hertz, double phase) =>
        [.. Enumerable.Range(0, 3000).Select(n => Math.Cos((2 * Math.PI * hertz * n / from) - phase))];

    private static IEnumerable<int> Middle(int count) => Enumerable.Range(count / 4, count / 2);

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static string Document()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "EcgRecovery.slnx")))
            folder = folder.Parent!;
        return File.ReadAllText(Path.Combine(folder.FullName, "docs", "resampling.md"));
    }
}
