using EcgRecovery.Beats;
using EcgRecovery.Evaluation.Splits;
using EcgRecovery.Records;

namespace EcgRecovery.Evaluation.Beats;

/// <summary>The rows of every class and of every patient.</summary>
/// <param name="beats">The tested beats.</param>
internal sealed class RowGroups(HeartbeatSet beats)
{
    /// <summary>The classes present, in their order, with their rows.</summary>
    public IReadOnlyList<IGrouping<AamiClass, int>> ByClass { get; } =
        [.. Enumerable.Range(0, beats.Count).GroupBy(row => beats.Classes[row]).OrderBy(group => group.Key)];

    /// <summary>The patients by name with their rows; none where patients are not known.</summary>
    public IReadOnlyList<IGrouping<string, int>> ByPatient { get; } = beats.Sources is not { } sources ? []
        : [.. Enumerable.Range(0, beats.Count).GroupBy(row => InterPatientSplit.Patient(sources[row].Record)).OrderBy(group => group.Key, StringComparer.Ordinal)];
}
