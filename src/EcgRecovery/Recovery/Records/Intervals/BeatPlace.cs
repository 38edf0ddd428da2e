namespace EcgRecovery.Recovery.Records.Intervals;

/// <summary>Where in a beat a sample lies, by its distance from the R peaks around it.</summary>
internal enum BeatPlace
{
    /// <summary>At most 60 ms from an R peak.</summary>
    Qrs,

    /// <summary>At most 0.4 s after an R peak: ST segment and T wave.</summary>
    AfterQrs,

    /// <summary>Elsewhere, or no R peak is known.</summary>
    Rest,
}

/// <summary>The places of the samples of a gap.</summary>
internal static class BeatPlaces
{
    /// <summary>Number of places.</summary>
    public const int Count = 3;

    /// <summary>How far from a gap R peaks matter, in seconds.</summary>
    public const double ReachSeconds = 0.4;

    private const double QrsSeconds = 0.06;

    /// <summary>Returns the place of each sample of a gap.</summary>
    /// <param name="start">First sample of the gap.</param>
    /// <param name="length">Number of samples.</param>
    /// <param name="peaks">The R peaks in the gap and around it, ascending.</param>
    /// <param name="samplingFrequencyHz">Samples per second.</param>
    public static BeatPlace[] Of(long start, int length, IReadOnlyList<long> peaks, double samplingFrequencyHz)
    {
        var places = new BeatPlace[length];
        Array.Fill(places, BeatPlace.Rest);
        foreach (var peak in peaks)
            Mark(peak, 0, ReachSeconds, BeatPlace.AfterQrs);
        foreach (var peak in peaks)
            Mark(peak, QrsSeconds, QrsSeconds, BeatPlace.Qrs);
        return places;

        void Mark(long peak, double before, double after, BeatPlace place)
        {
            var first = Math.Max(0, peak - (long)(before * samplingFrequencyHz) - start);
            var end = Math.Min(length, peak + (long)(after * samplingFrequencyHz) + 1 - start);
            for (var t = first; t < end; t++)
                places[t] = place;
        }
    }
}
