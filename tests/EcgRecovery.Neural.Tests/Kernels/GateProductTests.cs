using EcgRecovery.Neural.Kernels;
using EcgRecovery.Neural.Tests.Engine;
using static EcgRecovery.Neural.Tests.Kernels.LanePaths;

namespace EcgRecovery.Neural.Tests.Kernels;

/// <summary>The products of a single sequence against the loop that defines them.</summary>
public sealed unsafe class GateProductTests
{
    // Sums of up to 70 products of size 1, in single precision.
    private const double Tolerance = 5e-5;
    private const int Size = 256;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(70)]
    public void Every_form_is_the_sum_that_it_says(int depth)
    {
        OnEveryPath(Check<Lanes128>, Check<Lanes256>, Check<Lanes512>);

        void Check<TLanes>()
            where TLanes : struct, ILanes<TLanes>
        {
            // A step goes backward in x, as in a direction backward in time, and forward in z.
            var stride = depth + 3;
            var random = new SeededRandom(1);
            var weights = RandomBatch.Uniform((2 * depth * 64) + 1, 1, random);
            var x = RandomBatch.Uniform(4 * stride, 1, random);
            var start = RandomBatch.Uniform(Size, 1, random);
            var one = new float[Size];
            var two = new float[Size];
            var inPlace = start.ToArray();
            var four = new float[4 * Size];
            var halves = new float[2 * Size];
            fixed (float* w = weights, px = x, s = start, z1 = one, z2 = two, z3 = inPlace, z4 = four, z5 = halves)
            {
                var last = px + (3 * stride);
                GateProduct.One<TLanes>(w, depth, last, s, z1);
                GateProduct.Two<TLanes>(w, depth, last, s, z2);
                GateProduct.Two<TLanes>(w, depth, last, z3, z3);
                GateProduct.FourSteps<TLanes>(w, depth, last, -stride, s, z4, Size);
                GateProduct.TwoStepsOfTwoGates<TLanes>(w, depth, last, -stride, s, z5, Size);
                GateProduct.TwoStepsOfTwoGates<TLanes>(w + 32, depth, last, -stride, s + 128, z5 + 128, Size);
            }

            for (var lane = 0; lane < 64; lane++)
            {
                var at = (lane / 16 * 64) + (lane % 16);
                Assert.Equal(Sum(0, lane, 0), one[at], Tolerance);
                Assert.Equal(one[at], two[at]);
                Assert.Equal(Sum(1, lane, 0), two[at + 16], Tolerance);
                Assert.Equal(two[at], inPlace[at]);
                Assert.Equal(two[at + 16], inPlace[at + 16]);
                Assert.Equal(start[at + 32], inPlace[at + 32]);   // other tiles are not changed
                for (var t = 0; t < 4; t++)
                    Assert.Equal(Sum(0, lane, t), four[(t * Size) + at], Tolerance);
                Assert.Equal(one[at], four[at]);
                Assert.Equal(four[at], halves[at]);
                Assert.Equal(four[Size + at], halves[Size + at]);
            }

            double Sum(int tile, int lane, int t)
            {
                double sum = start[(lane / 16 * 64) + (tile * 16) + (lane % 16)];
                for (var k = 0; k < depth; k++)
                    sum += (double)weights[(((tile * depth) + k) * 64) + lane] * x[((3 - t) * stride) + k];
                return sum;
            }
        }
    }

    [Fact]
    public void Tiles_lie_by_fours()
    {
        Assert.Equal([0, 16, 32, 48, 256, 272], Enumerable.Range(0, 6).Select(GateProduct.Offset));
        Assert.Equal([256, 256, 512], new[] { 1, 4, 5 }.Select(GateProduct.Size));
    }
}
