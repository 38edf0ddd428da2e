using EcgRecovery.Beats;
using EcgRecovery.Evaluation.Diagnosis;
using EcgRecovery.Records;

namespace EcgRecovery.Evaluation.Tests.Diagnosis;

public class LabelledLeadTests
{
    [Fact]
    public void A_real_record_has_the_classes_of_its_annotations_at_the_peaks_found()
    {
        var folder = TestData.Folder("mitdb");
        Assert.SkipWhen(folder is null, "The MIT-BIH Arrhythmia Database (shared/data/mitdb) is absent.");
        var lead = LabelledLead.Open(folder, "119", 0);
        // The database's own table of record 119: 1,543 normal beats, 444 premature ventricular contractions.
        Assert.InRange(lead.Classes.Count(known => known == AamiClass.N), 1_541, 1_543);
        Assert.InRange(lead.Classes.Count(known => known == AamiClass.V), 442, 444);
        Assert.DoesNotContain(lead.Classes, known => known is AamiClass.S or AamiClass.F or AamiClass.Q);
        Assert.Equal(RPeakDetector.Detect(lead.MilliVolts, 360), lead.RPeaks);
        Assert.Equal(lead.RPeaks.Length, lead.Classes.Length);
    }

    [Fact]
    public void Leads_are_opened_record_by_record()
    {
        var folder = TestData.Folder("mitdb");
        Assert.SkipWhen(folder is null, "The MIT-BIH Arrhythmia Database (shared/data/mitdb) is absent.");
        var leads = LabelledLead.OpenAll(folder, ["119", "116"], [0, 1]);
        Assert.Equal(["119", "119", "116", "116"], leads.Select(lead => lead.Record));
        Assert.NotEqual(leads[0].MilliVolts[1000], leads[1].MilliVolts[1000]);
    }
}
