using EcgRecovery.Evaluation.Records.Plans;
using EcgRecovery.Records;

namespace EcgRecovery.Evaluation.Tests.Records.Plans;

public class RealLossTests
{
    private const long OwnLength = 543_240;

    [Fact]
    public void At_its_own_length_the_losses_are_those_of_the_recording()
    {
        var gaps = RealLoss.Gaps(OwnLength);
        // 39 losses, of which three touch: the flat line and one on each side of it.
        Assert.Equal(37, gaps.Count);
        Assert.Equal([new(0, 25_740), new(42_918, 42_920), new(42_923, 42_932), new SampleSpan(49_782, 53_969)], gaps.Take(4));
        Assert.Equal(new SampleSpan(532_976, 533_003), gaps[^1]);
        Assert.Equal(0.0564, gaps.Sum(gap => gap.Length) / (double)OwnLength, 4);
        // All but the first 206 s and the flat line of 33.5 s.
        Assert.Equal(35, gaps.Count(gap => RealLoss.IsScored(gap, OwnLength)));
    }

    /// <remarks>
    /// From Python, lost being the 39 spans:
    /// <code>
    /// for n in (650000, 37500):
    ///     c = n/543240; gaps = []
    ///     for a, b in ((round(a*c), max(round(a*c) + 1, round(b*c))) for a, b in lost):
    ///         if gaps and a &lt;= gaps[-1][1]: gaps[-1] = (gaps[-1][0], max(b, gaps[-1][1]))
    ///         else: gaps.append((a, b))
    ///     scored = [g for g in gaps if (g[1] - g[0])/c/125 &lt;= 2]
    ///     print(len(gaps), len(scored), scored[0], scored[2], gaps[-1], sum(b - a for a, b in gaps)/n)
    /// </code>
    /// </remarks>
    [Theory]
    [InlineData(650_000, 37, 35, "51352..51355", "64965..64983", "637719..637751", 0.05637846)]
    [InlineData(37_500, 30, 28, "2963..2964", "3861..3862", "36791..36793", 0.0568)]
    public void In_a_recording_of_another_length_they_are_stretched_or_shrunk(
        long sampleCount, int count, int scoredCount, string first, string third, string last, double share)
    {
        var gaps = RealLoss.Gaps(sampleCount);
        SampleSpan[] scored = [.. gaps.Where(gap => RealLoss.IsScored(gap, sampleCount))];
        Assert.Equal((count, scoredCount), (gaps.Count, scored.Length));
        Assert.Equal([SampleSpan.Parse(first), SampleSpan.Parse(third), SampleSpan.Parse(last)], [scored[0], scored[2], gaps[^1]]);
        Assert.Equal(share, gaps.Sum(gap => gap.Length) / (double)sampleCount, 6);
    }
}
