using EcgRecovery.Neural.Reference;

namespace EcgRecovery.Neural.Tests.Reference;

public class ReferenceClippingTests
{
    [Fact]
    public void Shortens_what_is_too_long_and_keeps_the_direction()
    {
        double[] gradients = [3, -4];
        Assert.Equal(5, ReferenceClipping.ByGlobalNorm(gradients, 1));
        Assert.Equal(0.6, gradients[0], 1e-15);
        Assert.Equal(-0.8, gradients[1], 1e-15);
    }

    [Theory]
    [InlineData(5.0)]
    [InlineData(6.0)]
    public void Leaves_what_is_short_enough(double maximumNorm)
    {
        double[] gradients = [3, -4];
        Assert.Equal(5, ReferenceClipping.ByGlobalNorm(gradients, maximumNorm));
        Assert.Equal([3, -4], gradients);
    }

    [Fact]
    public void Leaves_zeros()
    {
        double[] gradients = [0, 0];
        Assert.Equal(0, ReferenceClipping.ByGlobalNorm(gradients, 1));
        Assert.Equal([0, 0], gradients);
    }

    [Fact]
    public void Refuses_a_norm_that_is_none() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ReferenceClipping.ByGlobalNorm([1.0], 0));
}
