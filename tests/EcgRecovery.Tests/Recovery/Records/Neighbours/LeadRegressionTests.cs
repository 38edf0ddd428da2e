using EcgRecovery.Records;
using EcgRecovery.Recovery.Records;
using EcgRecovery.Recovery.Records.Neighbours;

namespace EcgRecovery.Tests.Recovery.Records.Neighbours;

public class LeadRegressionTests
{
    private const double Frequency = 250; // 16 ms are four samples
    private static readonly SampleSpan s_gap = new(2500, 2650);

    [Fact]
    public void Recovers_a_combination_of_delayed_leads_to_the_ridge_s_bias()
    {
        var (first, second) = (Noise(1), Noise(2));
        var lost = new float[first.Length];
        for (var t = 4; t < lost.Length; t++)
            lost[t] = 3 + (0.7f * first[t - 4]) - (0.4f * second[t]);
        var truth = lost[s_gap.ToRange()];
        lost.AsSpan(s_gap.ToRange()).Fill(float.NaN);
        // Another unit and an offset change nothing.
        var scaled = Array.ConvertAll(second, value => 7 + (1000 * value));
        var (estimate, line) = Estimate(lost, first, scaled)!.Value;
        for (var t = 0; t < truth.Length; t++)
            Assert.Equal(truth[t], estimate.Samples[t], 0.005);
        Assert.InRange(estimate.LeaveOneOutError, 0, 0.005);
        Assert.InRange(line, 0.2, 0.3);
    }

    // Uniform noise within ± ½ that no lead predicts has a standard deviation of 0.289.
    [Fact]
    public void The_error_is_that_on_what_was_held_out()
    {
        var (first, own) = (Noise(1), Noise(3));
        float[] lost = [.. first.Zip(own, (x, y) => x + y)];
        lost.AsSpan(s_gap.ToRange()).Fill(float.NaN);
        var (estimate, _) = Estimate(lost, first)!.Value;
        Assert.InRange(estimate.LeaveOneOutError, 0.28, 0.31);
        Assert.InRange(estimate.ErrorScale.Average(), 0.28, 0.31);
    }

    [Fact]
    public void With_too_little_signal_there_is_no_estimate()
    {
        var lost = Noise(1);
        lost.AsSpan(100).Fill(float.NaN);
        Assert.Null(Estimate(lost, Noise(2)));
        Assert.Null(LeadRegression.Estimate(Lead(new float[6]), [Lead(new float[6])], new SampleSpan(2, 4), isLevelled: true));
    }

    private static (ContextEstimate Estimate, double LineError)? Estimate(float[] lost, params float[][] others) =>
        LeadRegression.Estimate(Lead(lost), Array.ConvertAll(others, Lead), s_gap, isLevelled: true);

    private static LeadSignal Lead(float[] samples) => new(samples, Frequency);

    private static float[] Noise(int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, 5000).Select(_ => (float)(random.NextDouble() - 0.5))];
    }
}
