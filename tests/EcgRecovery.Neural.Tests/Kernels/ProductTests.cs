using EcgRecovery.Neural.Kernels;
using EcgRecovery.Neural.Tests.Engine;
using static EcgRecovery.Neural.Tests.Kernels.LanePaths;

namespace EcgRecovery.Neural.Tests.Kernels;

/// <summary>The two products against the loops that define them.</summary>
public sealed unsafe class ProductTests
{
    // Sums of up to 200 products of size 1, in single precision.
    private const double Tolerance = 1e-4;

    [Theory]
    [InlineData(1, 16, 1)]
    [InlineData(1, 1, 0)]
    [InlineData(3, 32, 17)]
    [InlineData(5, 64, 0)]
    public void Panels_times_rows_is_the_sum_that_it_says(int blocks, int aRows, int bRows)
    {
        OnEveryPath(Check<Lanes128>, Check<Lanes256>, Check<Lanes512>);

        void Check<TLanes>()
            where TLanes : struct, ILanes<TLanes>
        {
            var random = new SeededRandom(1);
            var depth = aRows + bRows;
            var panels = RandomBatch.Uniform(blocks * depth * 16, 1, random);
            var bias = RandomBatch.Uniform(blocks * 16, 1, random);
            var a = RandomBatch.Uniform(aRows * 16, 1, random);
            var b = RandomBatch.Uniform((bRows * 16) + 1, 1, random);   // never empty
            var before = RandomBatch.Uniform(blocks * 256, 1, random);
            var fromBias = before.ToArray();
            var fromShared = before.ToArray();
            var fromDestination = before.ToArray();
            fixed (float* w = panels, s = bias, pa = a, pb = b, d0 = fromBias, d1 = fromShared, d2 = fromDestination)
            {
                PanelProduct.Run<TLanes, FromBias>(blocks, w, s, 16, pa, aRows, pb, bRows, d0, default);
                PanelProduct.Run<TLanes, FromBias>(blocks, w, s, 0, pa, aRows, pb, bRows, d1, default);
                PanelProduct.Run<TLanes, FromDestination>(blocks, w, s, 0, pa, aRows, pb, bRows, d2, default);
            }

            for (var row = 0; row < blocks * 16; row++)
            {
                for (var lane = 0; lane < 16; lane++)
                {
                    var sum = 0.0;
                    for (var k = 0; k < depth; k++)
                    {
                        var x = k < aRows ? a[(k * 16) + lane] : b[((k - aRows) * 16) + lane];
                        sum += (double)panels[(((row / 16 * depth) + k) * 16) + (row % 16)] * x;
                    }

                    var at = (row * 16) + lane;
                    Assert.Equal(bias[row] + sum, fromBias[at], Tolerance);
                    Assert.Equal(bias[row % 16] + sum, fromShared[at], Tolerance);
                    Assert.Equal(before[at] + sum, fromDestination[at], Tolerance);
                }
            }
        }
    }

    [Theory]
    [InlineData(16, 16, 1, false)]
    [InlineData(32, 48, 3, false)]
    [InlineData(64, 32, 8, false)]
    [InlineData(64, 96, 5, true)]
    public void Weight_gradients_are_the_sums_that_they_say(int rows, int columns, int steps, bool backwards)
    {
        OnEveryPath(Check<Lanes128>, Check<Lanes256>, Check<Lanes512>);

        void Check<TLanes>()
            where TLanes : struct, ILanes<TLanes>
        {
            var random = new SeededRandom(2);
            var frame = (rows * 16) + 32;
            var stride = columns + 16;
            var dz = RandomBatch.Uniform(steps * frame, 1, random);
            var x = RandomBatch.Uniform(steps * 16 * columns, 1, random);
            var before = RandomBatch.Uniform(rows * stride, 1, random);
            var gradient = before.ToArray();
            var column = RandomBatch.Uniform(rows * 16, 1, random);
            var columnBefore = column.ToArray();
            fixed (float* d = dz, px = x, g = gradient, sums = column)
            {
                var first = backwards ? d + ((steps - 1) * frame) : d;
                var dzStride = (nint)(backwards ? -frame : frame);
                WeightGradient.Add<TLanes>(rows, columns, steps, first, dzStride, px, g, stride);
                WeightGradient.AddColumn<TLanes>(rows, steps, first, dzStride, px, 16 * columns, sums);
            }

            for (var row = 0; row < rows; row++)
            {
                for (var k = 0; k < columns; k++)
                {
                    var sum = Sum((t, s) => Dz(t, row, s) * x[(((t * 16) + s) * columns) + k]);
                    Assert.Equal(before[(row * stride) + k] + sum, gradient[(row * stride) + k], Tolerance);
                }

                Assert.Equal(before[(row * stride) + columns], gradient[(row * stride) + columns]);   // not changed after the last column
                for (var s = 0; s < 16; s++)
                {
                    var lane = s;
                    var expected = Enumerable.Range(0, steps).Sum(t => Dz(t, row, lane) * x[(t * 16 * columns) + lane]);
                    Assert.Equal(columnBefore[(row * 16) + s] + expected, column[(row * 16) + s], Tolerance);
                }
            }

            double Dz(int t, int row, int s) => dz[((backwards ? steps - 1 - t : t) * frame) + (row * 16) + s];
            double Sum(Func<int, int, double> term) =>
                Enumerable.Range(0, steps).Sum(t => Enumerable.Range(0, 16).Sum(s => term(t, s)));
        }
    }
}
