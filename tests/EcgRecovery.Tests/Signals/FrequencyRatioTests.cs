using EcgRecovery.Records;
using EcgRecovery.Signals;

namespace EcgRecovery.Tests.Signals;

public class FrequencyRatioTests
{
    [Theory]
    [InlineData(250, 125, 1, 2)]
    [InlineData(360, 125, 25, 72)]
    [InlineData(360, 257.5, 103, 144)]
    [InlineData(128, 360, 45, 16)]
    [InlineData(1000, 1, 1, 1000)]
    [InlineData(0.1, 0.3, 3, 1)]
    [InlineData(250, 250, 1, 1)]
    [InlineData(250, 250.00000000001, 1, 1)] // less than the tolerance apart
    [InlineData(360, 359.999, 359999, 360000)]
    public void Is_in_lowest_terms(double from, double to, long up, long down) =>
        Assert.Equal(new FrequencyRatio(up, down), FrequencyRatio.Between(from, to));

    [Fact]
    public void Any_two_frequencies_have_a_ratio_true_to_a_part_in_a_million_million()
    {
        var random = new Random(1);
        for (var i = 0; i < 20_000; i++)
        {
            var from = Math.Pow(10, random.Next(-300, 300)) * (1 + random.NextDouble());
            // Some next to a simple ratio, which is where the terms grow largest.
            var to = i % 2 == 0
                ? from * Math.Pow(10, (random.NextDouble() * 5.8) - 2.9)
                : from * random.Next(1, 9) / random.Next(1, 9) * (1 + (random.NextDouble() * 1e-11));
            var ratio = FrequencyRatio.Between(from, to);
            Assert.InRange(ratio.Up, 1, 1_000_000_000_000_000);
            Assert.InRange(ratio.Down, 1, 1_000_000_000_000_000);
            Assert.InRange((double)ratio.Up / ratio.Down / (to / from), 1 - 1.001e-12, 1 + 1.001e-12);
        }
    }

    [Theory]
    [InlineData(0, 250, "The sampling frequency is 0 Hz; expected a finite number above 0.")]
    [InlineData(250, 0, "The sampling frequency is 0 Hz; expected a finite number above 0.")]
    [InlineData(250, -125, "The sampling frequency is -125 Hz; expected a finite number above 0.")]
    [InlineData(double.NaN, 250, "The sampling frequency is NaN Hz; expected a finite number above 0.")]
    [InlineData(250, double.PositiveInfinity, "The sampling frequency is Infinity Hz; expected a finite number above 0.")]
    [InlineData(250, 1e300, "250 Hz and 1E+300 Hz are too far apart; expected frequencies that differ by at most a factor of 1000000.")]
    [InlineData(1e300, 250, "1E+300 Hz and 250 Hz are too far apart; expected frequencies that differ by at most a factor of 1000000.")]
    [InlineData(1e-320, 1e300, "expected frequencies that differ by at most a factor of 1000000.")]
    [InlineData(1001, 1, "expected frequencies that differ by at most a factor of 1000.")]
    public void Refuses_what_is_no_frequency_and_what_is_too_far(double from, double to, string expected)
    {
        var error = Assert.ThrowsAny<ArgumentException>(() => new Resampler(from, to));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void Places_are_exact_at_any_distance()
    {
        var ratio = FrequencyRatio.Between(360, 257.5);
        Assert.Equal(1, ratio.Locate(1, out var phase)); // 144/103
        Assert.Equal(41, phase);
        Assert.Equal(144L * 60_000_000_000_000_000, ratio.Locate(103L * 60_000_000_000_000_000, out phase)); // a product of 83 bits
        Assert.Equal(0, phase);
    }

    [Theory]
    [InlineData(250, 125, 0, 0)]
    [InlineData(250, 125, 1, 1)]
    [InlineData(250, 125, 250, 125)]
    [InlineData(125, 250, 125, 250)] // whole seconds stay whole seconds
    [InlineData(360, 250, 650_000, 451_389)]
    [InlineData(1000, 128, 86_400_000, 11_059_200)]
    public void The_duration_is_kept(double from, double to, long before, long after) =>
        Assert.Equal(after, new Resampler(from, to).CountOf(before));

    [Theory]
    [InlineData(250, 125, 1, 1)]
    [InlineData(250, 125, 2, 1)]
    [InlineData(250, 125, 3, 2)]
    [InlineData(360, 250, 649_999, 451_388)]
    [InlineData(360, 1000, 7, 19)] // 19.44
    public void An_annotation_goes_to_the_nearest_sample(double from, double to, long before, long after) =>
        Assert.Equal(after, new Resampler(from, to).NearestSample(before));

    [Fact]
    public void Counts_beyond_all_numbers_are_refused()
    {
        var resampler = new Resampler(1, 1000);
        Assert.ThrowsAny<ArgumentException>(() => resampler.CountOf(long.MaxValue));
        Assert.ThrowsAny<ArgumentException>(() => resampler.NearestSample(long.MaxValue));
        Assert.ThrowsAny<ArgumentException>(() => resampler.CountOf(-1));
        Assert.ThrowsAny<ArgumentException>(() => resampler.NearestSample(-1));
    }
}
