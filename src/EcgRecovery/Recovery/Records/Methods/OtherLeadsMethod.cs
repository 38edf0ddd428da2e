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
/// <param name="estimate">The mean estimate, or the placed one, which gaps estimated by pieces do not have.</param>
/// <param name="settings">How gaps that are estimated as one use places; null for the defaults.</param>
internal sealed class OtherLeadsMethod(RecoveryEstimate estimate = RecoveryEstimate.Mean, JointSettings? settings = null)
    : RecordRecoveryMethod
{
    private const string MeanName = "other-leads";

    /// <summary>The reason to leave a gap through which no other lead is observed.</summary>
    public const string NoLead = "no other lead is observed through the gap";

    /// <summary>The reason to leave a gap with too few places like it.</summary>
    public const string TooLittle = "too little signal like that around it";

    // The longest gap that is estimated as one. Chosen on DS1.
    private const double LongestAsOneSeconds = 1.5;

    // A lead that is constant from so long before the gap to so long after it is none.
    private const double ConstantSeconds = 1;

    private readonly JointSettings _settings = settings ?? new JointSettings();

    // Tasks come and go; their buffers stay, and what is prepared for the leads is made once for all calls with the same lead.
    private readonly ConcurrentBag<JointSearch> _searches = [];
    private (LeadSignal Lead, PreparedLead Lost, PreparedLead[] Others)? _last;

    /// <inheritdoc/>
    public override string Name { get; } = NameWith(MeanName, estimate);

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
            var found = Estimate(lost, Array.ConvertAll(group.Surviving, i => others[i]), spans, destination, search);
            for (var i = 0; i < spans.Length; i++)
                outcomes[group.Gaps[i]] = found[i];
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

    private GapOutcome[] Estimate(
        PreparedLead lost, PreparedLead[] surviving, SampleSpan[] gaps, Memory<float> destination, JointSearch search)
    {
        if (IsLong(lost.Lead, gaps[0]))
            return [Write(LongGap.Estimate(lost, surviving, gaps[0], search), destination.Span[gaps[0].ToRange()])];
        var estimates = JointNeighbours.Estimate(
            lost.Raw, Array.ConvertAll(surviving, lead => lead.Raw), gaps, JointNeighbours.Shapes, _settings, search);
        var outcomes = new GapOutcome[gaps.Length];
        for (var i = 0; i < gaps.Length; i++)
        {
            var leads = Array.ConvertAll(surviving, lead => lead.Lead);
            if (LeadRegression.Estimate(lost.Lead, leads, gaps[i], isLevelled: true) is var (linear, _))
                estimates[i].Add(linear);
            outcomes[i] = estimates[i].Count == 0
                ? GapOutcome.Left(TooLittle)
                : EstimateWriter.Write(
                    Name,
                    estimate,
                    lost.Lead,
                    gaps[i],
                    estimates[i],
                    _settings.ErrorPower,
                    destination.Span[gaps[i].ToRange()]) with
                {
                    UsesOtherLeads = true,
                };
        }

        return outcomes;
    }

    // A long gap has no placed estimate: the surviving leads tell its beats' times.
    private static GapOutcome Write(ContextEstimate? found, Span<float> destination)
    {
        if (found is null)
            return GapOutcome.Left(TooLittle);
        found.Samples.CopyTo(destination);
        return new GapOutcome(MeanName) { ErrorScale = found.ErrorScale, UsesOtherLeads = true };
    }
}
