namespace EcgRecovery.Neural.Tests;

public class SeededRandomTests
{
    [Fact]
    public void Gives_the_published_sequence()
    {
        // xoshiro256starstar.c of prng.di.unimi.it with s = {1, 2, 3, 4}, compiled with gcc; the test vectors of Rust's rand_xoshiro.
        var random = new SeededRandom(0) { State = [1, 2, 3, 4] };
        ulong[] expected =
        [
            11520, 0, 1509978240, 1215971899390074240, 1216172134540287360, 607988272756665600, 16172922978634559625,
            8476171486693032832, 10595114339597558777, 2904607092377533576,
        ];
        Assert.Equal(expected, expected.Select(_ => random.NextUInt64()));
    }

    [Fact]
    public void Seeds_by_SplitMix64()
    {
        // splitmix64.c of prng.di.unimi.it with x = 1234567.
        Assert.Equal(
            [6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431], new SeededRandom(1234567).State);

        // Both together with x = 42: for (i = 0; i < 4; i++) s[i] = splitmix64(); then next().
        var random = new SeededRandom(42);
        Assert.Equal(1546998764402558742UL, random.NextUInt64());
        Assert.Equal(6990951692964543102UL, random.NextUInt64());
    }

    [Fact]
    public void Goes_on_from_a_saved_state()
    {
        var random = new SeededRandom(7);
        _ = random.NextGaussian();
        var other = new SeededRandom(0) { State = random.State };
        Assert.Equal(Draw(random), Draw(other));

        static object[] Draw(SeededRandom r) => [r.NextUInt64(), r.NextDouble(), r.NextSingle(), r.NextInt(1000), r.NextGaussian()];
    }

    [Fact]
    public void Its_state_is_a_copy()
    {
        var random = new SeededRandom(7);
        var expected = new SeededRandom(7).NextUInt64();
        random.State[1] = 0;
        Assert.Equal(expected, random.NextUInt64());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Refuses_a_state_that_is_none(int words) =>
        Assert.Throws<ArgumentException>(() => new SeededRandom(0) { State = new ulong[words] });

    [Fact]
    public void Forks_depend_on_state_and_number_alone_and_leave_the_parent_as_it_was()
    {
        var random = new SeededRandom(5);
        var before = random.State;
        var first = random.Fork(1).NextUInt64();
        Assert.Equal(before, random.State);
        Assert.Equal(first, random.Fork(1).NextUInt64());

        var seen = new HashSet<ulong>();
        for (ulong stream = 0; stream < 1000; stream++)
            Assert.True(seen.Add(random.Fork(stream).NextUInt64()));
        _ = random.NextUInt64();
        Assert.NotEqual(first, random.Fork(1).NextUInt64());
    }

    [Fact]
    public void Fractions_are_uniform_below_one()
    {
        const int n = 100_000;
        var random = new SeededRandom(11);
        var doubles = Enumerable.Range(0, n).Select(_ => random.NextDouble()).ToArray();
        var singles = Enumerable.Range(0, n).Select(_ => (double)random.NextSingle()).ToArray();
        foreach (var values in new[] { doubles, singles })
        {
            Assert.All(values, value => Assert.True(value is >= 0 and < 1));
            Assert.InRange(values.Average(), 0.5 - 0.005, 0.5 + 0.005);   // standard error 0.0009
            Assert.InRange(values.Average(value => value * value), (1.0 / 3) - 0.005, (1.0 / 3) + 0.005);
        }
    }

    [Fact]
    public void Integers_are_uniform_in_range()
    {
        const int n = 70_000;
        var random = new SeededRandom(12);
        var counts = new int[7];
        for (var i = 0; i < n; i++)
            counts[random.NextInt(7)]++;
        Assert.All(counts, count => Assert.InRange(count, 9_600, 10_400));   // standard deviation 93

        Assert.Equal(0, random.NextInt(1));
        for (var i = 0; i < 1000; i++)
            Assert.InRange(random.NextInt(int.MaxValue), 0, int.MaxValue - 1);
        Assert.Throws<ArgumentOutOfRangeException>(() => random.NextInt(0));
    }

    [Fact]
    public void Gaussians_have_the_moments_of_a_normal_distribution()
    {
        const int n = 200_000;
        var random = new SeededRandom(13);
        var values = Enumerable.Range(0, n).Select(_ => random.NextGaussian()).ToArray();
        Assert.InRange(values.Average(), -0.01, 0.01);                       // standard error 0.0022
        Assert.InRange(values.Average(x => x * x), 0.985, 1.015);            // 0.0032
        Assert.InRange(values.Average(x => x * x * x), -0.04, 0.04);         // 0.0087
        Assert.InRange(values.Average(x => x * x * x * x), 2.9, 3.1);        // 0.022
        Assert.InRange(values.Average(x => Math.Abs(x) > 1.959964 ? 1.0 : 0), 0.048, 0.052);
    }

    [Fact]
    public void Shuffles_into_every_order_alike()
    {
        var random = new SeededRandom(14);
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < 24_000; i++)
        {
            int[] values = [1, 2, 3, 4];
            random.Shuffle(values);
            var order = string.Concat(values);
            counts[order] = counts.GetValueOrDefault(order) + 1;
        }

        Assert.Equal(24, counts.Count);
        Assert.All(counts.Values, count => Assert.InRange(count, 850, 1150));   // standard deviation 31
    }
}
