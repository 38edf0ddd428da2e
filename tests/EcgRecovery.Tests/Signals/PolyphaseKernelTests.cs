using EcgRecovery.Records;
using EcgRecovery.Signals;

namespace EcgRecovery.Tests.Signals;

public class PolyphaseKernelTests
{
    [Theory]
    [InlineData(1, 2)]
    [InlineData(25, 36)]
    [InlineData(45, 16)]
    [InlineData(1, 8)]
    [InlineData(1_249_999, 1_250_000)]
    public void The_bound_of_what_is_missing_is_one(long up, long down)
    {
        var kernel = new PolyphaseKernel(new FrequencyRatio(up, down));
        var random = new Random(4);
        for (var trial = 0; trial < 200; trial++)
        {
            var phase = random.NextInt64(up);
            var isMissing = new double[kernel.Taps];
            var run = random.Next(1, kernel.Taps);
            isMissing.AsSpan(random.Next(kernel.Taps - run + 1), run).Fill(1);
            var bound = kernel.MissingWeight(isMissing, phase);
            var weight = Weights(kernel, phase).Zip(isMissing, (w, missing) => Math.Abs(w) * missing).Sum();
            // The bound is of the place to the nearest sixteenth of a sample.
            Assert.InRange(weight, 0, (1.05 * bound) + 1e-6);
        }
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(25, 36)]
    [InlineData(45, 16)]
    [InlineData(1_249_999, 1_250_000)]
    public void Weights_sum_to_one_and_mirror_those_of_the_opposite_place(long up, long down)
    {
        var kernel = new PolyphaseKernel(new FrequencyRatio(up, down));
        foreach (var phase in new[] { 0, up / 3, up - 1 })
        {
            var weights = Weights(kernel, phase);
            Assert.Equal(1, weights.Sum(), 1e-14);
            if (phase > 0)
                Assert.Equal(weights.Reverse(), Weights(kernel, up - phase), (a, b) => Math.Abs(a - b) < 1e-14);
        }
    }

    // What comes out for an impulse in each input.
    private static double[] Weights(PolyphaseKernel kernel, long phase)
    {
        var impulse = new double[kernel.Taps];
        return [.. Enumerable.Range(0, kernel.Taps).Select(j =>
        {
            Array.Clear(impulse);
            impulse[j] = 1;
            return kernel.Apply(impulse, phase);
        })];
    }
}
