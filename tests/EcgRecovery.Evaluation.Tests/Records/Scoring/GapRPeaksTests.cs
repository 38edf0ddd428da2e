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
    public void The_true_lead_keeps_its_samples()
    {
        var lead = SpikeLead.Of();
        var before = (float[])lead.MilliVolts.Clone();
        GapRPeaks.Find(lead, new SampleSpan(100, 200), new float[100]);
        Assert.Equal(before, lead.MilliVolts);
    }
}
