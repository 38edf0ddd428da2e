using EcgRecovery.Records;
using EcgRecovery.Recovery.Records.Model;

namespace EcgRecovery.Tests.Recovery.Records.Model;

public class CellGridTests
{
    [Theory]
    [InlineData(360, 108, 36)]
    [InlineData(360, 109, 37)]
    [InlineData(120, 1, 1)]
    [InlineData(100, 100, 120)]
    [InlineData(2000, 600, 36)]
    public void The_first_cell_of_the_gap_begins_where_the_gap_does(double hertz, int length, int cells)
    {
        var grid = new CellGrid(new SampleSpan(5000, 5000 + length), hertz);
        Assert.Equal(cells, grid.GapCells);
        Assert.Equal(grid.Before, grid.CellOf(5000), 1e-9);
        Assert.Equal(0, grid.Count % CellGrid.Fold);
        // 0.8 s on each side.
        Assert.InRange(grid.Before, 96, 96 + 32);
        Assert.InRange(grid.Count - grid.Before - grid.GapCells, 96, 96 + 32);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(120)]
    [InlineData(250)]
    [InlineData(360)]
    [InlineData(2000)]
    public void A_slow_wave_comes_back_from_the_cells(double hertz)
    {
        var gap = new SampleSpan((long)hertz, (long)(1.4 * hertz));
        var grid = new CellGrid(gap, hertz);
        float[] wave = [.. Enumerable.Range(0, (int)(3 * hertz)).Select(t => (float)Math.Sin(2 * Math.PI * 2 * (t + 0.5) / hertz))];
        var (cells, back) = (new float[grid.Count], new float[gap.Length]);
        grid.ToCells(wave, 0, cells);
        grid.ToSamples(cells.AsSpan(grid.Before, grid.GapCells), 1, back);
        for (var t = 0; t < back.Length; t++)
            Assert.Equal(wave[gap.Start + t], back[t], 0.06);
    }

    // What lies under the gap is not in any cell before it, at whatever frequency.
    [Theory]
    [InlineData(130)]
    [InlineData(360)]
    public void Only_the_cells_of_the_gap_hold_its_samples(double hertz)
    {
        var gap = new SampleSpan(400, 477);
        var grid = new CellGrid(gap, hertz);
        float[] samples = [.. Enumerable.Range(0, 900).Select(t => gap.Contains(t) ? 1f : 0)];
        var cells = new float[grid.Count];
        grid.ToCells(samples, 0, cells);
        for (var c = 0; c < cells.Length; c++)
        {
            if (c < grid.Before || c >= grid.Before + grid.GapCells)
                Assert.True(cells[c] is 0 or float.NaN);
            else
                Assert.True(cells[c] > 0);
        }
    }

    [Fact]
    public void Cells_without_an_observed_sample_are_missing()
    {
        var grid = new CellGrid(new SampleSpan(0, 36), 360);
        float[] samples = [.. Enumerable.Repeat(1f, 12), float.NaN, float.NaN, float.NaN, float.NaN, 3f];
        var cells = new float[grid.Count];
        grid.ToCells(samples, 0, cells);
        Assert.Equal([1, 1, 1, 1, float.NaN, 3, float.NaN], cells[grid.Before..(grid.Before + 7)]);
        Assert.Equal(float.NaN, cells[0]);
    }
}
