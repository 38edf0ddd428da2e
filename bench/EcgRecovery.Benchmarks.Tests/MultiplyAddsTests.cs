using EcgRecovery.Benchmarks.Workloads;
using EcgRecovery.Neural.Networks;

namespace EcgRecovery.Benchmarks.Tests;

public class MultiplyAddsTests
{
    [Fact]
    public void The_original_has_the_counts_of_its_design()
    {
        // 256·65 + 128·96 + 256·96 + 64; three times that, less the 256 of the first layer's input.
        Assert.Equal(53_568, MultiplyAdds.Forward(WorkloadList.Original));
        Assert.Equal(160_448, MultiplyAdds.Training(WorkloadList.Original));
    }

    [Fact]
    public void Both_directions_count_and_so_do_their_outputs()
    {
        var network = new NetworkSpec(InputCount: 3, [new(5, Bidirectional: true), new(2)], OutputCount: 4);
        Assert.Equal((2 * 20 * 8) + (8 * 12) + (2 * 4), MultiplyAdds.Forward(network));
        Assert.Equal((3 * MultiplyAdds.Forward(network)) - (2 * 20 * 3), MultiplyAdds.Training(network));
    }

    [Fact]
    public void The_phases_of_a_step_add_up_to_it()
    {
        var network = WorkloadList.Bidirectional.Network;
        var dense = network.Layers[^1].OutputCount * network.OutputCount;
        Assert.Equal(MultiplyAdds.Training(network), (2 * MultiplyAdds.Layers(network)) + MultiplyAdds.DataGradient(network) + (3 * dense));
    }

    [Fact]
    public void A_step_of_the_original_is_under_two_billion_operations() =>
        Assert.Equal(2.0 * 160_448 * 187 * 32, WorkloadList.OriginalTraining.Operations);
}
