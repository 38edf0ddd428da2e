using EcgRecovery.Neural.Kernels;
using static EcgRecovery.Neural.Tests.Kernels.LanePaths;

namespace EcgRecovery.Neural.Tests.Kernels;

public sealed class ActivationsTests
{
    [Fact]
    public void Stay_within_their_error_bounds_from_minus_to_plus_forty()
    {
        // Steps of 1/3000, and smaller near 0; 0.99662066 is the float with the largest error, 1.116e-7.
        float[] grid =
        [
            .. Enumerable.Range(-120_000, 240_001).Select(i => i / 3000f),
            .. Enumerable.Range(-50_000, 100_001).Select(i => i / 20_000f),
            0.99662066f, 0.99662066f / 2,
        ];
        OnEveryPath(() => Check<Lanes128>(grid), () => Check<Lanes256>(grid), () => Check<Lanes512>(grid));

        static void Check<TLanes>(float[] grid)
            where TLanes : struct, ILanes<TLanes>
        {
            var (sigmoid, tanh) = Run<TLanes>(grid);
            double sigmoidError = 0, tanhError = 0;
            for (var i = 0; i < grid.Length; i++)
            {
                sigmoidError = Math.Max(sigmoidError, Math.Abs(sigmoid[i] - (1 / (1 + Math.Exp(-(double)grid[i])))));
                tanhError = Math.Max(tanhError, Math.Abs(tanh[i] - Math.Tanh(grid[i])));
            }

            Assert.InRange(sigmoidError, 0, 1.2e-7);
            Assert.InRange(tanhError, 0, 2.4e-7);
        }
    }

    [Fact]
    public void Are_saturated_far_out_and_finite_everywhere()
    {
        float[] far = [50, 100, 1e9f, float.MaxValue, float.PositiveInfinity];
        OnEveryPath(Check<Lanes128>, Check<Lanes256>, Check<Lanes512>);

        void Check<TLanes>()
            where TLanes : struct, ILanes<TLanes>
        {
            var (sigmoid, tanh) = Run<TLanes>([.. far, .. far.Select(x => -x)]);
            for (var i = 0; i < far.Length; i++)
            {
                Assert.Equal(1f, sigmoid[i]);
                Assert.Equal(1f, tanh[i]);
                Assert.InRange(sigmoid[far.Length + i], 0f, 1e-20f);
                Assert.Equal(-1f, tanh[far.Length + i]);
            }
        }
    }

    [Fact]
    public void Zero_is_exact()
    {
        // Padded units have pre-activations of 0: with tanh 0 = 0 their h stays 0.
        OnEveryPath(Check<Lanes128>, Check<Lanes256>, Check<Lanes512>);

        static void Check<TLanes>()
            where TLanes : struct, ILanes<TLanes>
        {
            var (sigmoid, tanh) = Run<TLanes>([0f, -0f]);
            Assert.Equal([0.5f, 0.5f], sigmoid);
            Assert.Equal([0f, 0f], tanh);
        }
    }

    private static unsafe (float[] Sigmoid, float[] Tanh) Run<TLanes>(float[] values)
        where TLanes : struct, ILanes<TLanes>
    {
        var (sigmoid, tanh) = (new float[values.Length], new float[values.Length]);
        var activations = new Activations<TLanes>();
        var lanes = stackalloc float[16];
        for (var first = 0; first < values.Length; first += 16)
        {
            var count = Math.Min(16, values.Length - first);
            values.AsSpan(first, count).CopyTo(new Span<float>(lanes, 16));
            var x = TLanes.Load(lanes);
            activations.Sigmoid(x).Store(lanes);
            new Span<float>(lanes, count).CopyTo(sigmoid.AsSpan(first));
            activations.Tanh(x).Store(lanes);
            new Span<float>(lanes, count).CopyTo(tanh.AsSpan(first));
        }

        return (sigmoid, tanh);
    }
}
