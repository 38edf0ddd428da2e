using EcgRecovery.Records;
using EcgRecovery.Recovery;

namespace EcgRecovery.Tests.Recovery.Records;

/// <summary>Limb leads follow exactly from two others, and are marked as derived.</summary>
public sealed class LimbLeadsTests : IDisposable
{
    private const int M = EcgLead.MissingAdcUnits;
    private const int Count = 2_000;

    private static readonly string[] s_names = ["I", "II", "III", "aVR", "aVL", "aVF"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("I", "II", "III")]
    [InlineData("III", "aVR", "aVF")]
    [InlineData("aVL", "aVF", "aVR")]
    [InlineData("aVR", "I", "aVL")]
    [InlineData("II", "III", "aVL")]
    [InlineData("aVF", "ecg i", "Lead AVR")]
    public void Any_two_give_a_third(string lost, params string[] others)
    {
        var truth = Leads();
        var survivors = others.Select(name => truth[Index(name)] with { Name = name });
        var broken = Record([Without(truth[Index(lost)], new SampleSpan(500, 1_500)), .. survivors]);
        var recovered = broken.Recover();
        Assert.Equal(truth[Index(lost)].ToAdcUnits(), recovered.Record.Leads[0].ToAdcUnits());
        var gap = Assert.Single(recovered.Gaps[0]);
        Assert.Equal((new SampleSpan(500, 1_500), ProvenanceSpan.LimbLeads, SampleOrigin.Derived), (gap.Span, gap.Method, gap.Origin));
        var mark = Assert.Single(recovered.Record.Provenance);
        Assert.Equal((SampleOrigin.Derived, "limb-leads", null), (mark.Origin, mark.Method, mark.IntervalLevel));
        Assert.Equal(others.Length + 1, recovered.Record.Leads.Count);
    }

    [Fact]
    public void A_lead_that_was_never_observed_is_derived_and_becomes_missing_again()
    {
        var truth = Leads();
        using var recovered = Record([truth[0], truth[1], Without(truth[2], new SampleSpan(0, Count))]).Recover().Record;
        Assert.Equal(truth[2].ToAdcUnits(), recovered.Leads[2].ToAdcUnits());
        recovered.Write(_folder.File("r.edf"));
        using var read = EcgRecord.Open(_folder.File("r.edf"));
        Assert.Equal(SampleOrigin.Derived, Assert.Single(read.Provenance).Origin);
        Assert.All(read.WithoutRecovered().Leads[2].ToMilliVolts(), sample => Assert.True(float.IsNaN(sample)));
    }

    [Fact]
    public void What_only_one_other_lead_has_is_estimated()
    {
        var truth = Leads();
        var broken = Record([Without(truth[2], new SampleSpan(100, 200)), truth[0], Without(truth[1], new SampleSpan(150, 160))]);
        var recovered = broken.Recover(new RecordRecoveryOptions { Method = "linear", Leads = [0] });
        Assert.Equal(
            [("100..150", "limb-leads"), ("150..160", "linear"), ("160..200", "limb-leads")],
            recovered.Gaps[0].Select(gap => (gap.Span.ToString(), gap.Method!)));
    }

    [Fact]
    public void Leads_whose_identities_do_not_hold_are_not_derived()
    {
        var truth = Leads();
        var wrong = truth[1] with { AdcUnits = new MemorySamples<int>([.. Enumerable.Range(0, Count).Select(t => t * 37 % 501)]) };
        var recovered = Record([Without(truth[2], new SampleSpan(100, 200)), truth[0], wrong])
            .Recover(new RecordRecoveryOptions { Method = "linear" });
        Assert.Equal(["linear"], recovered.Gaps[0].Select(gap => gap.Method));
    }

    [Fact]
    public void A_lead_with_a_scale_of_its_own_is_fitted()
    {
        var truth = Leads();
        // The same samples, but the header gives lead II a gain that is wrong by a fifth.
        var recovered = Record([Without(truth[2], new SampleSpan(100, 200)), truth[0], truth[1] with { Gain = 1200 }]).Recover();
        Assert.Equal(truth[2].ToAdcUnits(), recovered.Record.Leads[0].ToAdcUnits());
    }

    [Fact]
    public void A_lead_that_was_never_observed_is_not_derived_where_others_contradict()
    {
        var truth = Leads();
        var never = Without(truth[2], new SampleSpan(0, Count));
        var right = Record([never, truth[0], truth[1], truth[5]]).Recover();
        Assert.Equal(truth[2].ToAdcUnits(), right.Record.Leads[0].ToAdcUnits());
        var wrong = Record([never, truth[0], truth[1] with { Gain = 1200 }, truth[5]]).Recover();
        Assert.Equal("no sample is observed", Assert.Single(wrong.Gaps[0]).Reason);
    }

    [Fact]
    public void Units_may_differ()
    {
        var truth = Leads();
        var micro = truth[1] with { Unit = "uV", Gain = 1 };
        var recovered = Record([Without(truth[2], new SampleSpan(100, 200)), truth[0], micro]).Recover();
        Assert.Equal(truth[2].ToAdcUnits(), recovered.Record.Leads[0].ToAdcUnits());
    }

    private static int Index(string name) =>
        Array.FindIndex(s_names, known => known.Equals(name.Split(' ')[^1], StringComparison.OrdinalIgnoreCase));

    /// <summary>Multiples of 4 µV of two potentials, so that halves are whole numbers.</summary>
    private static EcgLead[] Leads()
    {
        int[] first = [.. Enumerable.Range(0, Count).Select(t => 4 * (t * 7 % 101))];
        int[] second = [.. Enumerable.Range(0, Count).Select(t => 4 * ((t * 13 % 97) - 40))];
        return
        [
            Lead("I", (i, _) => i),
            Lead("II", (_, ii) => ii),
            Lead("III", (i, ii) => ii - i),
            Lead("aVR", (i, ii) => -(i + ii) / 2),
            Lead("aVL", (i, ii) => i - (ii / 2)),
            Lead("aVF", (i, ii) => ii - (i / 2)),
        ];

        EcgLead Lead(string name, Func<int, int, int> sum) => new()
        {
            Name = name,
            Gain = 1000,
            SamplingFrequencyHz = 500,
            AdcUnits = new MemorySamples<int>([.. first.Zip(second, sum)]),
        };
    }

    private static EcgLead Without(EcgLead lead, SampleSpan gap)
    {
        var samples = lead.ToAdcUnits();
        samples.AsSpan(gap.ToRange()).Fill(M);
        return lead with { AdcUnits = new MemorySamples<int>(samples) };
    }

    private static EcgRecord Record(IReadOnlyList<EcgLead> leads) => new() { Name = "r", SamplingFrequencyHz = 500, Leads = leads };
}
