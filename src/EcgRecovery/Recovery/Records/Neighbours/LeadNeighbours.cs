using System.Collections.Concurrent;
using EcgRecovery.Records;

namespace EcgRecovery.Recovery.Records.Neighbours;

/// <summary>Estimates of gaps from the leads that survive in them.</summary>
/// <remarks>
/// A lead survives if it is observed through the whole gap and is not constant around it. Gaps of up to 1.5 s are estimated as one
/// (<see cref="JointNeighbours"/>, <see cref="LeadRegression"/>), longer ones by overlapping pieces (<see cref="LongGap"/>).
/// </remarks>
/// <param name="settings">How gaps that are estimated as one use places.</param>
internal sealed class LeadNeighbours(JointSettings settings)
{
    // The longest gap that is estimated as one. Chosen on DS1.
    private const double LongestAsOneSeconds = 1.5;

    // A lead that is constant from so long before the gap to so long after it is none.
    private const double ConstantSeconds = 1;

    // Tasks come and go; their buffers stay, and what is prepared for the leads is made once for all calls with the same lead.
    private readonly ConcurrentBag<JointSearch> _searches = [];
    private (LeadSignal Lead, PreparedLead Lost, PreparedLead[] Others)? _last;

    /// <summary>Estimates gaps. One call at a time.</summary>
    /// <param name="lead">The lost lead, with the leads beside it.</param>
    /// <param name="gaps">The gaps.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Per gap its estimates; null where no lead survives.</returns>
    public LeadEstimates?[] Estimate(LeadSignal lead, IReadOnlyList<SampleSpan> gaps, CancellationToken cancellationToken)
    {
        var estimates = new LeadEstimates?[gaps.Count];
        var groups = Groups(lead, gaps);
        if (groups.Count == 0)
            return estimates;
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
                estimates[group.Gaps[i]] = found[i];
            _searches.Add(search);
        });
        return estimates;
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

    private LeadEstimates[] Estimate(PreparedLead lost, PreparedLead[] surviving, SampleSpan[] gaps, JointSearch search)
    {
        var leads = Array.ConvertAll(surviving, lead => lead.Lead);
        if (IsLong(lost.Lead, gaps[0]))
            return [new LeadEstimates(leads, LongGap.Estimate(lost, surviving, gaps[0], search) is { } whole ? [whole] : [], null)];
        var estimates = JointNeighbours.Estimate(
            lost.Raw, Array.ConvertAll(surviving, lead => lead.Raw), gaps, JointNeighbours.Shapes, settings, search);
        return [.. gaps.Select((gap, i) => new LeadEstimates(
            leads, estimates[i], LeadRegression.Estimate(lost.Lead, leads, gap, isLevelled: true)?.Estimate))];
    }
}

/// <summary>The estimates of one gap from surviving leads.</summary>
/// <param name="Surviving">The leads that survive in it.</param>
/// <param name="Neighbours">Those among like places, or the one of a long gap.</param>
/// <param name="Regression">That from lead to lead; null in long gaps, and where too little is observed.</param>
internal sealed record LeadEstimates(
    IReadOnlyList<LeadSignal> Surviving, List<ContextEstimate> Neighbours, ContextEstimate? Regression)
{
    /// <summary>All of them; none where too little is like the gap.</summary>
    public List<ContextEstimate> All => Regression is null ? Neighbours : [.. Neighbours, Regression];
}
