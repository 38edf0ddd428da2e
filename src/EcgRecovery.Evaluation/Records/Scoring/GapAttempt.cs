using EcgRecovery.Evaluation.Records.Truth;
using EcgRecovery.Records;

namespace EcgRecovery.Evaluation.Records.Scoring;

/// <summary>A gap that all entrants have tried.</summary>
/// <param name="Lead">Number of the lead, in the order of the record's leads.</param>
/// <param name="Span">The gap.</param>
/// <param name="Seconds">Its length.</param>
/// <param name="Class">Its class, see <see cref="TestedLead.ClassOf"/>; null where it is not known.</param>
/// <param name="Attempts">[entrants].</param>
internal sealed record TestedGap(
    int Lead, SampleSpan Span, double Seconds, AamiClass? Class, IReadOnlyList<GapAttempt> Attempts);

/// <summary>What one entrant made of one gap.</summary>
/// <param name="Score">The score of its estimate, also where a self-test leaves the gap missing; null where it has none.</param>
/// <param name="IsBySimplerMethod">Whether the method left the gap to a simpler one, whose samples are scored.</param>
/// <param name="Judgement">What users get of the estimate; null where there is none, or no self-test.</param>
internal sealed record GapAttempt(GapScore? Score, bool IsBySimplerMethod = false, GapJudgement? Judgement = null)
{
    /// <summary>No estimate.</summary>
    public static GapAttempt None { get; } = new(Score: null);
}
