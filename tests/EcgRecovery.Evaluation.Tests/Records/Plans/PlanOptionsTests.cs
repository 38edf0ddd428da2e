using EcgRecovery.Evaluation.Records.Plans;

namespace EcgRecovery.Evaluation.Tests.Records.Plans;

public class PlanOptionsTests
{
    [Fact]
    public void The_whole_protocol_has_its_cells()
    {
        var cells = new PlanOptions().Full(5, hasNoise: true).Cells;
        Assert.Equal(cells.Count, cells.DistinctBy(cell => cell.Name).Count());
        double[] grid = [0.05, 0.15, 0.3, 0.56, 1, 2, 5, 10, 30];
        foreach (var loss in new[] { LeadLoss.All, LeadLoss.One, LeadLoss.AllButOne })
            Assert.Equal(grid, Seconds(cell => cell == new CellKind(cell.Seconds, Loss: loss)));
        foreach (var wave in new[] { GapPlacement.P, GapPlacement.Qrs, GapPlacement.T })
            Assert.Equal(grid[..5], Seconds(cell => cell == new CellKind(cell.Seconds, wave)));
        Assert.Equal([5, 6.67, 7.5, 8.33, 9.17], Seconds(cell => cell.Loss == LeadLoss.Layout));
        Assert.Equal([0.15, 0.3], Seconds(cell => cell.Pattern == LossPattern.GilbertElliott));
        Assert.Equal([0.56], Seconds(cell => cell.Pattern == LossPattern.Packets));
        Assert.Equal([0.16], Seconds(cell => cell.Pattern == LossPattern.Real));
        Assert.Equal([0.15, 0.3, 0.56, 0.16], Seconds(cell => cell.LengthsOf is not null));
        Assert.Equal(
            ["bw-24dB", "bw-24dB", "bw-12dB", "bw-12dB", "ma-24dB", "ma-24dB", "ma-12dB", "ma-12dB"],
            cells.Select(cell => cell.Noise).OfType<CellNoise>().Select(noise => noise.Name));
        Assert.Equal((3 * 9) + (3 * 5) + 5 + 4 + 4 + 8, cells.Count);

        IEnumerable<double> Seconds(Predicate<CellKind> choose) => cells.Where(cell => choose(cell)).Select(cell => cell.Seconds);
    }

    [Fact]
    public void Without_recordings_of_noise_there_are_no_such_cells() =>
        Assert.All(new PlanOptions().Full(5, hasNoise: false).Cells, cell => Assert.Null(cell.Noise));

    [Theory]
    [InlineData(1, 240, 200)]
    [InlineData(5, 48, 40)]
    [InlineData(22, 11, 10)]
    [InlineData(300, 1, 1)]
    public void The_gaps_of_both_plans_are_spread_over_the_records(int records, int full, int quick)
    {
        var options = new PlanOptions { Seed = 7, Split = "ds2" };
        var whole = options.Full(records, hasNoise: false);
        Assert.Equal((full, quick), (whole.GapsPerRecord, options.Quick(records).GapsPerRecord));
        Assert.Equal((7, "ds2", "full"), (whole.Seed, whole.Split, whole.Name));
    }

    [Fact]
    public void The_short_plan_has_gaps_of_up_to_a_second()
    {
        var options = new PlanOptions().Quick(5);
        Assert.Equal("quick", options.Name);
        Assert.Equal([0.05, 0.15, 0.3, 0.56, 1], options.Cells.Select(cell => cell.Seconds));
        Assert.All(options.Cells, cell => Assert.Equal(new CellKind(cell.Seconds), cell));
    }
}
