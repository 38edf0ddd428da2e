using EcgRecovery.Records;
using EcgRecovery.Recovery.Records.Neighbours;

namespace EcgRecovery.Recovery.Records.Methods;

/// <summary>A method that recovers a gap from the places of the same lead whose contexts are like its own.</summary>
/// <param name="settings">How places are used.</param>
/// <param name="estimate">The mean estimate, or the placed one (<see cref="PlacedEstimate"/>) from the same places.</param>
internal abstract class ContextMethod(ContextSettings settings, RecoveryEstimate estimate = RecoveryEstimate.Mean) : RecordRecoveryMethod
{
    private readonly ContextNeighbours _neighbours = new(settings);
    private readonly LinearMethod _simpler = new();

    /// <summary>Whether a gap without enough similar places is filled by a straight line instead of being left missing.</summary>
    protected virtual bool FallsBack => false;

    /// <inheritdoc/>
    public override IReadOnlyList<GapOutcome> Fill(
        LeadSignal lead, IReadOnlyList<SampleSpan> gaps, Memory<float> destination, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var outcomes = new GapOutcome[gaps.Count];
        var found = _neighbours.Estimate(lead, gaps, cancellationToken);
        var options = new ParallelOptions { MaxDegreeOfParallelism = lead.Threads, CancellationToken = cancellationToken };
        Parallel.For(0, gaps.Count, options, i => outcomes[i] = found[i].All.Count == 0
            ? GapOutcome.Left("too little signal like that around it")
            : EstimateWriter.Write(
                Name, estimate, lead, gaps[i], found[i].All, settings.ErrorPower, destination.Span[gaps[i].ToRange()]));
        if (FallsBack)
            FallBack(lead, gaps, destination, outcomes, cancellationToken);
        return outcomes;
    }

    private void FallBack(
        LeadSignal lead,
        IReadOnlyList<SampleSpan> gaps,
        Memory<float> destination,
        GapOutcome[] outcomes,
        CancellationToken cancellationToken)
    {
        var left = Enumerable.Range(0, gaps.Count).Where(i => !outcomes[i].IsFilled).ToArray();
        _simpler.Fill(lead, Array.ConvertAll(left, i => gaps[i]), destination, cancellationToken);
        foreach (var i in left)
            outcomes[i] = new GapOutcome(_simpler.Name, outcomes[i].Reason);
    }
}
