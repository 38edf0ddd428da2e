using System.Collections.Concurrent;
using EcgRecovery.Records;

namespace EcgRecovery.Recovery.Records.Neighbours;

/// <summary>Estimates of gaps among the places of the same lead whose contexts are like theirs.</summary>
/// <remarks>
/// Places are searched at about 120 Hz (<see cref="SearchSignal"/>), for four gaps at a time, and then compared and used at the lead's own
/// rate (<see cref="ContextRegression"/>), so that every observed sample beside the gap counts and QRS complexes keep their edges. No
/// place overlaps a missing sample.
/// </remarks>
/// <param name="settings">How places are used.</param>
/// <param name="forecast">Says which beats are expected in a gap, null for none; null for <see cref="BeatForecast.Of"/>.</param>
internal sealed class ContextNeighbours(ContextSettings settings, Func<LeadSignal, SampleSpan, BeatForecast?>? forecast = null)
{
    // Places searched where the expected beats choose among them.
    private const int RankedMatches = 160;

    // Standard deviations of an expected beat's time are at least those of the ranking's own, and once more twice as wide.
    private const double MinimumSigmaSeconds = 1.0 / 120;
    private const double MinimumWideSigmaSeconds = 1.5 / 120;
    private const double MinimumAgreement = 0.02;

    private readonly Func<LeadSignal, SampleSpan, BeatForecast?> _forecast = forecast ?? BeatForecast.Of;

    // Tasks come and go; their buffers stay, and the lead at the search's rate is made once for all calls with the same lead.
    private readonly ConcurrentBag<ContextSearch> _searches = [];
    private (LeadSignal Lead, SearchSignal Signal)? _last;

    /// <summary>Estimates gaps. One call at a time.</summary>
    /// <param name="lead">The lead.</param>
    /// <param name="gaps">The gaps.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Per gap its estimates; none where too little is like it.</returns>
    public ContextEstimates[] Estimate(LeadSignal lead, IReadOnlyList<SampleSpan> gaps, CancellationToken cancellationToken)
    {
        var estimates = new ContextEstimates[gaps.Count];
        if (gaps.Count == 0)
            return estimates;
        if (_last?.Lead != lead)
            _last = (lead, new SearchSignal(lead));
        var signal = _last.Value.Signal;
        var groups = gaps.Chunk(Correlation.Filters).ToArray();
        var options = new ParallelOptions { MaxDegreeOfParallelism = lead.Threads, CancellationToken = cancellationToken };
        Parallel.For(0, groups.Length, options, g =>
        {
            var search = _searches.TryTake(out var idle) ? idle : new ContextSearch();
            Estimate(lead, signal, search, groups[g]).CopyTo(estimates, g * Correlation.Filters);
            _searches.Add(search);
        });
        return estimates;
    }

    private ContextEstimates[] Estimate(LeadSignal lead, SearchSignal signal, ContextSearch search, SampleSpan[] gaps)
    {
        var results = Array.ConvertAll(gaps, gap => new ContextEstimates(Forecast(lead, gap), [], []));
        var spans = Array.ConvertAll(gaps, signal.Cover);
        var windows = Array.ConvertAll(gaps, gap => signal.Within(lead.Around(gap)));
        var count = results.Max(result => Wanted(result.Forecast));
        foreach (var shape in settings.Shapes)
        {
            var found = search.Find(signal, spans, windows, shape, count, settings.IsElastic);
            for (var i = 0; i < gaps.Length; i++)
                Estimate(lead, signal.Step, gaps[i], shape, found[i], results[i]);
        }

        return results;
    }

    private void Estimate(
        LeadSignal lead, int step, SampleSpan gap, ContextShape shape, ContextMatches found, ContextEstimates result)
    {
        // The search may have been for more, because of another gap in the group.
        var wanted = Wanted(result.Forecast);
        var regression = new ContextRegression(lead.Memory, lead.SamplingFrequencyHz, gap, shape);
        foreach (var matches in new[] { found.Rigid, found.Elastic })
        {
            var refined = regression.Refine(matches.Take(wanted), step);
            result.All.AddRange(Estimates(lead, gap, refined, regression, result.Forecast)
                .Select(estimate => estimate with { IsElastic = matches == found.Elastic }));
        }

        foreach (var (matches, side) in new[] { (found.Left, ContextSides.Left), (found.Right, ContextSides.Right) })
        {
            var alone = new ContextRegression(lead.Memory, lead.SamplingFrequencyHz, gap, shape, side);
            if (alone.Estimate(alone.Refine(matches, step), null, settings.Neighbours, settings.Ridge) is { } estimate)
                result.OneSided.Add(estimate with { Sides = side });
        }
    }

    private int Wanted(BeatForecast? forecast) => forecast is null ? settings.Neighbours : RankedMatches;

    private BeatForecast? Forecast(LeadSignal lead, SampleSpan gap) =>
        gap.Length / lead.SamplingFrequencyHz >= settings.BeatsFromSeconds ? _forecast(lead, gap) : null;

    private IEnumerable<ContextEstimate> Estimates(
        LeadSignal lead, SampleSpan gap, List<ContextMatch> matches, ContextRegression regression, BeatForecast? forecast)
    {
        if (regression.Estimate(matches, null, settings.Neighbours, settings.Ridge) is { } unranked)
            yield return unranked;
        if (forecast is null)
            yield break;
        var floor = Math.Max(MinimumAgreement, 1 - forecast.Share);
        var sigma = Math.Max(MinimumSigmaSeconds * lead.SamplingFrequencyHz, forecast.Spread);
        var wide = Math.Max(MinimumWideSigmaSeconds * lead.SamplingFrequencyHz, 2 * forecast.Spread);
        foreach (var (width, ranking) in new[] { (sigma, BeatRanking.Narrow), (wide, BeatRanking.Wide) })
        {
            double[] factors = [.. matches.Select(match => forecast.Agreement(lead, gap, match, width, floor))];
            if (regression.Estimate(matches, factors, settings.Neighbours, settings.Ridge) is { } ranked)
                yield return ranked with { Ranking = ranking };
        }
    }
}

/// <summary>The estimates of one gap.</summary>
/// <param name="Forecast">The beats that are expected in it; null in short gaps, and where too few beats are known.</param>
/// <param name="All">The estimates by both sides; none where too little is like the gap.</param>
/// <param name="OneSided">Those by one side, where the settings ask for them.</param>
internal sealed record ContextEstimates(BeatForecast? Forecast, List<ContextEstimate> All, List<ContextEstimate> OneSided);

/// <summary>How much the expected beats counted in the choice of places.</summary>
internal enum BeatRanking
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>By their own uncertainty.</summary>
    Narrow,

    /// <summary>By twice their uncertainty.</summary>
    Wide,
}
