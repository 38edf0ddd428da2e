namespace EcgRecovery.Recovery.Records.Training;

/// <summary>The recordings held out from each network of a record model.</summary>
/// <remarks>Patients, in order of their names, are dealt to folds in turn.</remarks>
internal sealed class PatientFolds
{
    /// <param name="data">The recordings.</param>
    /// <param name="maximum">Maximum number of folds; fewer if there are fewer patients.</param>
    public PatientFolds(RecordTrainingData data, int maximum)
    {
        Count = Math.Min(maximum, data.Patients.Count);
        HeldOut = [.. Enumerable.Range(0, Count).Select(fold =>
            string.Join(',', data.Recordings.Where((_, r) => Of(data.PatientOf(r)) == fold).Select(recording => recording.Name)))];
    }

    /// <summary>Number of folds.</summary>
    public int Count { get; }

    /// <summary>By fold, the names of its recordings with commas between them.</summary>
    public IReadOnlyList<string> HeldOut { get; }

    /// <summary>Returns the fold of a patient.</summary>
    public int Of(int patient) => patient % Count;
}
