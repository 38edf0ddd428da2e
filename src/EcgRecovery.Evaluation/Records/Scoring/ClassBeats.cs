using EcgRecovery.Records;

namespace EcgRecovery.Evaluation.Records.Scoring;

/// <summary>
/// What becomes of the beats of one AAMI class in gaps, by the same detector and classifier in the true and the recovered lead.
/// </summary>
/// <remarks>
/// A beat is kept if a peak with its class is found within 150 ms, one peak for each beat. Classes of true beats are the annotated ones.
/// </remarks>
/// <param name="Class">The class.</param>
/// <param name="Beats">True beats.</param>
/// <param name="KeptInTruth">Those that are kept in the true lead: what the detector and the classifier can do.</param>
/// <param name="KeptInGaps">Those that are kept while the gaps are missing.</param>
/// <param name="Kept">Those that are kept in the recovered lead.</param>
/// <param name="Erased">Those that are kept in the true lead, and not in the recovered one.</param>
/// <param name="FalseInTruth">Peaks of this class in the true lead that keep no beat.</param>
/// <param name="False">Peaks of this class in the recovered lead that keep no beat.</param>
/// <param name="Invented">Those of them without a peak of this class in the true lead within 150 ms.</param>
internal sealed record ClassBeats(
    AamiClass Class, int Beats, int KeptInTruth, int KeptInGaps, int Kept, int Erased, int FalseInTruth, int False, int Invented)
{
    /// <summary>Adds the counts of two gaps.</summary>
    public static ClassBeats operator +(ClassBeats a, ClassBeats b) => new(
        a.Class,
        a.Beats + b.Beats,
        a.KeptInTruth + b.KeptInTruth,
        a.KeptInGaps + b.KeptInGaps,
        a.Kept + b.Kept,
        a.Erased + b.Erased,
        a.FalseInTruth + b.FalseInTruth,
        a.False + b.False,
        a.Invented + b.Invented);

    /// <summary>Adds the counts of many gaps, by class.</summary>
    public static IReadOnlyList<ClassBeats> Pool(IEnumerable<ClassBeats> counts) =>
    [
        .. counts.GroupBy(count => count.Class).OrderBy(group => group.Key).Select(group => group.Aggregate((sum, count) => sum + count)),
    ];
}
