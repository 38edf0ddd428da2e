using EcgRecovery.Recovery.Records.Training;

namespace EcgRecovery.Tests.Recovery.Records.Training;

public sealed class RecordTrainingDataTests
{
    [Fact]
    public void Recordings_and_patients_are_in_order_of_their_names_and_the_hash_depends_on_the_samples_alone()
    {
        var data = SyntheticRecordings.Data(12);
        Assert.Equal(["a", "b", "c", "d"], data.Recordings.Select(recording => recording.Name));
        Assert.Equal(["a", "c", "d"], data.Patients);
        Assert.Equal([0, 0, 1, 2], Enumerable.Range(0, 4).Select(data.PatientOf));
        Assert.Equal(data.Sha256, SyntheticRecordings.Data(12).Sha256);
        Assert.NotEqual(data.Sha256, SyntheticRecordings.Data(13).Sha256);
        Assert.Matches("^[0-9a-f]{64}$", data.Sha256);
    }

    [Fact]
    public void Recordings_that_cannot_be_learned_from_are_refused_by_name()
    {
        Refused("Recording b is 9 s long; expected at least 10 s", SyntheticRecordings.Make("b", seconds: 9));
        Refused("Recording b has no lead in volts", new TrainingRecording("b", "b", () => SyntheticRecordings.Record("b", 12, "bpm")));
        Refused("There are two recordings a", SyntheticRecordings.Make("a", "b"));
        Refused("There are 2 recordings of 1 patients; expected at least 2 patients", SyntheticRecordings.Make("b", "a"));
        Refused("Recording 'b,c' has a comma", SyntheticRecordings.Make("b,c"));
    }

    private static void Refused(string message, TrainingRecording second)
    {
        var error = Assert.Throws<InvalidDataException>(
            () => new RecordTrainingData([SyntheticRecordings.Make("a", seconds: 12), second], TestContext.Current.CancellationToken));
        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }
}
