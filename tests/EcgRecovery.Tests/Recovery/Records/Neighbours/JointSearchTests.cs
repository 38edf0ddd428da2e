using EcgRecovery.Records;
using EcgRecovery.Recovery.Records;
using EcgRecovery.Recovery.Records.Neighbours;

namespace EcgRecovery.Tests.Recovery.Records.Neighbours;

public class JointSearchTests
{
    private const double Frequency = 120;
    private static readonly ContextShape s_shape = new(0.1, 0.05); // twelve samples at 120 Hz
    private static readonly SampleSpan s_gap = new(700, 720);

    // The formula, sample by sample, in double precision. The other lead has missing samples in its context in the second case, and the
    // lost lead in the third.
    [Theory]
    [InlineData(-1, -1)]
    [InlineData(690, -1)]
    [InlineData(-1, 725)]
    public void Distances_are_those_of_the_formula_and_ascend(int missingOther, int missingLost)
    {
        var (lost, other) = (Noise(1), Noise(2));
        lost.AsSpan(s_gap.ToRange()).Fill(float.NaN);
        if (missingOther >= 0)
            other.AsSpan(missingOther, 3).Fill(float.NaN);
        if (missingLost >= 0)
            lost.AsSpan(missingLost, 3).Fill(float.NaN);
        var leads = Leads(lost, other);
        var found = new JointSearch().Find([leads], [s_gap], [new SampleSpan(0, lost.Length)], s_shape, 20)[0];
        Assert.Equal(20, found.Count);
        Assert.Equal(found.OrderBy(match => match.Distance), found);
        foreach (var match in found)
            Assert.Equal(Distance(leads, lost, other, match.Shift), match.Distance, 1e-3);
    }

    [Fact]
    public void No_match_touches_a_missing_sample_of_a_lead_or_reaches_outside_the_window()
    {
        var (lost, other) = (Noise(1), Noise(2));
        SampleSpan[] missing = [new(200, 210), new(400, 401)];
        lost.AsSpan(s_gap.ToRange()).Fill(float.NaN);
        lost.AsSpan(missing[0].ToRange()).Fill(float.NaN);
        other.AsSpan(missing[1].ToRange()).Fill(float.NaN);
        var window = new SampleSpan(100, 1100);
        var found = new JointSearch().Find([Leads(lost, other)], [s_gap], [window], s_shape, 60)[0];
        Assert.NotEmpty(found);
        foreach (var match in found)
        {
            var used = new SampleSpan(s_gap.Start - 12, s_gap.End + 12).Shift(match.Shift);
            Assert.Equal(used, used.Intersect(window));
            Assert.All(missing, span => Assert.True(span.Intersect(used).IsEmpty));
        }
    }

    [Fact]
    public void A_match_does_not_depend_on_the_other_gaps_of_the_group()
    {
        var (lost, other) = (Noise(1), Noise(2));
        SampleSpan[] gaps = [new(300, 340), new(500, 505), s_gap];
        foreach (var gap in gaps)
            lost.AsSpan(gap.ToRange()).Fill(float.NaN);
        var (leads, whole) = (Leads(lost, other), new SampleSpan(0, lost.Length));
        var search = new JointSearch();
        var together = search.Find([leads, leads, leads], gaps, [whole, whole, whole], s_shape, 20);
        for (var i = 0; i < gaps.Length; i++)
            Assert.Equal(search.Find([leads], [gaps[i]], [whole], s_shape, 20)[0], together[i]);
    }

    private static float[] Noise(int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, 1200).Select(_ => (float)(random.NextDouble() - 0.5))];
    }

    private static JointLeads Leads(float[] lost, float[] other) => JointLeads.Of(
        JointLead.Of(new LeadSignal(lost, Frequency)),
        [JointLead.Of(new LeadSignal(other, Frequency))],
        new SampleSpan(0, lost.Length),
        weight: 0.5);

    private static double Distance(JointLeads leads, float[] lost, float[] other, int shift)
    {
        int start = (int)s_gap.Start, end = (int)s_gap.End;
        var contexts = Enumerable.Range(start - 12, 12).Concat(Enumerable.Range(end, 12)).Where(t => !float.IsNaN(lost[t])).ToArray();
        var window = Enumerable.Range(start - 12, end - start + 24).Where(t => !float.IsNaN(other[t])).ToArray();
        return (leads.LostFactor * Sum(lost, contexts)) + (leads.Factors[0] * Sum(other, window));

        double Sum(float[] x, int[] at)
        {
            var weights = at.Select(Weight).ToArray();
            var total = weights.Sum();
            var mean = at.Select((t, i) => weights[i] * x[t + shift]).Sum() / total;
            var own = at.Select((t, i) => weights[i] * x[t]).Sum() / total;
            return at.Select((t, i) => weights[i] * Math.Pow(x[t + shift] - mean - (x[t] - own), 2)).Sum();
        }

        double Weight(int t) => t < start ? Math.Exp(-(start - 1 - t) / 6.0) : t < end ? 1 : Math.Exp(-(t - end) / 6.0);
    }
}
