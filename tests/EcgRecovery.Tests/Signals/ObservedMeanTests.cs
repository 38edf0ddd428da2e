using EcgRecovery.Signals;

namespace EcgRecovery.Tests.Signals;

public class ObservedMeanTests
{
    [Fact]
    public void Missing_samples_do_not_count()
    {
        Assert.Equal(3, ObservedMean.Of([1, float.NaN, 5]));
        Assert.Equal(0, ObservedMean.Of([float.NaN]));
        Assert.Equal(0, ObservedMean.Of([]));
    }
}
