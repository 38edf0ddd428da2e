using EcgRecovery.Evaluation.Records.Scoring;
using EcgRecovery.Evaluation.Records.Truth;
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
        var lead = new TestedLead("x", [1, 2, 3, 4, 5, 6], 1);
        var (filled, start) = GapRPeaks.Fill(lead, new SampleSpan(2, 4), [8, 9], seconds: 1);
        Assert.Equal(1, start);
        Assert.Equal([2, 8, 9, 5], filled);
        (filled, start) = GapRPeaks.Fill(lead, new SampleSpan(2, 4), [8, 9], seconds: 10);
        Assert.Equal(0, start);
        Assert.Equal([1, 2, 8, 9, 5, 6], filled);
        // The lead keeps its own.
        Assert.Equal([1, 2, 3, 4, 5, 6], lead.MilliVolts);
    }
}
