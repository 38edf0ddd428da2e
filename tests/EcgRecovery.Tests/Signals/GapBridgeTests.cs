using EcgRecovery.Signals;

namespace EcgRecovery.Tests.Signals;

public class GapBridgeTests
{
    private const double Nan = double.NaN;

    [Theory]
    [InlineData(new[] { 1, Nan, 3 }, new[] { 1.0, 2, 3 }, 1)]
    [InlineData(new[] { 1, Nan, double.PositiveInfinity, 7, Nan, 5 }, new[] { 1.0, 3, 5, 7, 6, 5 }, 3)]
    [InlineData(new[] { 1, Nan, Nan, Nan, Nan, 9 }, new[] { 1.0, 1, 1, 9, 9, 9 }, 4)] // longer than 3: the nearer edge's value
    [InlineData(new[] { Nan, Nan, 4, Nan }, new[] { 4.0, 4, 4, 4 }, 3)]
    [InlineData(new[] { Nan, Nan }, new[] { 0.0, 0 }, 2)]
    [InlineData(new[] { 1.0, 2 }, new[] { 1.0, 2 }, 0)]
    [InlineData(new double[0], new double[0], 0)]
    public void Bridges_what_is_missing_and_says_what_was(double[] samples, double[] expected, int missing)
    {
        var expectedMissing = samples.Select(value => double.IsFinite(value) ? 0.0 : 1).ToArray();
        var isMissing = Enumerable.Repeat(5.0, samples.Length).ToArray();
        Assert.Equal(missing, GapBridge.Fill(samples, isMissing, longest: 3));
        Assert.Equal(expected, samples);
        Assert.Equal(expectedMissing, isMissing);
    }
}
