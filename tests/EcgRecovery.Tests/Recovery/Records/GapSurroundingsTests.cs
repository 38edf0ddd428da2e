using EcgRecovery.Records;
using EcgRecovery.Recovery.Records;
using EcgRecovery.Tests.Beats;

namespace EcgRecovery.Tests.Recovery.Records;

public class GapSurroundingsTests
{
    private const int Hz = 250;
    private const double Seconds = 40;

    private static readonly SampleSpan s_gap = new(20 * Hz, 21 * Hz);

    private static float[] Beats => new SyntheticLead(Hz, Seconds, SyntheticLead.IrregularBeats(Seconds)).MilliVolts;

    private static float[] Fibrillation => SyntheticNoise.Fibrillation(Seconds, Hz);

    private static float[] Noise => SyntheticNoise.White(Seconds, Hz);

    [Fact]
    public void A_gap_among_beats_has_no_reason_to_be_left() => Assert.Null(Reason(Lead(Beats), s_gap));

    [Fact]
    public void A_gap_in_fibrillation_is_left() => Assert.Equal(GapSurroundings.Fibrillation, Reason(Lead(Fibrillation), s_gap));

    [Fact]
    public void A_gap_in_noise_is_left() => Assert.Equal(GapSurroundings.Noise, Reason(Lead(Noise), s_gap));

    [Fact]
    public void Fibrillation_on_one_side_is_enough()
    {
        var samples = Beats;
        Fibrillation.AsSpan((int)s_gap.End..).CopyTo(samples.AsSpan((int)s_gap.End..));
        Assert.Equal(GapSurroundings.Fibrillation, Reason(Lead(samples), s_gap));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void A_gap_at_an_end_of_the_lead_is_judged_from_the_other_side(int end)
    {
        var gap = end == 0 ? new SampleSpan(0, Hz) : new SampleSpan(39 * Hz, 40 * Hz);
        Assert.Null(Reason(Lead(Beats), gap));
        Assert.Equal(GapSurroundings.Fibrillation, Reason(Lead(Fibrillation), gap));
        Assert.Equal(GapSurroundings.Noise, Reason(Lead(Noise), gap));
    }

    [Fact]
    public void Missing_samples_beside_the_gap_move_the_judgement_further_away()
    {
        var samples = Noise;
        samples.AsSpan(17 * Hz, 3 * Hz).Fill(float.NaN);
        Assert.Equal(GapSurroundings.Noise, Reason(Lead(samples), s_gap));
    }

    [Fact]
    public void Other_leads_show_fibrillation_inside_a_long_gap()
    {
        var other = Beats;
        Fibrillation.AsSpan(10 * Hz, 20 * Hz).CopyTo(other.AsSpan(10 * Hz));
        var lead = new LeadSignal(Cut(Beats, new SampleSpan(5 * Hz, 35 * Hz)), Hz) { Others = [Lead(other)] };
        Assert.Equal(GapSurroundings.Fibrillation, GapSurroundings.ReasonToLeave(lead, new SampleSpan(5 * Hz, 35 * Hz)));
    }

    [Fact]
    public void One_lead_of_three_does_not_decide_on_the_rhythm()
    {
        var lead = new LeadSignal(Cut(Beats, s_gap), Hz) { Others = [Lead(Fibrillation), Lead(Beats)] };
        Assert.Null(GapSurroundings.ReasonToLeave(lead, s_gap));
    }

    [Fact]
    public void Nothing_is_decided_without_signal_or_at_low_frequencies()
    {
        Assert.Null(Reason(Lead(Noise), new SampleSpan(0, 40 * Hz)));
        Assert.Null(GapSurroundings.ReasonToLeave(new LeadSignal(Cut(Noise, s_gap), 50), s_gap));
    }

    private static LeadSignal Lead(float[] samples) => new(samples, Hz);

    private static string? Reason(LeadSignal lead, SampleSpan gap) =>
        GapSurroundings.ReasonToLeave(new LeadSignal(Cut(lead.Samples.ToArray(), gap), Hz), gap);

    private static float[] Cut(float[] samples, SampleSpan gap)
    {
        samples.AsSpan(gap.ToRange()).Fill(float.NaN);
        return samples;
    }
}
