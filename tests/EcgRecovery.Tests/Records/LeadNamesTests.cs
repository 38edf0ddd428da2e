using EcgRecovery.Records;

namespace EcgRecovery.Tests.Records;

public class LeadNamesTests
{
    [Theory]
    [InlineData("I")]
    [InlineData("ii")]
    [InlineData("Lead I")]
    [InlineData("ECG")]
    [InlineData("ECG II")]
    [InlineData("ECG1")]
    [InlineData("EKG-Ref")]
    [InlineData("EEG EKG1-REF")]
    [InlineData("MLII")]
    [InlineData("ML II")]
    [InlineData("aVR")]
    [InlineData("V1")]
    [InlineData("V9")]
    [InlineData("MCL1")]
    [InlineData("CC5")]
    [InlineData("CM5")]
    [InlineData("D2")]
    public void Leads_of_an_electrocardiogram(string name) => Assert.Equal(LeadKind.Ecg, LeadNames.KindOf(name));

    [Theory]
    [InlineData("Resp")]
    [InlineData("RESPIRATION")]
    [InlineData("ECG HR")]
    [InlineData("EEG Fpz-Cz")]
    [InlineData("F3-M2")]
    [InlineData("C4-A1")]
    [InlineData("O1")]
    [InlineData("M2")]
    [InlineData("EOG left")]
    [InlineData("E1-M2")]
    [InlineData("EMG Chin")]
    [InlineData("Chin1-Chin2")]
    [InlineData("SpO2")]
    [InlineData("SaO2")]
    [InlineData("ABP")]
    [InlineData("PLETH")]
    [InlineData("PPG")]
    [InlineData("Airflow")]
    [InlineData("Thor Effort")]
    [InlineData("EDF Annotations")]
    public void Other_signals(string name) => Assert.Equal(LeadKind.Other, LeadNames.KindOf(name));

    [Theory]
    [InlineData("lead 1")]
    [InlineData("channel 3")]
    [InlineData("signal")]
    [InlineData("")]
    [InlineData("mV")]
    public void Names_that_say_nothing(string name) => Assert.Equal(LeadKind.Unknown, LeadNames.KindOf(name));

    [Fact]
    public void Named_leads_come_before_unnamed_ones_and_bounds_and_pressures_are_never_taken()
    {
        Assert.Equal([2], LeadNames.EcgLeads([Lead("EEG C3-A2"), Lead("x"), Lead("ECG II"), Lead("II lower", "mmHg"), Lead("EOG")]));
        Assert.Equal([0], LeadNames.EcgLeads([Lead("MLII"), Lead("MLII lower"), Lead("MLII upper")]));
        Assert.Equal([1, 2], LeadNames.EcgLeads([Lead("F3-A2"), Lead("x"), Lead("y", "counts"), Lead("z", "mmHg")]));
        Assert.Empty(LeadNames.EcgLeads([Lead("F3-A2"), Lead("EOG"), Lead("II", "mmHg")]));
        Assert.Empty(LeadNames.EcgLeads([]));
    }

    [Theory]
    [InlineData("ECG II", "II")]
    [InlineData("Lead avf", "aVF")]
    [InlineData("MLII", null)]
    public void Limb_leads(string name, string? expected) => Assert.Equal(expected, LeadNames.LimbLead(name));

    private static EcgLead Lead(string name, string unit = "mV") => new() { Name = name, Unit = unit, SamplingFrequencyHz = 250 };
}
