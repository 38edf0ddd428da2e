using EcgRecovery.Recovery.Records.Methods;
using EcgRecovery.Recovery.Records.Neighbours;

namespace EcgRecovery.Tests.Recovery.Records.Methods;

public class EstimateWriterTests
{
    // Errors of 1 and 2 weigh 64 to 1; in the last sample both agree and are sure.
    [Fact]
    public void Estimates_are_weighted_by_their_errors_and_their_differences_count_as_errors()
    {
        var filled = new float[3];
        List<ContextEstimate> estimates = [new([0, 5, 1], 1, [1, 3, 0]), new([65, 5, 1], 2, [1, 3, 0])];
        var scale = EstimateWriter.Combine(estimates, EstimateWriter.Weights(estimates, -6), filled);
        Assert.Equal([1, 5, 1], filled);
        Assert.Equal(Math.Sqrt(1 + (64 / 65.0) + (64 * 64 / 65.0)), scale[0], 1e-5);
        Assert.Equal(3, scale[1], 1e-5);
        Assert.Equal(0.02 * (scale[0] + 3) / 3, scale[2], 1e-5);
    }

    [Fact]
    public void The_error_scale_is_never_0()
    {
        var scale = EstimateWriter.Combine([new([1, 1], 0, [0, 0])], [1], new float[2]);
        Assert.All(scale, value => Assert.True(value > 0));
    }
}
