namespace EcgRecovery.Recovery.Records.Neighbours;

/// <summary>A place and its part in an estimate y = Σ cᵢ·(bᵢ + oᵢ), bᵢ the place's inside at the gap's length.</summary>
/// <param name="Match">The place.</param>
/// <param name="Weight">uᵢ, not below 0: how alike the contexts are. The weights of an estimate add up to 1.</param>
/// <param name="Coefficient">cᵢ: the weight that regression made of it. It may be below 0; those of an estimate add up to 1.</param>
/// <param name="Offset">oᵢ: the mean of the gap's contexts less that of the place's.</param>
internal readonly record struct WeightedPlace(ContextMatch Match, double Weight, double Coefficient, double Offset)
{
    /// <summary>Returns the places of the weighted mean of several estimates, each place once.</summary>
    /// <param name="estimates">The estimates.</param>
    /// <param name="weights">Their weights, which add up to 1.</param>
    public static IReadOnlyList<WeightedPlace> Pool(IReadOnlyList<ContextEstimate> estimates, IReadOnlyList<double> weights)
    {
        var places = estimates.SelectMany((estimate, i) => estimate.Places.Select(place => place with
        {
            Weight = weights[i] * place.Weight,
            Coefficient = weights[i] * place.Coefficient,
        }));
        return
        [
            .. places.Where(place => place.Weight > 0)
                .GroupBy(place => (place.Match.Shift, place.Match.Stretch), (_, same) => Merge([.. same])),
        ];
    }

    private static WeightedPlace Merge(List<WeightedPlace> same)
    {
        var weight = same.Sum(place => place.Weight);
        return same[0] with
        {
            Weight = weight,
            Coefficient = same.Sum(place => place.Coefficient),
            Offset = same.Sum(place => place.Weight / weight * place.Offset),
        };
    }
}
