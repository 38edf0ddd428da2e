using EcgRecovery.Records;
using EcgRecovery.Signals;

namespace EcgRecovery.Tests.Signals;

/// <summary>The observed samples beside a gap.</summary>
public class ObservedRunsTests
{
    private const float N = float.NaN;

    private static readonly float[] Samples = [1, N, 2, 3, N, N, 4, 5, 6, N, 7];

    [Theory]
    [InlineData(9, "2..4", "6..9")]
    [InlineData(1, "3..4", "6..7")]
    public void End_at_the_next_missing_sample_or_the_maximum(int maximum, string before, string after)
    {
        var gap = new SampleSpan(4, 6);
        Assert.Equal(before, ObservedRuns.Before(Samples, gap, maximum).ToString());
        Assert.Equal(after, ObservedRuns.After(Samples, gap, maximum).ToString());
    }

    [Fact]
    public void Are_empty_at_the_ends_of_the_lead()
    {
        Assert.True(ObservedRuns.Before([N, 1], new SampleSpan(0, 1), 5).IsEmpty);
        Assert.True(ObservedRuns.After([1, N], new SampleSpan(1, 2), 5).IsEmpty);
    }
}
