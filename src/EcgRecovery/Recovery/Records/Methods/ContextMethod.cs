using System.Collections.Concurrent;
using EcgRecovery.Records;
using EcgRecovery.Recovery.Records.Neighbours;

namespace EcgRecovery.Recovery.Records.Methods;

/// <summary>A method that recovers a gap from the places of the same lead whose contexts are like its own.</summary>
/// <remarks>
/// Places are searched at about 120 Hz (<see cref="SearchSignal"/>), for four gaps at a time, and then compared and used at the lead's own
/// rate (<see cref="ContextRegression"/>), so that every observed sample beside the gap counts and QRS complexes keep their edges. No
/// place overlaps a missing sample.
/// </remarks>
/// <param name="settings">How places are used.</param>
/// <param name="estimate">The mean estimate, or the placed one (<see cref="PlacedEstimate"/>) from the same places.</param>
internal abstract class ContextMethod(ContextSettings settings, RecoveryEstimate estimate = RecoveryEstimate.Mean) : RecordRecoveryMethod
{
    // Places searched where the expected beats choose among them.
    private const int RankedMatches = 160;

    // Standard deviations of an expected beat's time are at least those of the ranking's own, and once more twice as wide.
    private const double MinimumSigmaSeconds = 1.0 / 120;
    private const double MinimumWideSigmaSeconds = 1.5 / 120;
    private const double MinimumAgreement = 0.02;

    private readonly LinearMethod _simpler = new();

    // Tasks come and go; their buffers stay, and the lead at the search's rate is made once for all calls with the same lead.
    private readonly ConcurrentBag<ContextSearch> _searches = [];
    private (LeadSignal Lead, SearchSignal Signal)? _last;

    /// <summary>Whether a gap without enough similar places is filled by a straight line instead of being left missing.</summary>
    protected virtual bool FallsBack => false;

    /// <inheritdoc/>
    public override IReadOnlyList<GapOutcome> Fill(
        LeadSignal lead, IReadOnlyList<SampleSpan> gaps, Memory<float> destination, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var outcomes = new GapOutcome[gaps.Count];
        if (gaps.Count == 0)
            return outcomes;
        if (_last?.Lead != lead)
            _last = (lead, new SearchSignal(lead));
        var signal = _last.Value.Signal;
        var groups = gaps.Index().Chunk(Correlation.Filters).ToArray();
        var options = new ParallelOptions { MaxDegreeOfParallelism = lead.Threads, CancellationToken = cancellationToken };
        Parallel.For(0, groups.Length, options, g =>
        {
            var search = _searches.TryTake(out var idle) ? idle : new ContextSearch();
            Fill(lead, signal, search, groups[g], destination, outcomes);
            _searches.Add(search);
        });
        if (FallsBack)
            FallBack(lead, gaps, destination, outcomes, cancellationToken);
        return outcomes;
    }

    private void Fill(
        LeadSignal lead,
        SearchSignal signal,
        ContextSearch search,
        (int Index, SampleSpan Gap)[] group,
        Memory<float> destination,
        GapOutcome[] outcomes)
    {
        var forecasts = Array.ConvertAll(group, gap => Forecast(lead, gap.Gap));
        var estimates = Array.ConvertAll(group, _ => new List<ContextEstimate>());
        var spans = Array.ConvertAll(group, gap => signal.Cover(gap.Gap));
        var windows = Array.ConvertAll(group, gap => signal.Within(lead.Around(gap.Gap)));
        var count = forecasts.Max(Wanted);
        foreach (var shape in settings.Shapes)
        {
            var found = search.Find(signal, spans, windows, shape, count, settings.IsElastic);
            for (var i = 0; i < group.Length; i++)
            {
                var regression = new ContextRegression(lead.Memory, lead.SamplingFrequencyHz, group[i].Gap, shape);
                // The search may have been for more, because of another gap in the group.
                var wanted = Wanted(forecasts[i]);
                foreach (var matches in new[] { found[i].Rigid, found[i].Elastic })
                {
                    var refined = regression.Refine(matches.Take(wanted), signal.Step);
                    Estimate(lead, group[i].Gap, refined, regression, forecasts[i], estimates[i]);
                }
            }
        }

        for (var i = 0; i < group.Length; i++)
        {
            outcomes[group[i].Index] = estimates[i].Count == 0
                ? GapOutcome.Left("too little signal like that around it")
                : EstimateWriter.Write(
                    Name,
                    estimate,
                    lead,
                    group[i].Gap,
                    estimates[i],
                    settings.ErrorPower,
                    destination.Span[group[i].Gap.ToRange()]);
        }
    }

    private int Wanted(BeatForecast? forecast) => forecast is null ? settings.Neighbours : RankedMatches;

    private BeatForecast? Forecast(LeadSignal lead, SampleSpan gap) =>
        gap.Length / lead.SamplingFrequencyHz >= settings.BeatsFromSeconds ? BeatForecast.Of(lead, gap) : null;

    private void Estimate(
        LeadSignal lead,
        SampleSpan gap,
        List<ContextMatch> matches,
        ContextRegression regression,
        BeatForecast? forecast,
        List<ContextEstimate> estimates)
    {
        Add(regression.Estimate(matches, null, settings.Neighbours, settings.Ridge));
        if (forecast is null)
            return;
        var floor = Math.Max(MinimumAgreement, 1 - forecast.Share);
        var sigma = Math.Max(MinimumSigmaSeconds * lead.SamplingFrequencyHz, forecast.Spread);
        var wide = Math.Max(MinimumWideSigmaSeconds * lead.SamplingFrequencyHz, 2 * forecast.Spread);
        foreach (var width in new[] { sigma, wide })
        {
            double[] factors = [.. matches.Select(match => forecast.Agreement(lead, gap, match, width, floor))];
            Add(regression.Estimate(matches, factors, settings.Neighbours, settings.Ridge));
        }

        void Add(ContextEstimate? estimate)
        {
            if (estimate is not null)
                estimates.Add(estimate);
        }
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
