using EcgRecovery.Beats;

namespace EcgRecovery.Evaluation.Splits;

/// <summary>Patients common to a tested set and to the data learned from.</summary>
internal static class PatientOverlap
{
    /// <summary>Returns the patients of a set, or null where they are not known.</summary>
    public static IReadOnlySet<string>? PatientsOf(HeartbeatSet beats) =>
        beats.Sources is { } sources ? PatientsOf(sources.Select(source => source.Record)) : null;

    /// <summary>Returns the patients of records.</summary>
    public static IReadOnlySet<string> PatientsOf(IEnumerable<string> records) =>
        records.Select(InterPatientSplit.Patient).ToHashSet(StringComparer.Ordinal);

    /// <summary>Counts the tested patients that also have beats among the records learned from.</summary>
    /// <param name="tested">The tested patients; null where they are not known.</param>
    /// <param name="records">Records learned from: empty for none, null where they are not known.</param>
    /// <returns>Null where the number is not known.</returns>
    public static int? Count(IReadOnlySet<string>? tested, IReadOnlyCollection<string>? records)
    {
        if (records is { Count: 0 })
            return 0;
        return records is null || tested is null ? null : PatientsOf(records).Count(tested.Contains);
    }

    /// <summary>Counts the patients of a tested set that also have beats in another set.</summary>
    /// <returns>Null where the number is not known.</returns>
    public static int? Count(HeartbeatSet tested, HeartbeatSet references) =>
        Count(PatientsOf(tested), references.Sources?.Select(source => source.Record).ToHashSet(StringComparer.Ordinal));
}
