using EcgRecovery.Recovery.Records.Neighbours;

namespace EcgRecovery.Tests.Recovery.Records.Neighbours;

public class CorrelationTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(23, 24)]
    [InlineData(100, 7)]
    public void Products_are_those_of_the_formula(int count, int taps)
    {
        var random = new Random(1);
        float[] x = [.. Enumerable.Range(0, count + taps - 1 + Correlation.Padding).Select(_ => random.NextSingle() - 0.5f)];
        float[] filters = [.. Enumerable.Range(0, taps * Correlation.Filters).Select(_ => random.NextSingle() - 0.5f)];
        var outputs = Enumerable.Range(0, Correlation.Filters).Select(_ => new float[count + Correlation.Padding]).ToArray();
        Correlation.Run(x, filters, count, Array.ConvertAll(outputs, output => output.AsMemory()));
        for (var i = 0; i < Correlation.Filters; i++)
        {
            for (var p = 0; p < count; p++)
            {
                var sum = 0.0;
                for (var j = 0; j < taps; j++)
                    sum += (double)filters[(j * Correlation.Filters) + i] * x[p + j];
                Assert.Equal(sum, outputs[i][p], 1e-5);
            }
        }
    }

    [Fact]
    public void A_signal_that_is_too_short_is_refused()
    {
        var outputs = Enumerable.Range(0, Correlation.Filters).Select(_ => new float[10 + Correlation.Padding].AsMemory()).ToArray();
        var taps = new float[2 * Correlation.Filters];
        Assert.Throws<ArgumentOutOfRangeException>(() => Correlation.Run(new float[10 + Correlation.Padding], taps, 10, outputs));
    }
}
