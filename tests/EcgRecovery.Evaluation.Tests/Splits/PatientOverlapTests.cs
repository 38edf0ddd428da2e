using EcgRecovery.Evaluation.Splits;
using EcgRecovery.Evaluation.Tests.Beats;

namespace EcgRecovery.Evaluation.Tests.Splits;

public class PatientOverlapTests
{
    [Fact]
    public void Records_of_one_patient_are_one_patient()
    {
        Assert.Equal(["100", "201"], PatientOverlap.PatientsOf(["100", "201", "202"]).Order(StringComparer.Ordinal));
        Assert.Equal(1, PatientOverlap.Count(PatientOverlap.PatientsOf(["202", "103"]), ["201", "101"]));
        Assert.Equal(0, PatientOverlap.Count(PatientOverlap.PatientsOf(["202", "103"]), ["101"]));
    }

    [Fact]
    public void Unknown_patients_give_no_number_except_where_nothing_was_learned()
    {
        Assert.Null(PatientOverlap.Count(tested: null, ["101"]));
        Assert.Null(PatientOverlap.Count(PatientOverlap.PatientsOf(["100"]), records: null));
        Assert.Equal(0, PatientOverlap.Count(tested: null, []));
    }

    [Fact]
    public void Two_sets_are_compared_by_their_sources()
    {
        var tested = BeatGapProtocolTests.Beats(4, "100", "202");
        Assert.Equal(1, PatientOverlap.Count(tested, BeatGapProtocolTests.Beats(2, "201")));
        Assert.Null(PatientOverlap.Count(tested, BeatGapProtocolTests.Beats(2)));
        Assert.Null(PatientOverlap.PatientsOf(BeatGapProtocolTests.Beats(2)));
        Assert.Null(PatientOverlap.Count(BeatGapProtocolTests.Beats(2), tested));
    }
}
