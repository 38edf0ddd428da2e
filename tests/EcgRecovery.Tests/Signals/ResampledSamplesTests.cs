using EcgRecovery.Records;
using EcgRecovery.Signals;

namespace EcgRecovery.Tests.Signals;

public class ResampledSamplesTests
{
    private const double MicroVolt = 1e-3;

    [Theory]
    [InlineData(250, 125)]
    [InlineData(360, 257.5)]
    [InlineData(128, 360)]
    [InlineData(250, 128.0001)]
    [InlineData(250, 250)]
    public void Windows_do_not_matter_to_the_bit(double from, double to)
    {
        var samples = WithGaps(ResamplerTests.Ecg(from, 200), from);
        var lead = new ResampledSamples(new MemorySamples<double>(samples), from, to);
        var whole = new Resampler(from, to).Resample(samples);
        Assert.Equal(whole.Length, lead.Count);
        Assert.Contains(whole, double.IsNaN);
        Assert.Contains(whole, double.IsFinite);

        var random = new Random(3);
        for (var start = 0; start < whole.Length;)
        {
            var window = new double[Math.Min(random.Next(1, 400), whole.Length - start)];
            lead.Read(start, window);
            AssertSameBits(whole.AsSpan(start, window.Length), window);
            start += window.Length;
        }
    }

    [Fact]
    public void A_window_outside_the_lead_is_refused()
    {
        var lead = new ResampledSamples(new MemorySamples<double>(new double[100]), 250, 125);
        Assert.Equal(50, lead.Count);
        lead.Read(50, []);
        Assert.Throws<ArgumentOutOfRangeException>(() => lead.Read(-1, new double[1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => lead.Read(50, new double[1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => lead.Read(0, new double[51]));
        Assert.Throws<ArgumentOutOfRangeException>(() => lead.Read(long.MaxValue, new double[2]));
    }

    [Theory]
    [InlineData(250, 125)]
    [InlineData(360, 250)]
    [InlineData(500, 128)]
    [InlineData(128, 360)]
    [InlineData(250, 249.9999)]
    public void A_gap_grows_by_fifteen_to_sixteen_samples_of_the_lower_frequency(double from, double to)
    {
        var lower = Math.Min(from, to);
        foreach (var seconds in new[] { 0.5, 3, 30 })
        {
            var samples = ResamplerTests.Ecg(from, 60);
            var (gapStart, gapEnd) = ((int)(10 * from), (int)((10 + seconds) * from));
            samples.AsSpan(gapStart, gapEnd - gapStart).Fill(double.NaN);
            var y = new Resampler(from, to).Resample(samples);
            var lost = Enumerable.Range(0, y.Length).Where(k => double.IsNaN(y[k])).ToArray();
            Assert.Equal(lost[^1] - lost[0] + 1, lost.Length);
            // From the last observed sample before the gap, and to the first after it, in samples of the lower frequency.
            Assert.InRange((((gapStart - 1) / from) - (lost[0] / to)) * lower, 14.9, 16.1);
            Assert.InRange(((lost[^1] / to) - (gapEnd / from)) * lower, 14.9, 16.1);
        }
    }

    [Fact]
    public void One_missing_sample_takes_its_neighbours_of_weight_along()
    {
        // At half the frequency, a sample's weight at a distance of t new samples is at most 1/(0.9·π·t)/2. Under the window that exceeds
        // 0.02 for t up to 6.
        var samples = new double[1000];
        samples[500] = double.NaN;
        var y = new Resampler(250, 125).Resample(samples);
        var lost = Enumerable.Range(0, y.Length).Where(k => double.IsNaN(y[k])).ToArray();
        Assert.Equal([244, 245, 246, 247, 248, 249, 250, 251, 252, 253, 254, 255, 256], lost);
    }

    [Fact]
    public void What_was_bridged_does_not_show()
    {
        // A gap of every length up to a second and beyond, over every part of a beat; what stays must be what it is without the gap.
        var samples = ResamplerTests.Ecg(250, 8);
        var resampler = new Resampler(250, 125);
        var whole = resampler.Resample(samples);
        var worst = 0d;
        foreach (var length in new[] { 1, 2, 5, 12, 25, 60, 150, 400 })
        {
            for (var start = 700; start < 900; start += 3)
            {
                var broken = samples.ToArray();
                broken.AsSpan(start, length).Fill(double.NaN);
                var y = resampler.Resample(broken);
                worst = Math.Max(
                    worst, Enumerable.Range(0, y.Length).Where(k => double.IsFinite(y[k])).Max(k => Math.Abs(y[k] - whole[k])));
            }
        }

        Assert.InRange(worst, 1 * MicroVolt, 1.5 * MicroVolt);
    }

    [Fact]
    public void What_is_infinite_is_missing_and_what_is_all_missing_stays_so()
    {
        var samples = new double[2000];
        samples[700] = double.NaN;
        samples[1300] = double.NegativeInfinity;
        var y = new Resampler(250, 125).Resample(samples);
        Assert.Equal(y[300..400].Select(double.IsNaN), y[600..700].Select(double.IsNaN));
        Assert.All(y, value => Assert.True(double.IsNaN(value) || value == 0));

        Array.Fill(samples, double.NaN);
        Assert.All(new Resampler(360, 125).Resample(samples), value => Assert.True(double.IsNaN(value)));
    }

    [Fact]
    public void A_lead_that_begins_or_ends_missing_is_not_continued_into_the_gap()
    {
        var samples = new double[2000];
        samples.AsSpan(0, 500).Fill(double.NaN);
        samples.AsSpan(1500).Fill(double.NaN);
        var y = new Resampler(250, 125).Resample(samples);
        var kept = Enumerable.Range(0, y.Length).Where(k => !double.IsNaN(y[k])).ToArray();
        Assert.InRange(kept[0], 250 + 16, 250 + 17);
        Assert.InRange(kept[^1], 749 - 17, 749 - 16);
        Assert.Equal(kept[^1] - kept[0] + 1, kept.Length);
    }

    [Fact]
    public void A_day_with_ten_hours_missing_is_read_in_bounded_memory_and_no_window_scans_the_gap()
    {
        const long Hour = 250L * 3600;
        var day = new Day(24 * Hour, 7 * Hour, 17 * Hour);
        var lead = new ResampledSamples(day, 250, 125);
        Assert.Equal(12 * Hour, lead.Count);
        var window = new double[4096];
        lead.Read(0, window);
        lead.Read(0, window.AsSpan(0, 1));

        var allocated = 0L;
        (double Hours, bool IsMissing)[] places =
            [(3, false), (6.9998, false), (7.00001, true), (12, true), (16.99999, true), (17.001, false)];
        foreach (var (hours, isMissing) in places)
        {
            day.SamplesRead = 0;
            var before = GC.GetAllocatedBytesForCurrentThread();
            lead.Read((long)(hours * Hour / 2), window.AsSpan(0, 1));
            allocated += GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.InRange(day.SamplesRead, 1, 1000);
            Assert.Equal(isMissing, double.IsNaN(window[0]));
        }

        Assert.Equal(0, allocated);
    }

    // A sine of 2 Hz with one long gap, made as it is read.
    private sealed class Day(long count, long gapStart, long gapEnd) : ISamples<double>
    {
        public long SamplesRead { get; set; }

        public long Count => count;

        public void Read(long start, Span<double> destination)
        {
            SampleWindow.Check(start, destination.Length, count);
            SamplesRead += destination.Length;
            for (var n = 0; n < destination.Length; n++)
                destination[n] = start + n >= gapStart && start + n < gapEnd
                    ? double.NaN
                    : Math.Sin(2 * Math.PI * 2 * ((start + n) % 250) / 250);
        }
    }

    // Gaps of 1 sample to 20 s, near each other and far, at both edges.
    private static double[] WithGaps(double[] samples, double frequency)
    {
        var random = new Random(2);
        samples.AsSpan(0, 2).Fill(double.NaN);
        samples.AsSpan(^1..).Fill(double.NaN);
        for (var start = 0; start < samples.Length;)
        {
            var length = (int)Math.Pow(20 * frequency, Math.Pow(random.NextDouble(), 2));
            samples
                .AsSpan(start, Math.Min(length, samples.Length - start))
                .Fill(random.Next(2) == 0 ? double.NaN : double.PositiveInfinity);
            start += length + random.Next(1, (int)(4 * frequency));
        }

        return samples;
    }

    private static void AssertSameBits(ReadOnlySpan<double> expected, ReadOnlySpan<double> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var k = 0; k < expected.Length; k++)
            Assert.Equal(BitConverter.DoubleToInt64Bits(expected[k]), BitConverter.DoubleToInt64Bits(actual[k]));
    }
}
