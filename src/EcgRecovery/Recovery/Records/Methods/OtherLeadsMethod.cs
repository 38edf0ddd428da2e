using EcgRecovery.Records;
using EcgRecovery.Recovery.Records.Neighbours;

namespace EcgRecovery.Recovery.Records.Methods;

/// <summary>
/// A lost lead recovered from the leads that survive: regression among the places of the recording that are like the gap in the lost lead
/// beside it and in the surviving leads through it, and regression from lead to lead.
/// </summary>
/// <remarks>
/// The estimates of <see cref="LeadNeighbours"/>, weighted by their errors as in <see cref="SimilarMethod"/>.
/// </remarks>
/// <param name="estimate">The mean estimate, or the placed one, which gaps estimated by pieces do not have.</param>
/// <param name="settings">How gaps that are estimated as one use places; null for the defaults.</param>
internal sealed class OtherLeadsMethod(RecoveryEstimate estimate = RecoveryEstimate.Mean, JointSettings? settings = null)
    : RecordRecoveryMethod
{
    /// <summary>The reason to leave a gap through which no other lead is observed.</summary>
    public const string NoLead = "no other lead is observed through the gap";

    /// <summary>The reason to leave a gap with too few places like it.</summary>
    public const string TooLittle = "too little signal like that around it";

    private const string MeanName = "other-leads";

    private readonly JointSettings _settings = settings ?? new JointSettings();
    private readonly LeadNeighbours _neighbours = new(settings ?? new JointSettings());

    /// <inheritdoc/>
    public override string Name { get; } = NameWith(MeanName, estimate);

    /// <inheritdoc/>
    public override IReadOnlyList<GapOutcome> Fill(
        LeadSignal lead, IReadOnlyList<SampleSpan> gaps, Memory<float> destination, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var found = _neighbours.Estimate(lead, gaps, cancellationToken);
        var outcomes = new GapOutcome[gaps.Count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = lead.Threads, CancellationToken = cancellationToken };
        Parallel.For(0, gaps.Count, options, i => outcomes[i] = found[i] is { } estimates
            ? Write(lead, gaps[i], estimates.All, destination.Span[gaps[i].ToRange()])
            : GapOutcome.Left(NoLead));
        return outcomes;
    }

    private GapOutcome Write(LeadSignal lead, SampleSpan gap, List<ContextEstimate> estimates, Span<float> destination)
    {
        if (estimates.Count == 0)
            return GapOutcome.Left(TooLittle);
        // A long gap, which is estimated by pieces, has no placed estimate: the surviving leads tell its beats' times.
        var name = estimates.Exists(estimate => estimate.Places.Count > 0) ? Name : MeanName;
        return EstimateWriter.Write(name, estimate, lead, gap, estimates, _settings.ErrorPower, destination) with { UsesOtherLeads = true };
    }
}
