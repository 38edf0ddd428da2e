namespace EcgRecovery.Reporting.Figures;

/// <summary>Places labels in a column so that none overlaps another and each is near the point it belongs to.</summary>
/// <remarks>
/// <code>
/// minimise Σ (y[i] − wanted[i])²   under   y[i+1] ≥ y[i] + distance,   low ≤ y[0],   y[n−1] ≤ high
/// </code>
/// With z[i] = y[i] − i·distance this is isotonic regression, solved by pooling adjacent violators; clamping its result to the bounds is
/// then the optimum under the bounds too. Source: Best and Chakravarti 1990, doi:10.1007/BF01580873.
/// </remarks>
internal static class LabelColumn
{
    /// <summary>Returns the places of the labels, [n], ascending.</summary>
    /// <param name="wanted">Where each belongs, [n], ascending.</param>
    /// <param name="distance">The minimum distance of two labels; smaller where the column is too short for it.</param>
    /// <param name="low">The first place.</param>
    /// <param name="high">The last place.</param>
    public static double[] Place(IReadOnlyList<double> wanted, double distance, double low, double high)
    {
        if (wanted.Count > 1)
            distance = Math.Min(distance, (high - low) / (wanted.Count - 1));
        var blocks = new Stack<(double Sum, int Count)>();
        for (var i = 0; i < wanted.Count; i++)
        {
            var block = (Sum: wanted[i] - (i * distance), Count: 1);
            while (blocks.TryPeek(out var before) && before.Sum / before.Count > block.Sum / block.Count)
            {
                blocks.Pop();
                block = (block.Sum + before.Sum, block.Count + before.Count);
            }

            blocks.Push(block);
        }

        var last = high - ((wanted.Count - 1) * distance);
        return
        [
            .. blocks.Reverse()
                .SelectMany(block => Enumerable.Repeat(Math.Clamp(block.Sum / block.Count, low, Math.Max(low, last)), block.Count))
                .Select((z, i) => z + (i * distance)),
        ];
    }
}
