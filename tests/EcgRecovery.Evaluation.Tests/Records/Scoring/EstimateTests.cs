using EcgRecovery.Evaluation.Records.Scoring;
using EcgRecovery.Evaluation.Records.Truth;
using EcgRecovery.Records;

namespace EcgRecovery.Evaluation.Tests.Records.Scoring;

public class EstimateTests
{
    private static readonly TestedRecord s_record =
        new([new("x", [9, 1, 2, 9], 10) { Name = "I" }, new("x", [9, 2, 4, 9], 10) { Name = "II" }]);

    [Fact]
    public void An_estimate_is_compared_with_its_own_lead()
    {
        var attempt = new Estimate(1, new SampleSpan(1, 3), [5, 4], IsBySimplerMethod: true).Score(s_record, new GapScorer(null), "mine");
        Assert.Equal(Math.Sqrt(4.5), attempt.Score!.Rmse, 6);
        Assert.True(attempt.IsBySimplerMethod);
        Assert.Null(attempt.Judgement);
    }

    [Fact]
    public void Without_samples_there_is_no_score() =>
        Assert.Same(GapAttempt.None, new Estimate(1, new SampleSpan(1, 3), []).Score(s_record, new GapScorer(null), "mine"));

    [Theory]
    [InlineData(float.NaN, "NaN")]
    [InlineData(float.NegativeInfinity, "-Infinity")]
    public void A_sample_that_is_not_finite_is_refused(float sample, string text)
    {
        var exception = Assert.Throws<InvalidDataException>(
            () => new Estimate(0, new SampleSpan(1, 3), [1, sample]).Score(s_record, new GapScorer(null), "mine"));
        Assert.Equal($"mine recovers sample 2 of record x as {text}; expected a finite number.", exception.Message);
    }
}
