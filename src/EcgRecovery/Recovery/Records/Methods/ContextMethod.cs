using System.Collections.Concurrent;
using EcgRecovery.Records;
using EcgRecovery.Recovery.Records.Neighbours;

namespace EcgRecovery.Recovery.Records.Methods;

/// <summary>A method that recovers a gap from the places of the same lead whose contexts are like its own.</summary>
/// <remarks>
/// Places are searched at about 120 Hz (<see cref="SearchSignal"/>), for four gaps at a time, and then compared and used at the lead's own
/// rate (<see cref="ContextRegression"/>), so that every observed sample beside the gap counts and QRS complexes keep their edges. No
/// place overlaps a missing sample.
/// <code>
/// y[t] = Σ wᵢ·yᵢ[t],  wᵢ = eᵢ⁻⁶/Σ eᵢ⁻⁶                 e: leave-one-out errors of the estimates y
/// s[t] = √(Σ wᵢ·(sᵢ[t]² + (yᵢ[t] − y[t])²))           error scale, from those of the estimates and from what they differ by
/// √(s[t]² + (p[t] − y[t])²)                           error scale of the placed estimate p
/// </code>
/// </remarks>
/// <param name="settings">How places are used.</param>
/// <param name="estimate">The mean estimate, or the placed one (<see cref="PlacedEstimate"/>) from the same places.</param>
internal abstract class ContextMethod(ContextSettings settings, RecoveryEstimate estimate = RecoveryEstimate.Mean) : RecordRecoveryMethod
{
    // Places searched where the expected beats choose among them.
    private const int RankedMatches = 160;

    // The estimates' errors are alike: a high power lets the best ones count. Chosen on DS1.
    private const double ErrorPower = -6;

    // Standard deviations of an expected beat's time are at least those of the ranking's own, and once more twice as wide.
    private const double MinimumSigmaSeconds = 1.0 / 120;
    private const double MinimumWideSigmaSeconds = 1.5 / 120;
    private const double MinimumAgreement = 0.02;

    // The places may agree in a sample by chance: its error scale is at least this share of the gap's mean one. Where nothing differs, in
    // a constant lead, it is next to nothing, but not 0.
    private const double MinimumScaleShare = 0.02;
    private const double MinimumScale = 1e-30;

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
                : Fill(lead, group[i].Gap, estimates[i], destination.Span[group[i].Gap.ToRange()]);
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

    private GapOutcome Fill(LeadSignal lead, SampleSpan gap, List<ContextEstimate> estimates, Span<float> destination)
    {
        var weights = Weights(estimates);
        var scale = Combine(estimates, weights, destination);
        if (estimate == RecoveryEstimate.Placed && PlacedEstimate.Of(lead, gap, WeightedPlace.Pool(estimates, weights)) is { } placed)
        {
            // The mean square error about any value is that about the mean and the square of the difference.
            for (var t = 0; t < placed.Length; t++)
                scale[t] = (float)Math.Min(double.Hypot(scale[t], (double)placed[t] - destination[t]), float.MaxValue);
            placed.CopyTo(destination);
        }

        return new GapOutcome(Name) { ErrorScale = scale };
    }

    /// <summary>Returns the weights of the estimates by their leave-one-out errors; they add up to 1.</summary>
    internal static double[] Weights(List<ContextEstimate> estimates)
    {
        // Relative to the least error, so that no unit overflows; estimates without an error count alike.
        var least = Math.Max(estimates.Min(estimate => estimate.LeaveOneOutError), 1e-30);
        double[] weights = [.. estimates.Select(estimate => Math.Pow(Math.Max(estimate.LeaveOneOutError, least) / least, ErrorPower))];
        var sum = weights.Sum();
        return Array.ConvertAll(weights, weight => weight / sum);
    }

    /// <summary>Writes the weighted mean of the estimates.</summary>
    /// <param name="estimates">At least one.</param>
    /// <param name="weights">Their weights.</param>
    /// <param name="destination">[length of the gap].</param>
    /// <returns>[length of the gap]: the error scale.</returns>
    internal static float[] Combine(List<ContextEstimate> estimates, double[] weights, Span<float> destination)
    {
        var scale = new double[destination.Length];
        for (var t = 0; t < destination.Length; t++)
        {
            var (value, square) = (0.0, 0.0);
            for (var i = 0; i < estimates.Count; i++)
                value += weights[i] * estimates[i].Samples[t];
            destination[t] = (float)value;
            for (var i = 0; i < estimates.Count; i++)
            {
                double own = estimates[i].ErrorScale[t], difference = estimates[i].Samples[t] - value;
                square += weights[i] * ((own * own) + (difference * difference));
            }

            scale[t] = Math.Sqrt(square);
        }

        var minimum = Math.Max(MinimumScaleShare * scale.Average(), MinimumScale);
        return Array.ConvertAll(scale, value => (float)Math.Clamp(value, minimum, float.MaxValue));
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
