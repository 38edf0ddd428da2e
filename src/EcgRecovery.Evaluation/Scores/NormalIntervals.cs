namespace EcgRecovery.Evaluation.Scores;

/// <summary>Finds the RR intervals that are taken for normal-to-normal (NN) ones, without knowing the classes of the beats.</summary>
/// <remarks>
/// An interval is NN if it lasts 0.3 to 2 s and differs by at most 20 % from the median of its neighbours: the five nearest intervals of
/// that range on each side. A premature beat, its pause, a missed and an invented beat all fail one of the two.
/// <para>
/// Source: the filter of PhysioNet's HRV Toolkit (Mietus and Goldberger, physionet.org/tutorials/hrv-toolkit): a range, and a distance from
/// the mean of neighbours on both sides. The median in place of the mean is not moved by an ectopic beat nearby.
/// </para>
/// </remarks>
internal static class NormalIntervals
{
    private const double MinimumSeconds = 0.3;
    private const double MaximumSeconds = 2;
    private const double MaximumDifference = 0.2;
    private const int NeighboursOnEachSide = 5;

    /// <summary>Finds the NN intervals.</summary>
    /// <param name="intervals">RR intervals in seconds, [n], in order.</param>
    /// <param name="isDropped">Whether an interval is neither NN nor a neighbour of one, [n].</param>
    /// <returns>Whether an interval is NN, [n].</returns>
    /// <exception cref="ArgumentException">Lengths differ.</exception>
    public static bool[] Find(double[] intervals, bool[] isDropped)
    {
        if (isDropped.Length != intervals.Length)
        {
            throw new ArgumentException(
                $"{nameof(isDropped)} has {isDropped.Length} values; expected one for each of {intervals.Length} intervals.",
                nameof(isDropped));
        }

        int[] possible =
        [
            .. Enumerable.Range(0, intervals.Length)
                .Where(i => !isDropped[i] && intervals[i] is >= MinimumSeconds and <= MaximumSeconds),
        ];
        var isNormal = new bool[intervals.Length];
        for (var at = 0; at < possible.Length; at++)
        {
            var interval = intervals[possible[at]];
            var median = MedianBeside(intervals, possible, at);
            isNormal[possible[at]] = Math.Abs(interval - median) <= MaximumDifference * median;
        }

        return isNormal;
    }

    // NaN, from which nothing differs by little, if there is no neighbour.
    private static double MedianBeside(double[] intervals, int[] possible, int at)
    {
        Span<double> beside = stackalloc double[2 * NeighboursOnEachSide];
        var count = 0;
        for (var other = Math.Max(0, at - NeighboursOnEachSide); other <= at + NeighboursOnEachSide && other < possible.Length; other++)
        {
            if (other != at)
                beside[count++] = intervals[possible[other]];
        }

        beside[..count].Sort();
        return Statistics.Quantile(beside[..count], 0.5);
    }
}
