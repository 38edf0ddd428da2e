using EcgRecovery.Neural.Engine;
using EcgRecovery.Neural.Kernels;
using EcgRecovery.Neural.Training;
using static EcgRecovery.Neural.Tests.Kernels.LanePaths;

namespace EcgRecovery.Neural.Tests.Engine;

public sealed class ValueLossKernelTests
{
    [Theory]
    [InlineData(nameof(MeanSquaredError), 1f)]
    [InlineData(nameof(HuberLoss), 1f)]
    [InlineData(nameof(HuberLoss), 0.25f)]
    public void Value_and_gradient_are_those_of_the_loss_function(string name, float delta)
    {
        ValueLoss loss = name == nameof(HuberLoss) ? new HuberLoss(delta) : new MeanSquaredError();
        OnEveryPath(Check<Lanes128>, Check<Lanes256>, Check<Lanes512>);

        unsafe void Check<TLanes>()
            where TLanes : struct, ILanes<TLanes>
        {
            const int rows = 5;
            const float scale = 0.125f;
            var random = new SeededRandom(1);
            var output = RandomBatch.Uniform(rows * 16, 2, random);
            var target = RandomBatch.Uniform(rows * 16, 1, random);
            var weights = RandomBatch.Uniform(rows * 16, 1, random).Select(w => w < 0 ? 0 : w).ToArray();
            (output[0], target[0], weights[0]) = (delta, 0, 1);      // on the bend
            (output[1], target[1], weights[1]) = (-delta, 0, 1);
            (output[2], target[2], weights[2]) = (0.5f, 0.5f, 1);    // no error

            var gradient = output.ToArray();
            double sum;
            fixed (float* y = gradient, t = target, w = weights)
                sum = ValueLossKernel.Run<TLanes>(y, t, w, rows, loss, scale);
            var expected = 0.0;
            for (var i = 0; i < output.Length; i++)
            {
                var error = (double)output[i] - target[i];
                expected += weights[i] * loss.Value(error);
                Assert.Equal(weights[i] * loss.Derivative(error) * scale, gradient[i], 2e-7);
            }

            Assert.Equal(expected, sum, 1e-6 * expected);
        }
    }
}
