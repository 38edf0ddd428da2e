using EcgRecovery.Evaluation.Beats;
using EcgRecovery.Records;

namespace EcgRecovery.Evaluation.Tests.Beats;

public class RealSamplesTests
{
    [Theory]
    [InlineData(187, 100, 137)]
    [InlineData(137, 100, 137)]
    [InlineData(102, 100, 102)]
    [InlineData(100, 100, 100)]
    [InlineData(7, 100, 100)]
    public void Are_those_of_the_gap_before_the_padding(int realLength, long start, long end) =>
        Assert.Equal(new SampleSpan(start, end), RealSamples.Of(new SampleSpan(100, 137), realLength));
}
