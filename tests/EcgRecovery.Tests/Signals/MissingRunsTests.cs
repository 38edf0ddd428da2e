using EcgRecovery.Records;
using EcgRecovery.Signals;

namespace EcgRecovery.Tests.Signals;

public class MissingRunsTests
{
    private const float N = float.NaN;

    [Fact]
    public void Finds_every_run()
    {
        Assert.Equal([new(0, 2), new(3, 4), new SampleSpan(6, 7)], MissingRuns.Of<float>([N, N, 1, N, 2, 3, N]));
        Assert.Empty(MissingRuns.Of<float>([1, 2]));
        Assert.Empty(MissingRuns.Of<float>([]));
        Assert.Equal([new SampleSpan(0, 2)], MissingRuns.Of<double>([double.NaN, double.NaN]));
    }

    [Fact]
    public void The_next_run_begins_at_or_after_a_sample()
    {
        float[] samples = [1, N, N, 2, N];
        Assert.Equal(new SampleSpan(1, 3), MissingRuns.Next<float>(samples, 0));
        Assert.Equal(new SampleSpan(4, 5), MissingRuns.Next<float>(samples, 3));
        Assert.True(MissingRuns.Next<float>(samples, 5).IsEmpty);
    }

    [Fact]
    public void Infinite_samples_are_not_missing() => Assert.Empty(MissingRuns.Of<float>([float.PositiveInfinity, float.NegativeInfinity]));

    [Fact]
    public void The_bridge_is_a_line_between_samples_and_level_at_the_ends()
    {
        float[] samples = [N, 1, N, N, N, 3, N];
        MissingRuns.Bridge<float>(samples);
        Assert.Equal([1, 1, 1.5f, 2, 2.5f, 3, 3], samples);
        float[] none = [N, N];
        MissingRuns.Bridge<float>(none);
        Assert.Equal([0, 0], none);
    }
}
