using EcgRecovery.Neural.Engine;

namespace EcgRecovery.Neural.Tests.Engine;

public sealed class SequencePlanTests
{
    [Theory]
    [InlineData("4", 1)]
    [InlineData("4 4 4", 3)]
    [InlineData("4b", 5)]
    [InlineData("4 4b 4 4 4b 4b", 4)]
    public void Every_piece_comes_once_and_after_all_that_it_needs(string layers, int blocks)
    {
        var plan = new SequencePlan(new ParameterLayout(RandomBatch.Network(1, layers, 1)));
        plan.Prepare(7);
        plan.Prepare(blocks);
        Assert.Equal(blocks, plan.Blocks);
        Assert.Equal(plan.Sweeps * blocks, plan.Pieces.Count);
        var done = new int[plan.Sweeps];
        foreach (var (sweep, block) in plan.Pieces)
        {
            Assert.Equal(done[sweep], block);
            var (first, count) = plan.Below(plan.LayerOf(sweep));
            Assert.All(done[first..(first + count)], below => Assert.True(below >= plan.Needed(plan.LayerOf(sweep), block)));
            done[sweep]++;
        }

        Assert.All(done, count => Assert.Equal(blocks, count));
    }

    [Fact]
    public void One_way_layers_follow_each_other_a_block_behind()
    {
        var plan = new SequencePlan(new ParameterLayout(RandomBatch.Network(1, "4 4", 1)));
        plan.Prepare(3);
        Assert.Equal([(0, 0), (0, 1), (1, 0), (0, 2), (1, 1), (2, 0), (1, 2), (2, 1), (2, 2)], plan.Pieces);
    }

    [Fact]
    public void Two_directions_go_side_by_side_and_the_next_layer_after_them()
    {
        var plan = new SequencePlan(new ParameterLayout(RandomBatch.Network(1, "4b", 1)));
        plan.Prepare(2);
        Assert.Equal([(0, 0), (1, 0), (0, 1), (1, 1), (2, 0), (2, 1)], plan.Pieces);
        Assert.Equal(2, plan.Needed(layer: 1, block: 0));
    }
}
