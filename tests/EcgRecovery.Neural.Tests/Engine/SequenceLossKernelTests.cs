using EcgRecovery.Neural.Engine;
using EcgRecovery.Neural.Kernels;
using EcgRecovery.Neural.Tests.Training;
using EcgRecovery.Neural.Training;
using static EcgRecovery.Neural.Tests.Kernels.LanePaths;

namespace EcgRecovery.Neural.Tests.Engine;

public sealed class SequenceLossKernelTests
{
    [Theory]
    [InlineData(nameof(RootMeanSquareLoss), 1, 1)]
    [InlineData(nameof(RootMeanSquareLoss), 64, 1)]
    [InlineData(nameof(RootMeanSquareLoss), 187, 2)]
    [InlineData(nameof(RootMeanSquareLoss), 100_000, 1)]
    [InlineData(nameof(EstimateAndQuantilesLoss), 1, 3)]
    [InlineData(nameof(EstimateAndQuantilesLoss), 65, 3)]
    [InlineData(nameof(EstimateAndQuantilesLoss), 50_000, 3)]
    [InlineData(nameof(EstimateAndQuantilesLoss), 65, 12)]
    public void Value_and_gradient_are_those_of_the_specification(string name, int steps, int outputs)
    {
        var loss = (SequenceLoss)Losses.Of(name);
        const int lanes = 16;
        var length = steps * outputs;
        var random = new SeededRandom((ulong)steps);
        var target = RandomBatch.Uniform(length * lanes, 1, random);

        // A quarter of the errors lies within the rounded kink.
        var output = target.Zip(RandomBatch.Uniform(length * lanes, 0.02f, random), (t, e) => t + e).ToArray();
        var weights = RandomBatch.Uniform(length * lanes, 1, random).Select(w => Math.Max(w, 0)).ToArray();
        for (var i = 0; i < length; i++)
        {
            weights[(i * lanes) + 3] = 0;                              // a lane without a sequence, or a sequence that does not count
            output[(i * lanes) + 5] = target[(i * lanes) + 5];         // a sequence without any error
            weights[(i * lanes) + 5] = 1;
        }

        var gradient = new double[length * lanes];
        var expected = Specification(loss, output, target, weights, steps, gradient);
        OnEveryPath(Check<Lanes128>, Check<Lanes256>, Check<Lanes512>);

        unsafe void Check<TLanes>()
            where TLanes : struct, ILanes<TLanes>
        {
            const float scale = 0.125f;
            var actual = output.ToArray();
            double sum;
            fixed (float* y = actual, t = target, w = weights)
                sum = SequenceLossKernel.Run<TLanes>(y, t, w, steps, outputs, loss, scale);
            Assert.Equal(expected, sum, 2e-6 * expected);
            var largest = gradient.Max(Math.Abs) * scale;
            for (var i = 0; i < actual.Length; i++)
            {
                // The kernel's e / κ has the rounding of y and t, of size 1: 6e-8 of 0.005.
                Assert.Equal(gradient[i] * scale, actual[i], 3e-5 * largest);
                if (i % lanes is 3 or 5)
                    Assert.Equal(0f, actual[i]);
            }
        }
    }

    /// <summary>Returns B′·L and computes B′·∂L/∂y of [T][O][16].</summary>
    private static double Specification(LossFunction loss, float[] output, float[] target, float[] weights, int steps, double[] gradient)
    {
        var sequences = new double[output.Length];
        double[] y = [.. Sequences(output).Select(value => (double)value)];
        var loss16 = loss.Evaluate(y, Sequences(target), Sequences(weights), 16, steps, sequences);
        var counted = Enumerable.Range(0, 16).Count(lane => weights.Where((w, i) => i % 16 == lane && w > 0).Any());
        for (var i = 0; i < gradient.Length; i++)
            gradient[i] = counted * sequences[(i % 16 * (gradient.Length / 16)) + (i / 16)];
        return counted * loss16;

        static float[] Sequences(float[] frames)
        {
            var length = frames.Length / 16;
            return [.. Enumerable.Range(0, frames.Length).Select(i => frames[(i % length * 16) + (i / length)])];
        }
    }
}
