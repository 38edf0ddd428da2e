using EcgRecovery.Records;
using EcgRecovery.Recovery.Records.Neighbours;

namespace EcgRecovery.Recovery.Records.Methods;

/// <summary>
/// The mean of several locally linear estimates, weighted by their leave-one-out errors: five lengths of context that count less with the
/// distance from the gap, each with places as long as the gap and with longer and shorter ones; in long gaps also ranked by the beats that
/// are expected there. Gaps through which another lead is observed are left to <see cref="OtherLeadsMethod"/>.
/// </summary>
/// <remarks>
/// <code>y = Σ yᵢ·eᵢ⁻⁶/Σ eᵢ⁻⁶</code>
/// Lengths, tapers, k, λ and the power were chosen on MIT-BIH DS1 without 201 and 208; docs/recovery.md has the figures. Source of
/// weighting by leave-one-out error: Wolpert 1992, doi:10.1016/S0893-6080(05)80023-1 (stacking).
/// </remarks>
/// <param name="estimate">The mean, or the placed estimate.</param>
internal sealed class SimilarMethod(RecoveryEstimate estimate = RecoveryEstimate.Mean) : ContextMethod(Settings, estimate)
{
    /// <summary>How it uses places.</summary>
    public static ContextSettings Settings { get; } = new()
    {
        Shapes =
        [
            new ContextShape(0.2, 8 / 120.0),
            new ContextShape(0.3, 12 / 120.0),
            new ContextShape(0.5, 20 / 120.0),
            new ContextShape(0.75, 30 / 120.0),
            new ContextShape(1.25, 60 / 120.0),
        ],
        Neighbours = 64,
        Ridge = 0.2,
        IsElastic = true,
        BeatsFromSeconds = 0.5,
    };

    private readonly OtherLeadsMethod _joint = new(estimate);

    /// <inheritdoc/>
    public override string Name { get; } = NameWith("similar", estimate);

    /// <inheritdoc/>
    protected override bool FallsBack => true;

    /// <inheritdoc/>
    public override IReadOnlyList<GapOutcome> Fill(
        LeadSignal lead, IReadOnlyList<SampleSpan> gaps, Memory<float> destination, CancellationToken cancellationToken)
    {
        if (lead.Others.Count == 0)
            return base.Fill(lead, gaps, destination, cancellationToken);
        GapOutcome[] outcomes = [.. _joint.Fill(lead, gaps, destination, cancellationToken)];
        var left = Enumerable.Range(0, gaps.Count).Where(i => !outcomes[i].IsFilled).ToArray();
        var alone = base.Fill(lead, Array.ConvertAll(left, i => gaps[i]), destination, cancellationToken);
        for (var i = 0; i < left.Length; i++)
            outcomes[left[i]] = alone[i];
        return outcomes;
    }
}
