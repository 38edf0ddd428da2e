using EcgRecovery.Records;

namespace EcgRecovery.Recovery.Records;

/// <summary>Recovers the gaps of a lead after a test on its own hidden gaps.</summary>
/// <param name="source">The lead and those beside it.</param>
/// <param name="gaps">The runs of missing samples to fill, in order.</param>
/// <param name="options">The self-test, the window and the threads.</param>
/// <param name="cancellationToken">Cancels.</param>
internal sealed class TestedRecovery(
    LeadSource source, IReadOnlyList<SampleSpan> gaps, RecoveryOptions options, CancellationToken cancellationToken)
{
    private readonly HiddenGaps _hidden = HiddenGaps.Draw(source, gaps, options, cancellationToken);

    /// <summary>Number of samples in the hidden gaps and in the gaps to fill.</summary>
    public long SampleCount => _hidden.SampleCount + gaps.Sum(gap => gap.Length);

    /// <summary>Recovers the gaps.</summary>
    /// <param name="method">The method.</param>
    /// <param name="filled">Receives the gaps in order, some at a time, as soon as they are done.</param>
    /// <param name="done">Receives the number of samples that are done, some at a time; null = nobody listens.</param>
    /// <returns>The self-test.</returns>
    public LeadSelfTest Run(RecordRecoveryMethod method, Action<IReadOnlyList<FilledGap>> filled, Action<long>? done)
    {
        var test = LeadSelfTest.Run(source, _hidden, method, options, done, cancellationToken);
        LeadRecovery.Run(
            source,
            gaps,
            method,
            options,
            some =>
            {
                filled([.. some.Select(test.Judge)]);
                done?.Invoke(some.Sum(gap => gap.Span.Length));
            },
            cancellationToken);
        return test;
    }
}
