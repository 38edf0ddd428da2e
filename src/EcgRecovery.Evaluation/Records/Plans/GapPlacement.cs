namespace EcgRecovery.Evaluation.Records.Plans;

/// <summary>Where single gaps lie.</summary>
internal enum GapPlacement
{
    /// <summary>At any time of the lead.</summary>
    Random,

    /// <summary>Centred on the P wave: 0.16 s before an R peak.</summary>
    P,

    /// <summary>Centred on the R peak.</summary>
    Qrs,

    /// <summary>Centred on the T wave: 0.30·√RR behind an R peak, RR the interval to the next one, both in seconds.</summary>
    T,
}

/// <summary>The times of waves.</summary>
internal static class GapPlacements
{
    private const double PBeforeRSeconds = 0.16;
    private const double TBehindR = 0.30;

    /// <summary>Returns the samples on which gaps are centred, one for each beat, in order.</summary>
    /// <param name="placement">The wave.</param>
    /// <param name="rPeaks">Samples of the R peaks, ascending.</param>
    /// <param name="samplingFrequencyHz">Samples per second.</param>
    /// <exception cref="InvalidOperationException">Gaps at random have no centres.</exception>
    public static IEnumerable<double> Centres(this GapPlacement placement, IReadOnlyList<int> rPeaks, double samplingFrequencyHz) =>
        placement switch
        {
            GapPlacement.P => rPeaks.Select(peak => peak - (PBeforeRSeconds * samplingFrequencyHz)),
            GapPlacement.Qrs => rPeaks.Select(peak => (double)peak),
            GapPlacement.T => rPeaks.Zip(
                rPeaks.Skip(1),
                (peak, next) => peak + (TBehindR * Math.Sqrt((next - peak) / samplingFrequencyHz) * samplingFrequencyHz)),
            _ => throw new InvalidOperationException($"Gaps placed at {placement} have no centres."),
        };
}
