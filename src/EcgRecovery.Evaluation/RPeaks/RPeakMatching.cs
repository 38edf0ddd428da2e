namespace EcgRecovery.Evaluation.RPeaks;

/// <summary>Matching of detected R peaks with reference beats, one to one.</summary>
/// <remarks>
/// The nearest pair is taken first, then the nearest of the remaining ones, and so on; of two equally near pairs the earlier. A pair is at
/// most the tolerance apart, inclusive.
/// <para>
/// Source of the measure: ANSI/AAMI EC57, beat-by-beat comparison with a match window of 150 ms, as in WFDB's <c>bxb</c>.
/// </para>
/// </remarks>
internal static class RPeakMatching
{
    // 0.15 · 360 may come out as 53.999…: rounding error must not cost a sample.
    private const double RoundingError = 1e-9;

    /// <summary>Returns the maximum distance of a pair in whole samples.</summary>
    /// <param name="seconds">The tolerance, in seconds.</param>
    /// <param name="samplingFrequencyHz">Sampling frequency in hertz.</param>
    public static int ToleranceSamples(double seconds, double samplingFrequencyHz) =>
        (int)Math.Floor((seconds * samplingFrequencyHz) + RoundingError);

    /// <summary>Matches detections with reference beats and counts.</summary>
    /// <param name="reference">Samples of the reference beats, ascending.</param>
    /// <param name="detected">Samples of the detections, ascending.</param>
    /// <param name="toleranceSamples">Maximum distance of a pair, inclusive.</param>
    /// <exception cref="ArgumentException">Samples are not ascending.</exception>
    public static RPeakCounts Match(ReadOnlySpan<int> reference, ReadOnlySpan<int> detected, int toleranceSamples)
    {
        var found = Pairs(reference, detected, toleranceSamples).Count;
        return new RPeakCounts(found, reference.Length - found, detected.Length - found);
    }

    /// <summary>Matches detections with reference beats.</summary>
    /// <param name="reference">Samples of the reference beats, ascending.</param>
    /// <param name="detected">Samples of the detections, ascending.</param>
    /// <param name="toleranceSamples">Maximum distance of a pair, inclusive.</param>
    /// <returns>The pairs, by their numbers in the two lists; the nearest first.</returns>
    /// <exception cref="ArgumentException">Samples are not ascending.</exception>
    public static IReadOnlyList<(int Beat, int Detection)> Pairs(
        ReadOnlySpan<int> reference, ReadOnlySpan<int> detected, int toleranceSamples)
    {
        RefuseDescending(reference, nameof(reference));
        RefuseDescending(detected, nameof(detected));
        var pairs = PairsWithin(reference, detected, toleranceSamples);
        pairs.Sort();
        var isFound = new bool[reference.Length];
        var isTrue = new bool[detected.Length];
        var matched = new List<(int Beat, int Detection)>();
        foreach (var (_, beat, detection) in pairs)
        {
            if (isFound[beat] || isTrue[detection])
                continue;
            isFound[beat] = isTrue[detection] = true;
            matched.Add((beat, detection));
        }

        return matched;
    }

    private static List<(int Distance, int Beat, int Detection)> PairsWithin(
        ReadOnlySpan<int> reference, ReadOnlySpan<int> detected, int toleranceSamples)
    {
        var pairs = new List<(int Distance, int Beat, int Detection)>(reference.Length);
        var first = 0;
        for (var beat = 0; beat < reference.Length; beat++)
        {
            while (first < detected.Length && detected[first] < reference[beat] - toleranceSamples)
                first++;
            var last = reference[beat] + toleranceSamples;
            for (var detection = first; detection < detected.Length && detected[detection] <= last; detection++)
                pairs.Add((Math.Abs(detected[detection] - reference[beat]), beat, detection));
        }

        return pairs;
    }

    private static void RefuseDescending(ReadOnlySpan<int> samples, string name)
    {
        for (var i = 1; i < samples.Length; i++)
        {
            if (samples[i] < samples[i - 1])
                throw new ArgumentException($"{name}[{i}] = {samples[i]} comes after {samples[i - 1]}; expected ascending samples.", name);
        }
    }
}
