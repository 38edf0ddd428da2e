namespace EcgRecovery.Recovery.Records.Model;

/// <summary>The levels of a record model's quantiles: each two that add up to 1 are an interval.</summary>
internal static class IntervalLevels
{
    /// <summary>What is expected of levels, for error messages.</summary>
    public const string Expected = "ascending levels between 0 and 1, in pairs symmetric about 0.5";

    /// <summary>Returns whether levels ascend between 0 and 1, in pairs symmetric about ½.</summary>
    public static bool AreFit(IReadOnlyList<float> levels) => levels.Count >= 2
        && levels.Count % 2 == 0
        && levels[0] > 0
        && levels.Zip(levels.Skip(1)).All(pair => pair.First < pair.Second)
        && levels.Zip(levels.Reverse()).All(pair => Math.Abs(pair.First + pair.Second - 1) < 1e-6);

    /// <summary>Returns the share of samples that an interval should hold.</summary>
    /// <param name="levels">The levels.</param>
    /// <param name="interval">Counted from the narrowest.</param>
    public static double ShareOf(IReadOnlyList<float> levels, int interval)
    {
        var upper = (levels.Count / 2) + interval;
        // Rounded: 0.975 and 0.025 are not exact in float32, and their difference may ask for one sample more.
        return Math.Round((double)levels[upper] - levels[levels.Count - 1 - upper], 6);
    }
}
