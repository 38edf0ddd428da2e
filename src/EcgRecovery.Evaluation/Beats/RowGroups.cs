using EcgRecovery.Beats;
using EcgRecovery.Evaluation.Splits;
using EcgRecovery.Records;

namespace EcgRecovery.Evaluation.Beats;

/// <summary>Rows of a set by class and by patient.</summary>
/// <param name="beats">The tested beats.</param>
internal sealed class RowGroups(HeartbeatSet beats)
{
    /// <summary>Rows of every class present, in the order of the classes.</summary>
    public IReadOnlyList<IGrouping<AamiClass, int>> ByClass { get; } =
        [.. Enumerable.Range(0, beats.Count).GroupBy(row => beats.Classes[row]).OrderBy(group => group.Key)];

    /// <summary>Rows of every patient, by name; empty where patients are not known.</summary>
    public IReadOnlyList<IGrouping<string, int>> ByPatient { get; } = beats.Sources is not { } sources ? []
        :
        [
            .. Enumerable.Range(0, beats.Count)
                .GroupBy(row => InterPatientSplit.Patient(sources[row].Record))
                .OrderBy(group => group.Key, StringComparer.Ordinal),
        ];
}
