using System.Collections.Concurrent;
using EcgRecovery.Records;
using EcgRecovery.Recovery.Records.Neighbours;

namespace EcgRecovery.Recovery.Records.Methods;

/// <summary>
/// A lost lead recovered from the leads that survive: regression among the places of the recording that are like the gap in the lost lead
/// beside it and in the surviving leads through it, and regression from lead to lead.
/// </summary>
/// <remarks>
/// A lead survives if it is observed through the whole gap and is not constant around it. Gaps of up to 1.5 s are estimated as one
/// (<see cref="JointNeighbours"/>, <see cref="LeadRegression"/>), longer ones by overlapping pieces (<see cref="LongGap"/>). The estimates
/// are weighted by their errors as in <see cref="SimilarMethod"/>.
/// </remarks>
internal sealed class OtherLeadsMethod : RecordRecoveryMethod
{
    /// <summary>The reason to leave a gap through which no other lead is observed.</summary>
    public const string NoLead = "no other lead is observed through the gap";

    /// <summary>The reason to leave a gap with too few places like it.</summary>
    public const string TooLittle = "too little signal like that around it";

    // The longest gap that is estimated as one. Chosen on DS1.
    private const double LongestAsOneSeconds = 1.5;

    // A lead that is constant from so long before the gap to so long after it is none.
    private const double ConstantSeconds = 1;

    // Tasks come and go; their buffers stay, and what is prepared for the leads is made once for all calls with the same lead.
    private readonly ConcurrentBag<JointSearch> _searches = [];
    private (LeadSignal Lead, PreparedLead Lost, PreparedLead[] Others)? _last;

    /// <inheritdoc/>
    public override string Name => "other-leads";

    /// <inheritdoc/>
    public override IReadOnlyList<GapOutcome> Fill(
        LeadSignal lead, IReadOnlyList<SampleSpan> gaps, Memory<float> destination, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var outcomes = new GapOutcome[gaps.Count];
        Array.Fill(outcomes, GapOutcome.Left(NoLead));
        var groups = Groups(lead, gaps);
        if (groups.Count == 0)
            return outcomes;
        if (_last?.Lead != lead)
            _last = (lead, new PreparedLead(lead), [.. lead.Others.Select(other => new PreparedLead(other))]);
        var (_, lost, others) = _last.Value;
        var options = new ParallelOptions { MaxDegreeOfParallelism = lead.Threads, CancellationToken = cancellationToken };
        Parallel.ForEach(groups, options, group =>
        {
            var search = _searches.TryTake(out var idle) ? idle : new JointSearch();
            var spans = Array.ConvertAll(group.Gaps, i => gaps[i]);
            var found = Estimate(lost, Array.ConvertAll(group.Surviving, i => others[i]), spans, search);
            for (var i = 0; i < spans.Length; i++)
                outcomes[group.Gaps[i]] = Write(found[i], destination.Span[spans[i].ToRange()]);
            _searches.Add(search);
        });
        return outcomes;
    }

    private static bool IsLong(LeadSignal lead, SampleSpan gap) => gap.Length > LongestAsOneSeconds * lead.SamplingFrequencyHz;

    /// <summary>Groups the gaps that are searched together: short ones through which the same leads survive.</summary>
    private static List<(int[] Gaps, int[] Surviving)> Groups(LeadSignal lead, IReadOnlyList<SampleSpan> gaps) =>
    [
        .. gaps.Index()
            .Select(gap => (gap.Index, IsLong: IsLong(lead, gap.Item), Surviving: Surviving(lead, gap.Item)))
            .Where(gap => gap.Surviving.Length > 0)
            .GroupBy(gap => (gap.IsLong, string.Join(' ', gap.Surviving)))
            .SelectMany(alike => alike.Chunk(alike.Key.IsLong ? 1 : Correlation.Filters))
            .Select(group => (Array.ConvertAll(group, gap => gap.Index), group[0].Surviving)),
    ];

    /// <summary>Returns the numbers of the leads that survive in a gap.</summary>
    private static int[] Surviving(LeadSignal lead, SampleSpan gap)
    {
        var beside = (long)(ConstantSeconds * lead.SamplingFrequencyHz);
        var near = new SampleSpan(gap.Start - beside, gap.End + beside).Intersect(new SampleSpan(0, lead.Length));
        return [.. Enumerable.Range(0, lead.Others.Count).Where(i => Survives(lead.Others[i].Samples))];

        bool Survives(ReadOnlySpan<float> samples) =>
            !samples[gap.ToRange()].Contains(float.NaN)
            && samples[near.ToRange()].ContainsAnyExcept(samples[(int)gap.Start], float.NaN);
    }

    private static ContextEstimate?[] Estimate(PreparedLead lost, PreparedLead[] surviving, SampleSpan[] gaps, JointSearch search) =>
        IsLong(lost.Lead, gaps[0])
            ? [LongGap.Estimate(lost, surviving, gaps[0], search)]
            : EstimateAsOne(lost, surviving, gaps, search);

    private static ContextEstimate?[] EstimateAsOne(PreparedLead lost, PreparedLead[] surviving, SampleSpan[] gaps, JointSearch search)
    {
        var estimates = JointNeighbours.Estimate(
            lost.Raw, Array.ConvertAll(surviving, lead => lead.Raw), gaps, JointNeighbours.Shapes, search);
        for (var i = 0; i < gaps.Length; i++)
        {
            var leads = Array.ConvertAll(surviving, lead => lead.Lead);
            if (LeadRegression.Estimate(lost.Lead, leads, gaps[i], isLevelled: true) is var (linear, _))
                estimates[i].Add(linear);
        }

        return Array.ConvertAll(estimates, Combine);
    }

    private static ContextEstimate? Combine(List<ContextEstimate> estimates)
    {
        if (estimates.Count == 0)
            return null;
        var samples = new float[estimates[0].Samples.Length];
        var scale = ContextMethod.Combine(estimates, samples);
        return new ContextEstimate(samples, estimates.Min(estimate => estimate.LeaveOneOutError), scale);
    }

    private GapOutcome Write(ContextEstimate? estimate, Span<float> destination)
    {
        if (estimate is null)
            return GapOutcome.Left(TooLittle);
        estimate.Samples.CopyTo(destination);
        return new GapOutcome(Name) { ErrorScale = estimate.ErrorScale };
    }
}
