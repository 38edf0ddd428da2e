using EcgRecovery.Evaluation.Records.Scoring;
using EcgRecovery.Records;

namespace EcgRecovery.Evaluation.Tests.Records.Scoring;

public class GapRPeaksTests
{
    [Fact]
    public void Peaks_are_found_in_the_gap_with_ten_seconds_of_the_true_lead_on_each_side()
    {
        // R peaks lie at 100 + 200·beat. What lies beyond 2,500 samples of the gap is out of the detector's sight.
        var lead = SpikeLead.Of();
        lead.MilliVolts.AsSpan(..2350).Fill(1000);
        lead.MilliVolts.AsSpan(7450..).Fill(-1000);
        Assert.Equal([4900], GapRPeaks.Find(lead, new SampleSpan(4850, 4950), lead.MilliVolts.AsSpan(4850, 100)));
        Assert.Equal([4900, 5100], GapRPeaks.Find(lead, new SampleSpan(4850, 5150), lead.MilliVolts.AsSpan(4850, 300)));
    }

    [Fact]
    public void A_gap_that_stays_missing_has_none()
    {
        var missing = new float[100];
        missing.AsSpan().Fill(float.NaN);
        Assert.Empty(GapRPeaks.Find(SpikeLead.Of(), new SampleSpan(4850, 4950), missing));
    }

    [Fact]
    public void At_the_ends_of_a_lead_the_signal_around_a_gap_is_shorter()
    {
        var lead = SpikeLead.Of();
        Assert.Equal([300], GapRPeaks.Find(lead, new SampleSpan(250, 350), lead.MilliVolts.AsSpan(250, 100)));
        Assert.Equal([14_700], GapRPeaks.Find(lead, new SampleSpan(14_650, 14_750), lead.MilliVolts.AsSpan(14_650, 100)));
        // The lead keeps its own samples.
        Assert.Empty(GapRPeaks.Find(lead, new SampleSpan(250, 350), new float[100]));
        Assert.Equal(SpikeLead.Of().MilliVolts, lead.MilliVolts);
    }
}
