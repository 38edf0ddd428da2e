using EcgRecovery.Records;
using EcgRecovery.Recovery.Records.Methods;
using EcgRecovery.Recovery.Records.Neighbours;

namespace EcgRecovery.Recovery.Records.Model;

/// <summary>Finds the evidence of gaps: from surviving leads where there are some, otherwise from like places of the lead itself.</summary>
/// <param name="settings">How places of the lead itself are used.</param>
internal sealed class GapEvidenceFinder(ContextSettings settings)
{
    /// <summary>To be raised when gaps are cut, evidence is found or channels are written in another way: old gaps then are none.</summary>
    public const int Version = 2;

    // The context that is used by each side alone.
    private const double OneSidedSeconds = 0.75;

    private static readonly JointSettings s_joint = new();

    /// <summary>
    /// How the record model uses places: more of them than similar, not ranked by expected beats, of which the networks know, and once by
    /// each side alone.
    /// </summary>
    public static ContextSettings Settings { get; } = SimilarMethod.Settings with
    {
        Neighbours = 96,
        BeatsFromSeconds = double.PositiveInfinity,
        Shapes = [.. SimilarMethod.Settings.Shapes.Select(shape => shape with { IsUsedApart = shape.Seconds == OneSidedSeconds })],
    };

    private readonly ContextNeighbours _alone = new(settings);
    private readonly LeadNeighbours _joint = new(s_joint);

    /// <summary>Finds evidence. One call at a time.</summary>
    /// <param name="lead">The lead, with the leads beside it.</param>
    /// <param name="gaps">The gaps.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Per gap its evidence; null where too little is like it.</returns>
    public GapEvidence?[] Find(LeadSignal lead, IReadOnlyList<SampleSpan> gaps, CancellationToken cancellationToken)
    {
        var joint = _joint.Estimate(lead, gaps, cancellationToken);
        int[] left = [.. Enumerable.Range(0, gaps.Count).Where(i => joint[i] is not { All.Count: > 0 })];
        var alone = _alone.Estimate(lead, Array.ConvertAll(left, i => gaps[i]), cancellationToken);
        var evidence = new GapEvidence?[gaps.Count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = lead.Threads, CancellationToken = cancellationToken };
        Parallel.For(0, gaps.Count, options, i =>
        {
            var at = Array.IndexOf(left, i);
            evidence[i] = at < 0
                ? Of(lead, gaps[i], joint[i]!.All, s_joint.ErrorPower, null, joint[i])
                : Of(lead, gaps[i], alone[at].All, settings.ErrorPower, alone[at], null);
        });
        return evidence;
    }

    private static GapEvidence? Of(
        LeadSignal lead, SampleSpan gap, List<ContextEstimate> estimates, double errorPower, ContextEstimates? alone, LeadEstimates? leads)
    {
        if (estimates.Count == 0)
            return null;
        var weights = EstimateWriter.Weights(estimates, errorPower);
        var mean = new float[gap.Length];
        var scale = EstimateWriter.Combine(estimates, weights, mean);
        var places = WeightedPlace.Pool(estimates, weights);
        var placed = places.Count > 0 ? PlacedEstimate.Of(lead, gap, places, mean) : null;
        return new GapEvidence
        {
            Mean = mean,
            ErrorScale = scale,
            Places = places,
            Placed = placed,
            FromLeft = alone?.OneSided.Find(estimate => estimate.Sides == ContextSides.Left)?.Samples,
            FromRight = alone?.OneSided.Find(estimate => estimate.Sides == ContextSides.Right)?.Samples,
            Estimates = estimates,
            Regression = leads?.Regression,
            Forecast = BeatForecast.Of(lead, gap),
            Surviving = leads?.Surviving ?? [],
        };
    }
}
