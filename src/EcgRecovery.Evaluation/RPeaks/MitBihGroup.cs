using EcgRecovery.Evaluation.Splits;

namespace EcgRecovery.Evaluation.RPeaks;

/// <summary>A group of records of the MIT-BIH Arrhythmia Database whose scores are pooled.</summary>
/// <param name="Name">As in a table.</param>
/// <param name="Holds">Whether a record belongs to it.</param>
internal sealed record MitBihGroup(string Name, Func<string, bool> Holds)
{
    private static readonly string[] s_grouped = [.. InterPatientSplit.DS1, .. InterPatientSplit.DS2];

    /// <summary>The groups; together they are all 48 records.</summary>
    public static IReadOnlyList<MitBihGroup> All { get; } =
    [
        new("DS1 without 201 and 208 (constants chosen here)", InterPatientSplit.Learnable.Contains),
        new("201 and 208", InterPatientSplit.NeverLearnedFrom.Contains),
        new("DS2", InterPatientSplit.DS2.Contains),
        new("paced: 102, 104, 107, 217", record => !s_grouped.Contains(record)),
    ];
}
