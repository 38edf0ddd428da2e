using EcgRecovery.Beats;
using EcgRecovery.Evaluation.Splits;

namespace EcgRecovery.Evaluation.Beats;

/// <summary>Which tested patients were learned from.</summary>
public static class PatientOverlap
{
    /// <summary>The patients of a set, or null where they are not known.</summary>
    public static IReadOnlySet<string>? PatientsOf(HeartbeatSet beats) =>
        beats.Sources?.Select(source => InterPatientSplit.Patient(source.Record)).ToHashSet(StringComparer.Ordinal);

    /// <summary>How many patients of a set also have beats among the records, or null where that is not known.</summary>
    /// <param name="beats">The tested set.</param>
    /// <param name="records">Records learned from: empty for none, null where they are not known.</param>
    public static int? Count(HeartbeatSet beats, IReadOnlyCollection<string>? records)
    {
        if (records is { Count: 0 })
            return 0;
        if (records is null || PatientsOf(beats) is not { } patients)
            return null;
        return records.Select(InterPatientSplit.Patient).Distinct(StringComparer.Ordinal).Count(patients.Contains);
    }

    /// <summary>How many patients of a set also have beats in another set, or null where that is not known.</summary>
    public static int? Count(HeartbeatSet beats, HeartbeatSet references) =>
        Count(beats, references.Sources?.Select(source => source.Record).ToHashSet(StringComparer.Ordinal));
}
