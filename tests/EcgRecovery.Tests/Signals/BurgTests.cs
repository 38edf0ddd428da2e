using EcgRecovery.Signals;

namespace EcgRecovery.Tests.Signals;

/// <summary>Autoregressive models by Burg's method.</summary>
public class BurgTests
{
    // Independent: in Python, the errors of every order computed anew from its coefficients instead of from those of the order before.
    //   a = [1.0]
    //   for m in range(1, p + 1):
    //       f = lambda t: sum(a[k] * x[t - k] for k in range(m))
    //       b = lambda t: sum(a[k] * x[t - (m - 1) + k] for k in range(m))
    //       k = -2 * sum(f(t) * b(t - 1) for t in range(m, n)) / sum(f(t) ** 2 + b(t - 1) ** 2 for t in range(m, n))
    //       e = a + [0.0]; a = [e[i] + k * e[m - i] for i in range(m + 1)]
    [Fact]
    public void Fits_as_an_independent_implementation()
    {
        double[] x = [3, 1, -2, -4, -1, 3, 5, 2, -1, -3, -2, 2];
        double[] expected = [-0.771111486356056, 0.790655170115693, 0.1492036815181931];
        var coefficients = Burg.Fit(x, 3);
        for (var k = 0; k < 3; k++)
            Assert.Equal(expected[k], coefficients[k], 1e-13);
    }

    [Fact]
    public void Continues_oscillations()
    {
        var x = Enumerable.Range(0, 460).Select(t => Math.Sin(0.3 * t) + (0.5 * Math.Cos(0.11 * t))).ToArray();
        var signal = (double[])x.Clone();
        signal.AsSpan(400).Clear();
        Burg.Continue(Burg.Fit(signal.AsSpan(0, 400), 40), signal, 400);
        for (var t = 400; t < x.Length; t++)
            Assert.Equal(x[t], signal[t], 0.05);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1e-150)]
    [InlineData(3e38)]
    public void A_constant_has_finite_coefficients(double value)
    {
        var x = Enumerable.Repeat(value, 50).ToArray();
        Assert.All(Burg.Fit(x, 20), coefficient => Assert.True(double.IsFinite(coefficient)));
    }

    [Fact]
    public void The_order_is_below_the_number_of_samples() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Burg.Fit([1, 2, 3], 3));
}
