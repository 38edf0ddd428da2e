using EcgRecovery.Records;

namespace EcgRecovery.Recovery.Records.Neighbours;

/// <summary>A sharp estimate of a gap: typical beats at the expected times, instead of a mean over times.</summary>
/// <remarks>
/// The places vote, by weight, for the number of beats; of those that voted with the majority:
/// <code>
/// vᵢ = cᵢ + uᵢ·(1 − Σ c)/Σ u                            coefficients that add up to 1
/// Tₘ = Σ vᵢ·tᵢₘ                                         the time of beat m, from its times in the places
/// p[t] = Σ vᵢ·(bᵢ[warpᵢ(t)] + oᵢ) + line(t)             warpᵢ moves the beats of place i to T (see BeatWarp)
/// </code>
/// So times and shapes are regressed on the gap's contexts apart. The line makes the mean of the 10 ms beside the gap, on both sides, that
/// of the observed samples. <see cref="BeatFit"/> then corrects the times, and <see cref="TypicalHeight"/> the height, by the mean estimate
/// and all places. Notation: <see cref="WeightedPlace"/>. Source of averaging after aligning in time: Gupta et al. 1996,
/// doi:10.1109/10.486255 (nonlinear alignment and averaging).
/// </remarks>
/// <param name="Samples">[length of the gap].</param>
/// <param name="Votes">The beats of each place, by its weight.</param>
internal sealed record PlacedEstimate(float[] Samples, IReadOnlyList<BeatVote> Votes)
{
    private const double SeamSeconds = 0.01;

    /// <summary>Estimates the inside of a gap.</summary>
    /// <param name="lead">The lead with its R peaks.</param>
    /// <param name="gap">The gap.</param>
    /// <param name="places">
    /// The places, at least one, at the lead's rate; weights and coefficients add up to 1, or to less where an estimate has none.
    /// </param>
    /// <param name="mean">The mean estimate from the same places, [length of the gap].</param>
    /// <returns>Null where numbers overflow.</returns>
    public static PlacedEstimate? Of(LeadSignal lead, SampleSpan gap, IReadOnlyList<WeightedPlace> places, ReadOnlySpan<float> mean)
    {
        var all = places.Select(place => Place.Of(lead, gap, place)).ToList();
        var alike = Majority(all);
        var times = Times(alike, gap);
        var sum = Sum(lead, gap, alike, times);
        var fitted = BeatFit.Move(sum, times, mean, lead.SamplingFrequencyHz);
        var estimate = TypicalHeight.Of(fitted, mean, Squares(lead, gap, all), lead.SamplingFrequencyHz);
        return Array.TrueForAll(estimate, float.IsFinite)
            ? new PlacedEstimate(estimate, [.. all.Select(place => place.ToVote(gap))])
            : null;
    }

    /// <summary>Estimates the inside of a gap whose beats are known.</summary>
    /// <param name="lead">The lead with its R peaks.</param>
    /// <param name="gap">The gap.</param>
    /// <param name="places">The places.</param>
    /// <param name="times">The beats, in samples from the gap's start: within the gap, ascending.</param>
    /// <returns>p, [length of the gap]; null where no place has as many beats.</returns>
    public static float[]? At(LeadSignal lead, SampleSpan gap, IReadOnlyList<WeightedPlace> places, double[] times)
    {
        var alike = places.Select(place => Place.Of(lead, gap, place)).Where(place => place.Beats.Length == times.Length).ToList();
        return alike.Sum(place => place.Weight) > 0
            ? Array.ConvertAll(Sum(lead, gap, Balance(alike), times), value => (float)value)
            : null;
    }

    private static double[] Sum(LeadSignal lead, SampleSpan gap, List<Place> places, double[] times)
    {
        var sum = new double[gap.Length];
        foreach (var place in places)
        {
            new BeatWarp(place.Beats, (int)place.Inside.Length, times, sum.Length, lead.SamplingFrequencyHz)
                .Add(lead.Samples[place.Inside.ToRange()], place.Offset, place.Coefficient, sum);
        }

        AddLine(lead, gap, places, sum);
        return sum;
    }

    /// <summary>Returns the places with the number of beats that has most weight, with coefficients that add up to 1.</summary>
    private static List<Place> Majority(List<Place> places)
    {
        var byCount = places.GroupBy(place => place.Beats.Length).OrderBy(group => group.Key);
        return Balance(byCount.MaxBy(group => group.Sum(place => place.Weight))!.ToList());
    }

    /// <summary>Makes the coefficients add up to 1.</summary>
    private static List<Place> Balance(List<Place> alike)
    {
        var deficit = (1 - alike.Sum(place => place.Coefficient)) / alike.Sum(place => place.Weight);
        return alike.ConvertAll(place => place with { Coefficient = place.Coefficient + (place.Weight * deficit) });
    }

    /// <summary>Returns the times of the beats in samples from the gap's start: within the gap, at least a sample apart.</summary>
    private static double[] Times(List<Place> places, SampleSpan gap)
    {
        var times = new double[places[0].Beats.Length];
        for (var m = 0; m < times.Length; m++)
        {
            var time = places.Sum(place => place.Coefficient * place.Beats[m] * gap.Length / place.Inside.Length);
            times[m] = Math.Max(m == 0 ? 0 : times[m - 1] + 1, Math.Min(time, gap.Length - times.Length + m));
        }

        return times;
    }

    /// <summary>Returns the mean of the insides' squares about their means, by weight, for as many samples as the gap has.</summary>
    private static double Squares(LeadSignal lead, SampleSpan gap, List<Place> places) => places.Sum(
        place => place.Weight * gap.Length / place.Inside.Length * TypicalHeight.Squares(lead.Samples[place.Inside.ToRange()]))
        / places.Sum(place => place.Weight);

    /// <summary>Adds a straight line, so that what continues the estimate on both sides has the level of the observed samples.</summary>
    private static void AddLine(LeadSignal lead, SampleSpan gap, List<Place> places, Span<double> sum)
    {
        var reach = Math.Max(1, (int)Math.Round(SeamSeconds * lead.SamplingFrequencyHz));
        var before = Difference(lead, places, gap.Start - 1, place => place.Inside.Start - 1, reach, -1);
        var after = Difference(lead, places, gap.End, place => place.Inside.End, reach, 1);
        var (left, right) = (before ?? after ?? 0, after ?? before ?? 0);
        for (var t = 0; t < sum.Length; t++)
            sum[t] += left + ((right - left) * (t + 1) / (sum.Length + 1));
    }

    /// <summary>Returns by how much the observed samples beside the gap are above those beside the places; null without samples.</summary>
    private static double? Difference(LeadSignal lead, List<Place> places, long own, Func<Place, long> other, int reach, int step)
    {
        var (sum, count) = (0.0, 0);
        for (var j = 0; j < reach && IsObserved(lead, own + (j * step)); j++, count++)
        {
            sum += lead.Samples[(int)own + (j * step)];
            foreach (var place in places)
            {
                // The contexts of a place are observed where the gap's are.
                sum -= place.Coefficient * (lead.Samples[(int)other(place) + (j * step)] + place.Offset);
            }
        }

        return count == 0 ? null : sum / count;
    }

    private static bool IsObserved(LeadSignal lead, long at) => at >= 0 && at < lead.Length && !float.IsNaN(lead.Samples[(int)at]);

    /// <summary>A place with its beats.</summary>
    /// <param name="Inside">Its inside.</param>
    /// <param name="Beats">The R peaks in it, in samples from its start.</param>
    /// <param name="Weight">uᵢ.</param>
    /// <param name="Coefficient">cᵢ or vᵢ.</param>
    /// <param name="Offset">oᵢ.</param>
    private sealed record Place(SampleSpan Inside, double[] Beats, double Weight, double Coefficient, double Offset)
    {
        public BeatVote ToVote(SampleSpan gap) => new(Weight, Array.ConvertAll(Beats, beat => beat * gap.Length / Inside.Length));

        public static Place Of(LeadSignal lead, SampleSpan gap, WeightedPlace place)
        {
            var inside = new SampleSpan(gap.Start + place.Match.Shift, gap.End + place.Match.Shift + place.Match.Stretch);
            var first = OrderedSearch.CountWhile(lead.RPeaks.Count, i => lead.RPeaks[i] < inside.Start);
            var beats = new List<double>();
            for (var i = first; i < lead.RPeaks.Count && lead.RPeaks[i] < inside.End; i++)
                beats.Add(lead.RPeaks[i] - inside.Start);
            return new Place(inside, [.. beats], place.Weight, place.Coefficient, place.Offset);
        }
    }
}
