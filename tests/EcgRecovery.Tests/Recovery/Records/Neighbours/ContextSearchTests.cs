using EcgRecovery.Records;
using EcgRecovery.Recovery.Records;
using EcgRecovery.Recovery.Records.Neighbours;

namespace EcgRecovery.Tests.Recovery.Records.Neighbours;

public class ContextSearchTests
{
    private static readonly ContextShape s_shape = new(0.1, 0.05); // twelve samples at 120 Hz
    private static readonly SampleSpan s_gap = new(700, 720);

    [Fact]
    public void Distances_are_those_of_the_formula_and_ascend()
    {
        var (lead, signal) = Noise(missing: []);
        var whole = new SampleSpan(0, lead.Length);
        var (rigid, elastic, _, _) = new ContextSearch().Find(signal, [s_gap], [whole], s_shape, 20, isElastic: true)[0];
        Assert.Equal(20, rigid.Count);
        Assert.Equal(20, elastic.Count);
        Assert.Contains(elastic, match => match.Stretch != 0);
        foreach (var match in rigid.Concat(elastic))
            Assert.Equal(Distance(lead.Samples, match), match.Distance, 1e-4);
        Assert.Equal(rigid.OrderBy(match => match.Distance), rigid);
        Assert.All(rigid, match => Assert.Equal(0, match.Stretch));
        Assert.All(elastic, match => Assert.InRange(match.Stretch, -4, 4)); // 20 % of 20 samples
    }

    [Fact]
    public void By_one_side_alone_only_that_context_counts_about_its_own_mean()
    {
        var (lead, signal) = Noise(missing: []);
        var shape = s_shape with { IsUsedApart = true };
        var found = new ContextSearch().Find(signal, [s_gap], [new SampleSpan(0, lead.Length)], shape, 20, isElastic: false)[0];
        Assert.Equal(20, found.Left.Count);
        Assert.Equal(20, found.Right.Count);
        foreach (var match in found.Left)
            Assert.Equal(Distance(lead.Samples, match, isRight: false), match.Distance, 1e-4);
        foreach (var match in found.Right)
            Assert.Equal(Distance(lead.Samples, match, isLeft: false), match.Distance, 1e-4);
        Assert.NotEqual(found.Left, found.Right);
        Assert.Equal(found.Left.OrderBy(match => match.Distance), found.Left);
    }

    [Fact]
    public void A_side_without_signal_has_no_match_of_its_own()
    {
        var (lead, signal) = Noise([new(720, 740)]);
        var shape = s_shape with { IsUsedApart = true };
        var found = new ContextSearch().Find(signal, [s_gap], [new SampleSpan(0, lead.Length)], shape, 20, isElastic: false)[0];
        Assert.Equal(20, found.Left.Count);
        Assert.Empty(found.Right);
    }

    [Fact]
    public void No_match_touches_a_missing_sample_or_reaches_outside_the_window()
    {
        SampleSpan[] missing = [new(200, 210), new(400, 401), new(900, 1000)];
        var (_, signal) = Noise(missing);
        var window = new SampleSpan(100, 1100);
        var (rigid, elastic, _, _) = new ContextSearch().Find(signal, [s_gap], [window], s_shape, 60, isElastic: true)[0];
        foreach (var match in rigid.Concat(elastic))
        {
            var used = new SampleSpan(s_gap.Start + match.Shift - 12, s_gap.End + match.Shift + match.Stretch + 12);
            Assert.Equal(used, used.Intersect(window));
            Assert.All([.. missing, s_gap], span => Assert.True(span.Intersect(used).IsEmpty));
        }

        Assert.NotEmpty(elastic);
    }

    [Fact]
    public void A_match_does_not_depend_on_the_other_gaps_of_the_group()
    {
        SampleSpan other = new(300, 340), third = new(500, 505);
        var (lead, signal) = Noise([other, third]);
        var whole = new SampleSpan(0, lead.Length);
        var alone = new ContextSearch().Find(signal, [s_gap], [whole], s_shape, 20, isElastic: true)[0];
        var together = new ContextSearch().Find(signal, [other, third, s_gap], [whole, whole, whole], s_shape, 20, isElastic: true)[2];
        Assert.Equal(alone.Rigid, together.Rigid);
        Assert.Equal(alone.Elastic, together.Elastic);
    }

    // A hole in the gap's own context: the samples beyond it still count, those in it do not.
    [Fact]
    public void Missing_samples_in_the_contexts_weigh_nothing()
    {
        var (lead, signal) = Noise([new(690, 693)]);
        var rigid = new ContextSearch().Find(signal, [s_gap], [new SampleSpan(0, lead.Length)], s_shape, 20, isElastic: false)[0].Rigid;
        Assert.Equal(20, rigid.Count);
        foreach (var match in rigid)
            Assert.Equal(Distance(lead.Samples, match), match.Distance, 1e-4);
    }

    [Fact]
    public void A_gap_without_signal_beside_it_has_no_match()
    {
        var (lead, signal) = Noise([new(680, 700), new(720, 740)]);
        var whole = new SampleSpan(0, lead.Length);
        var (rigid, elastic, _, _) = new ContextSearch().Find(signal, [s_gap], [whole], s_shape, 20, isElastic: true)[0];
        Assert.Empty(rigid);
        Assert.Empty(elastic);
    }

    private static (LeadSignal Lead, SearchSignal Signal) Noise(SampleSpan[] missing)
    {
        var random = new Random(4);
        float[] samples = [.. Enumerable.Range(0, 1200).Select(_ => random.NextSingle())];
        foreach (var span in missing.Append(s_gap))
            samples.AsSpan(span.ToRange()).Fill(float.NaN);
        var lead = new LeadSignal(samples, 120);
        return (lead, new SearchSignal(lead));
    }

    private static double Distance(ReadOnlySpan<float> x, ContextMatch match, bool isLeft = true, bool isRight = true)
    {
        double weight = 0, sum = 0, squares = 0;
        var weights = s_shape.Weights(120);
        for (var j = 0; j < 12; j++)
        {
            Add(x[(int)s_gap.Start - 1 - j], x[(int)s_gap.Start - 1 - j + match.Shift], isLeft ? weights[j] : 0);
            Add(x[(int)s_gap.End + j], x[(int)s_gap.End + j + match.Shift + match.Stretch], isRight ? weights[j] : 0);
        }

        return (squares - (sum * sum / weight)) * (1 + (20 * Math.Pow(match.Stretch / 20.0, 2)));

        void Add(float query, float place, double w)
        {
            if (float.IsNaN(query) || w == 0)
                return;
            weight += w;
            sum += w * (place - query);
            squares += w * (place - query) * (place - query);
        }
    }
}
