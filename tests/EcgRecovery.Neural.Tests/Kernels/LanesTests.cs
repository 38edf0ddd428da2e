using EcgRecovery.Neural.Kernels;
using EcgRecovery.Neural.Tests.Engine;
using static EcgRecovery.Neural.Tests.Kernels.LanePaths;

namespace EcgRecovery.Neural.Tests.Kernels;

public sealed unsafe class LanesTests
{
    [Fact]
    public void Transposes_a_tile_between_any_strides()
    {
        OnEveryPath(Check<Lanes128>, Check<Lanes256>, Check<Lanes512>);

        static void Check<TLanes>()
            where TLanes : struct, ILanes<TLanes>
        {
            foreach (var (from, to) in ((int, int)[])[(16, 16), (17, 16), (16, 48), (33, 20)])
            {
                float[] source = [.. Enumerable.Range(0, 16 * from).Select(i => (float)i)];
                var destination = Enumerable.Repeat(-1f, 16 * to).ToArray();
                fixed (float* s = source, d = destination)
                    TLanes.Transpose16(s, from, d, to);
                for (var row = 0; row < 16; row++)
                {
                    for (var column = 0; column < to; column++)
                        Assert.Equal(column < 16 ? source[(column * from) + row] : -1, destination[(row * to) + column]);
                }
            }
        }
    }

    [Fact]
    public void Each_operation_acts_on_every_lane_alone()
    {
        OnEveryPath(Check<Lanes128>, Check<Lanes256>, Check<Lanes512>);

        static void Check<TLanes>()
            where TLanes : struct, ILanes<TLanes>
        {
            var random = new SeededRandom(1);
            var a = RandomBatch.Uniform(16, 3, random);
            var b = RandomBatch.Uniform(16, 3, random);
            var c = RandomBatch.Uniform(16, 3, random);
            a[0] = 2.5f;   // a tie, for Round
            a[1] = -1.5f;
            fixed (float* pa = a, pb = b, pc = c)
            {
                var (x, y, z) = (TLanes.Load(pa), TLanes.Load(pb), TLanes.Load(pc));
                AssertLanes(x + y, i => a[i] + b[i], 0);
                AssertLanes(x - y, i => a[i] - b[i], 0);
                AssertLanes(x * y, i => a[i] * b[i], 0);
                AssertLanes(x / y, i => a[i] / b[i], 0);
                AssertLanes(TLanes.Min(x, y), i => Math.Min(a[i], b[i]), 0);
                AssertLanes(TLanes.Max(x, y), i => Math.Max(a[i], b[i]), 0);
                AssertLanes(TLanes.SquareRoot(x * x), i => MathF.Sqrt(a[i] * a[i]), 0);
                AssertLanes(TLanes.Round(x), i => MathF.Round(a[i], MidpointRounding.ToEven), 0);
                AssertLanes(TLanes.Zero, _ => 0, 0);
                AssertLanes(TLanes.Broadcast(7.25f), _ => 7.25f, 0);

                // Fused or not: a difference of one rounding of a product up to 9.
                AssertLanes(TLanes.MultiplyAdd(x, y, z), i => MathF.FusedMultiplyAdd(a[i], b[i], c[i]), 1e-6);
                AssertLanes(TLanes.MultiplyAddBroadcast(pa + 5, y, z), i => MathF.FusedMultiplyAdd(a[5], b[i], c[i]), 1e-6);
                AssertLanes(TLanes.MultiplySubtractFrom(z, x, y), i => MathF.FusedMultiplyAdd(-a[i], b[i], c[i]), 1e-6);
                Assert.Equal(a.Sum(value => (double)value), TLanes.Sum(x), 1e-5);
            }
        }
    }

    [Fact]
    public void Scales_by_every_power_of_two_that_the_activations_ask_for()
    {
        OnEveryPath(Check<Lanes128>, Check<Lanes256>, Check<Lanes512>);

        static void Check<TLanes>()
            where TLanes : struct, ILanes<TLanes>
        {
            for (var n = -126; n <= 126; n++)
                AssertLanes(TLanes.ScaleByPowerOfTwo(TLanes.Broadcast(1.25f), TLanes.Broadcast(n)), _ => MathF.ScaleB(1.25f, n), 0);
        }
    }

    private static void AssertLanes<TLanes>(TLanes actual, Func<int, float> expected, double tolerance)
        where TLanes : struct, ILanes<TLanes>
    {
        var values = new float[16];
        fixed (float* v = values)
            actual.Store(v);
        for (var i = 0; i < 16; i++)
        {
            Assert.True(
                Math.Abs((double)values[i] - expected(i)) <= tolerance,
                $"{typeof(TLanes).Name}, lane {i}: {values[i]}; expected {expected(i)}.");
        }
    }
}
