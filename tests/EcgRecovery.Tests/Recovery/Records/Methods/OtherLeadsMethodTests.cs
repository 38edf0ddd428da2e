using EcgRecovery.Records;
using EcgRecovery.Recovery.Records;
using EcgRecovery.Recovery.Records.Methods;
using EcgRecovery.Tests.Beats;

namespace EcgRecovery.Tests.Recovery.Records.Methods;

public class OtherLeadsMethodTests
{
    private const double Frequency = 250;

    // The lost lead is a line and a square of the other one, wander of 0.3 mV and noise of 6 µV included.
    [Theory]
    [InlineData(0.15)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(12)]
    public void Recovers_a_lead_that_another_one_determines(double seconds)
    {
        var (lost, other) = Leads(120);
        var gap = Gap(60, seconds);
        var (filled, outcome) = Fill(new OtherLeadsMethod(), lost, [other], gap);
        Assert.Equal(("other-leads", ""), (outcome.Method, outcome.Reason));
        Assert.True(Rmse(lost, filled, gap) < 0.04, $"{Rmse(lost, filled, gap)}");
    }

    [Fact]
    public void Without_a_surviving_lead_the_gap_is_left()
    {
        var (lost, other) = Leads(60);
        var gap = Gap(30, 0.3);
        var broken = (float[])other.Clone();
        broken[gap.Start + 3] = float.NaN;
        Assert.Equal(OtherLeadsMethod.NoLead, Fill(new OtherLeadsMethod(), lost, [], gap).Outcome.Reason);
        Assert.Equal(OtherLeadsMethod.NoLead, Fill(new OtherLeadsMethod(), lost, [broken], gap).Outcome.Reason);
        Assert.Equal(OtherLeadsMethod.NoLead, Fill(new OtherLeadsMethod(), lost, [new float[lost.Length]], gap).Outcome.Reason);
    }

    [Fact]
    public void Similar_uses_a_surviving_lead_where_there_is_one()
    {
        var (lost, other) = Leads(60);
        var gap = Gap(30, 0.3);
        var joint = Fill(new OtherLeadsMethod(), lost, [other], gap);
        var similar = Fill(new SimilarMethod(), lost, [other], gap);
        Assert.Equal(("other-leads", ""), (similar.Outcome.Method, similar.Outcome.Reason));
        Assert.Equal(joint.Filled, similar.Filled);
        Assert.Equal("similar", Fill(new SimilarMethod(), lost, [new float[lost.Length]], gap).Outcome.Method);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(6)]
    public void Error_scales_are_finite_and_above_0(double seconds)
    {
        var (lost, other) = Leads(60);
        var gap = Gap(30, seconds);
        var scale = Fill(new OtherLeadsMethod(), lost, [other], gap).Outcome.ErrorScale!;
        Assert.Equal(gap.Length, scale.Length);
        Assert.All(scale, value => Assert.True(float.IsFinite(value) && value > 0));
    }

    // Units of the leads do not matter, and neither does a lead that holds nothing.
    [Fact]
    public void Neither_the_units_of_the_leads_nor_a_dead_lead_beside_them_change_the_estimate()
    {
        var (lost, other) = Leads(60);
        var gap = Gap(30, 0.5);
        var expected = Fill(new OtherLeadsMethod(), lost, [other], gap).Filled;
        var (filled, _) = Fill(
            new OtherLeadsMethod(), lost, [Array.ConvertAll(other, value => 1024 * value), new float[lost.Length]], gap);
        for (var t = gap.Start; t < gap.End; t++)
            Assert.Equal(expected[t], filled[t], 1e-3);
    }

    // Gaps of several lengths, at the ends, beside each other and with missing samples in the surviving leads' contexts.
    [Theory]
    [InlineData(40)]
    [InlineData(100)]
    [InlineData(500)]
    [InlineData(1000)]
    public void Broken_leads_give_the_same_finite_values_on_any_number_of_threads(double frequency)
    {
        var (lost, other) = Leads(40, frequency);
        SampleSpan[] gaps =
        [
            Gap(0, 0.4, frequency), Gap(10, 1, frequency), Gap(11.1, 0.3, frequency), Gap(16, 4, frequency), Gap(38, 2, frequency),
        ];
        foreach (var gap in gaps)
            lost.AsSpan(gap.ToRange()).Fill(float.NaN);
        var second = Array.ConvertAll(other, value => -value);
        other.AsSpan(Gap(9.5, 0.2, frequency).ToRange()).Fill(float.NaN);
        second.AsSpan(Gap(17, 0.2, frequency).ToRange()).Fill(float.NaN);
        float[] one = new float[lost.Length], four = new float[lost.Length];
        var outcomes = Fill(one, 1);
        Assert.Equal(outcomes.Select(outcome => outcome.IsFilled), Fill(four, 4).Select(outcome => outcome.IsFilled));
        Assert.Equal(one, four);
        Assert.All(outcomes, outcome => Assert.True(outcome.IsFilled));
        Assert.All(one, value => Assert.True(float.IsFinite(value)));

        IReadOnlyList<GapOutcome> Fill(float[] destination, int threads)
        {
            using var method = new OtherLeadsMethod();
            var lead = new LeadSignal(lost, frequency, threads: threads)
            {
                Others = [new LeadSignal(other, frequency), new LeadSignal(second, frequency)],
            };
            return method.Fill(lead, gaps, destination, TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public void A_gap_does_not_depend_on_the_others_of_the_call()
    {
        var (lost, other) = Leads(60);
        SampleSpan[] gaps = [Gap(10, 0.2), Gap(20, 0.7), Gap(30, 2.5)];
        foreach (var gap in gaps)
            lost.AsSpan(gap.ToRange()).Fill(float.NaN);
        var lead = new LeadSignal(lost, Frequency) { Others = [new LeadSignal(other, Frequency)] };
        var (together, alone) = (new float[lost.Length], new float[lost.Length]);
        using var method = new OtherLeadsMethod();
        method.Fill(lead, gaps, together, TestContext.Current.CancellationToken);
        foreach (var gap in gaps)
            method.Fill(lead, [gap], alone, TestContext.Current.CancellationToken);
        Assert.Equal(together, alone);
    }

    private static SampleSpan Gap(double at, double seconds, double frequency = Frequency) =>
        new((long)(at * frequency), (long)((at + seconds) * frequency));

    private static (float[] Lost, float[] Other) Leads(double seconds, double frequency = Frequency)
    {
        var other = new SyntheticLead(frequency, seconds, SyntheticLead.IrregularBeats(seconds)).MilliVolts;
        return ([.. other.Select(value => 0.5f + (0.6f * value) - (0.3f * value * value))], other);
    }

    private static (float[] Filled, GapOutcome Outcome) Fill(RecordRecoveryMethod method, float[] lost, float[][] others, SampleSpan gap)
    {
        using var _ = method;
        var cut = (float[])lost.Clone();
        cut.AsSpan(gap.ToRange()).Fill(float.NaN);
        var lead = new LeadSignal(cut, Frequency) { Others = [.. others.Select(other => new LeadSignal(other, Frequency))] };
        var filled = (float[])cut.Clone();
        return (filled, method.Fill(lead, [gap], filled, TestContext.Current.CancellationToken)[0]);
    }

    private static double Rmse(float[] truth, float[] filled, SampleSpan gap) => Math.Sqrt(
        Enumerable.Range((int)gap.Start, (int)gap.Length).Average(t => Math.Pow((double)filled[t] - truth[t], 2)));
}
