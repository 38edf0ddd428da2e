using System.Globalization;

namespace EcgRecovery.Evaluation.Records;

/// <summary>Where gaps lie.</summary>
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

/// <summary>Gaps of one cell: their length and where they lie.</summary>
/// <param name="Seconds">Their length.</param>
/// <param name="Placement">Where they lie.</param>
internal sealed record GapKind(double Seconds, GapPlacement Placement)
{
    private const double PBeforeRSeconds = 0.16;
    private const double TBehindR = 0.30;

    /// <summary>The placement's name in files and options, as in <c>qrs</c>.</summary>
    public static string NameOf(GapPlacement placement) => placement.ToString().ToLowerInvariant();

    /// <summary>The heading of the cell's column, as in <c>0.30 s</c> or <c>0.30 s at qrs</c>.</summary>
    public string Heading => string.Create(CultureInfo.InvariantCulture, $"{Seconds:0.00###} s")
        + (Placement == GapPlacement.Random ? "" : $" at {NameOf(Placement)}");

    /// <summary>Returns the samples on which gaps are centred, one for each beat, in order.</summary>
    /// <param name="rPeaks">Samples of the R peaks, ascending.</param>
    /// <param name="samplingFrequencyHz">Samples per second.</param>
    /// <exception cref="InvalidOperationException">Gaps at random have no centres.</exception>
    public IEnumerable<double> Centres(IReadOnlyList<int> rPeaks, double samplingFrequencyHz) => Placement switch
    {
        GapPlacement.P => rPeaks.Select(peak => peak - (PBeforeRSeconds * samplingFrequencyHz)),
        GapPlacement.Qrs => rPeaks.Select(peak => (double)peak),
        GapPlacement.T => rPeaks.Zip(
            rPeaks.Skip(1),
            (peak, next) => peak + (TBehindR * Math.Sqrt((next - peak) / samplingFrequencyHz) * samplingFrequencyHz)),
        _ => throw new InvalidOperationException($"Gaps placed at {Placement} have no centres."),
    };
}
