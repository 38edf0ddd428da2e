using EcgRecovery.Evaluation.Records.Entrants;
using EcgRecovery.Evaluation.Records.Plans;
using EcgRecovery.Evaluation.Records.Truth;
using EcgRecovery.Records;
using EcgRecovery.Recovery;

namespace EcgRecovery.Evaluation.Tests.Records.Entrants;

public class OracleTimesEntrantTests
{
    [Fact]
    public void It_knows_the_beats_and_nothing_else_of_what_is_lost()
    {
        var record = SpikeRecord.Of(frequency: 125);
        SampleSpan gap = new(800, 890);
        var cut = new GapCut([.. record.Leads.Select((_, lead) => new LostLead(lead, [gap], lead == 0 ? [gap] : []))]);
        var expected = Fill(record, cut);
        Assert.Equal(gap.Length, expected.Length);
        Assert.All(expected, value => Assert.True(float.IsFinite(value)));
        Assert.Equal(expected, Fill(record.With(lead => Poisoned(lead, gap)), cut));
    }

    [Fact]
    public void Tables_say_that_it_saw_what_it_is_tested_on()
    {
        using var oracle = new OracleTimesEntrant(new RecoveryOptions());
        Assert.True(oracle.SawAny(new HashSet<string> { "100" }));
    }

    private static float[] Fill(TestedRecord record, GapCut cut)
    {
        using var oracle = new OracleTimesEntrant(new RecoveryOptions { SelfTestGaps = 0 });
        return Assert.Single(oracle.Fill(record, cut, default, 1, TestContext.Current.CancellationToken)).Samples;
    }

    private static float[] Poisoned(TestedLead lead, SampleSpan gap)
    {
        var samples = (float[])lead.MilliVolts.Clone();
        samples.AsSpan(gap.ToRange()).Fill(1e6f);
        return samples;
    }
}
