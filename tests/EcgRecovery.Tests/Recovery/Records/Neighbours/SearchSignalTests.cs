using EcgRecovery.Records;
using EcgRecovery.Recovery.Records;
using EcgRecovery.Recovery.Records.Neighbours;

namespace EcgRecovery.Tests.Recovery.Records.Neighbours;

public class SearchSignalTests
{
    [Theory]
    [InlineData(100, 1, 100)]
    [InlineData(128, 1, 128)]
    [InlineData(250, 2, 125)]
    [InlineData(360, 3, 120)]
    [InlineData(1000, 8, 125)]
    [InlineData(2000, 17, 117.647)]
    public void The_rate_is_near_120_Hz(double hz, int step, double searchHz)
    {
        var signal = new SearchSignal(new LeadSignal(new float[4000], hz));
        Assert.Equal(step, signal.Step);
        Assert.Equal(searchHz, signal.FrequencyHz, 1e-3);
        Assert.Equal(4000 / step, signal.Length);
    }

    // 360 Hz: three samples become one. The mean of all observed ones is 0.
    [Fact]
    public void A_sample_is_the_mean_of_its_own_and_missing_if_one_of_them_is()
    {
        float[] samples = [1, 2, 3, 4, float.NaN, 6, -7, -8, -9, 6, 6, 6, 99];
        var signal = new SearchSignal(new LeadSignal(samples, 360));
        Assert.Equal([2, 0, -8, 6], signal.Samples);
        Assert.Equal([4, 0, 64, 36], signal.Squares);
        Assert.Equal([false, true, false, false], signal.IsMissing);
        Assert.Equal([new SampleSpan(1, 2)], signal.Missing);
    }

    [Theory]
    [InlineData(double.PositiveInfinity)]
    [InlineData(0.02)]
    public void Sums_are_those_of_the_formula(double tau)
    {
        var random = new Random(3);
        float[] samples = [.. Enumerable.Range(0, 60).Select(_ => random.NextSingle())];
        var signal = new SearchSignal(new LeadSignal(samples, 120));
        var shape = new ContextShape(0.05, tau); // six samples
        var weights = shape.Weights(120);
        Assert.Equal(6, weights.Length);
        Assert.Equal(double.IsInfinity(tau) ? 1 : Math.Exp(-5 / 2.4), weights[5], 1e-6);
        var sums = signal.Sums(shape);
        for (var p = 0; p < 60; p++)
        {
            double left = 0, leftSquares = 0, right = 0, rightSquares = 0;
            for (var j = 0; j < 6; j++)
            {
                double before = p - 1 - j < 0 ? 0 : signal.Samples[p - 1 - j], after = p + j >= 60 ? 0 : signal.Samples[p + j];
                left += weights[j] * before;
                leftSquares += weights[j] * before * before;
                right += weights[j] * after;
                rightSquares += weights[j] * after * after;
            }

            Assert.Equal((left, leftSquares, right, rightSquares), Rounded(sums, p), Near);
        }

        static (double, double, double, double) Rounded(ContextSums sums, int p) =>
            (sums.LeftSum[p], sums.LeftSquares[p], sums.RightSum[p], sums.RightSquares[p]);
        static bool Near((double A, double B, double C, double D) x, (double A, double B, double C, double D) y) =>
            Math.Abs(x.A - y.A) + Math.Abs(x.B - y.B) + Math.Abs(x.C - y.C) + Math.Abs(x.D - y.D) < 1e-5;
    }
}
