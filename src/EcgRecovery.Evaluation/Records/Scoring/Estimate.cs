using EcgRecovery.Evaluation.Records.Truth;
using EcgRecovery.Records;
using EcgRecovery.Recovery.Records;

namespace EcgRecovery.Evaluation.Records.Scoring;

/// <summary>What an entrant puts into one gap, before it is scored.</summary>
/// <param name="Lead">Number of the lead, in the order of the record's leads.</param>
/// <param name="Span">The gap.</param>
/// <param name="Samples">[length of the gap], in mV; empty where the entrant has no estimate.</param>
/// <param name="IsBySimplerMethod">Whether a simpler method filled it.</param>
/// <param name="Judged">The gap as users get it after a self-test; null without one.</param>
internal sealed record Estimate(int Lead, SampleSpan Span, float[] Samples, bool IsBySimplerMethod = false, FilledGap? Judged = null)
{
    /// <summary>Scores the estimate.</summary>
    /// <param name="record">The truth.</param>
    /// <param name="scorer">What judges it.</param>
    /// <param name="entrant">Name of the entrant.</param>
    /// <exception cref="InvalidDataException">A recovered sample is not finite.</exception>
    public GapAttempt Score(TestedRecord record, GapScorer scorer, string entrant)
    {
        if (Samples.Length == 0)
            return GapAttempt.None;
        var at = Samples.AsSpan().IndexOfAnyExceptInRange(float.MinValue, float.MaxValue);
        if (at >= 0)
        {
            throw new InvalidDataException(
                $"{entrant} recovers sample {Span.Start + at} of record {record.Name} as {Samples[at]}; expected a finite number.");
        }

        var lead = record.Leads[Lead];
        return new GapAttempt(
            scorer.Score(lead, Span, Samples, Judged),
            IsBySimplerMethod,
            Judged is null ? null : GapJudgement.Of(lead, Judged));
    }
}
