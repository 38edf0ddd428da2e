using EcgRecovery.Records;

namespace EcgRecovery.Beats;

/// <summary>Finds the R peaks of one lead.</summary>
/// <remarks>
/// Hamilton's method: band-pass, slope, rectification and an 80 ms moving average give one hump per QRS complex. A threshold between the
/// median heights of the last eight beats and the last eight other humps separates the two. A hump soon after a beat that is not steep is
/// its T wave. A long interval is searched again with a lower threshold. Differences: Butterworth filters, other constants
/// (docs/r-peaks.md), and after eight seconds without a beat the levels are learned again from the last beat on.
/// <para>
/// The result does not depend on the unit or the sign of the signal. Work is linear in the number of samples; memory is a few windows and
/// at most five candidates per second, besides the input.
/// </para>
/// <para>
/// Sources: Hamilton 2002, doi:10.1109/CIC.2002.1166717; its rules come from Hamilton and Tompkins 1986, doi:10.1109/TBME.1986.325695,
/// and Pan and Tompkins 1985, doi:10.1109/TBME.1985.325532.
/// </para>
/// </remarks>
public static class RPeakDetector
{
    /// <summary>The lowest sampling frequency, in Hz: more than twice the highest filter corner.</summary>
    public const double MinimumSamplingFrequencyHz = 80;

    /// <summary>The highest sampling frequency, in Hz: far above any recorder's, a limit against broken files.</summary>
    public const double MaximumSamplingFrequencyHz = 1e6;

    /// <summary>Finds the R peaks.</summary>
    /// <param name="milliVolts">
    /// The lead, in mV or any other unit; NaN or infinite = missing. Missing samples are bridged by straight lines.
    /// </param>
    /// <param name="samplingFrequencyHz">Samples per second.</param>
    /// <param name="options">The constants; null = the defaults.</param>
    /// <returns>The samples of the peaks, ascending; never a missing sample. Empty if there is no signal.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The sampling frequency is outside <see cref="MinimumSamplingFrequencyHz"/> to <see cref="MaximumSamplingFrequencyHz"/>.
    /// </exception>
    public static int[] Detect(ReadOnlySpan<float> milliVolts, double samplingFrequencyHz, RPeakDetectorOptions? options = null)
    {
        CheckFrequency(samplingFrequencyHz);
        var peaks = Detect(new SpanValues(milliVolts), samplingFrequencyHz, options ?? new RPeakDetectorOptions());
        return Array.ConvertAll(peaks, peak => (int)peak);
    }

    /// <summary>Finds the R peaks of a lead of any length, the same as in memory; it is read by windows, three to four times.</summary>
    /// <param name="lead">The lead, in any unit.</param>
    /// <param name="options">The constants; null = the defaults.</param>
    /// <param name="cancellationToken">Checked once per window.</param>
    /// <returns>The samples of the peaks, ascending; never a missing sample. Empty if there is no signal.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The lead's sampling frequency is outside <see cref="MinimumSamplingFrequencyHz"/> to <see cref="MaximumSamplingFrequencyHz"/>.
    /// </exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static long[] Detect(EcgLead lead, RPeakDetectorOptions? options = null, CancellationToken cancellationToken = default) =>
        Detect(lead, SampleWindow.Length, options, cancellationToken);

    /// <inheritdoc cref="Detect(EcgLead, RPeakDetectorOptions?, CancellationToken)"/>
    /// <param name="lead">The lead, in any unit.</param>
    /// <param name="windowLength">Samples in memory; the result does not depend on it.</param>
    /// <param name="options">The constants; null = the defaults.</param>
    /// <param name="cancellationToken">Checked once per window.</param>
    internal static long[] Detect(EcgLead lead, int windowLength, RPeakDetectorOptions? options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(lead);
        CheckFrequency(lead.SamplingFrequencyHz);
        var values = new WindowedValues(new LeadWindow(lead, windowLength, cancellationToken));
        return Detect(values, lead.SamplingFrequencyHz, options ?? new RPeakDetectorOptions());
    }

    /// <summary>Returns peaks as annotations of unclassified beats: WFDB code Q, <see cref="AamiClass.Q"/>.</summary>
    public static IReadOnlyList<Annotation> ToAnnotations(IEnumerable<int> peaks) => ToAnnotations(peaks.Select(peak => (long)peak));

    /// <inheritdoc cref="ToAnnotations(IEnumerable{int})"/>
    public static IReadOnlyList<Annotation> ToAnnotations(IEnumerable<long> peaks)
    {
        var unclassified = BeatCode.FromSymbol("Q")!.Value;
        return [.. peaks.Select(peak => new Annotation(peak, unclassified))];
    }

    /// <summary>Returns the approximate samples of the beats of a lead, ascending.</summary>
    /// <param name="values">The lead.</param>
    /// <param name="spikes">What does not count.</param>
    /// <param name="samplingFrequencyHz">Samples per second.</param>
    /// <param name="options">The constants.</param>
    internal static List<long> LeadBeats<TValues>(
        TValues values, List<SampleSpan> spikes, double samplingFrequencyHz, RPeakDetectorOptions options)
        where TValues : ILeadValues, allows ref struct
    {
        var clean = new ValuesWithoutSpikes<TValues>(values, spikes);
        var humps = new LeadHumps<ValuesWithoutSpikes<TValues>>(clean, samplingFrequencyHz, options);
        var candidates = RPeakCandidates.Find(humps, values.Count, samplingFrequencyHz, options);
        return new RPeakDecisions(candidates, samplingFrequencyHz, options).Beats();
    }

    /// <summary>Whether R peaks can be found at a sampling frequency.</summary>
    internal static bool Takes(double samplingFrequencyHz) =>
        samplingFrequencyHz is >= MinimumSamplingFrequencyHz and <= MaximumSamplingFrequencyHz;

    private static void CheckFrequency(double samplingFrequencyHz)
    {
        if (!Takes(samplingFrequencyHz))
        {
            throw new ArgumentOutOfRangeException(
                nameof(samplingFrequencyHz),
                $"The sampling frequency is {samplingFrequencyHz} Hz; "
                + $"expected {MinimumSamplingFrequencyHz} to {MaximumSamplingFrequencyHz} Hz.");
        }
    }

    private static long[] Detect<TValues>(TValues values, double samplingFrequencyHz, RPeakDetectorOptions options)
        where TValues : ILeadValues, allows ref struct
    {
        var spikes = LeadSpikes.Find(values, samplingFrequencyHz);
        var beats = LeadBeats(values, LeadSpikes.Disturbing(values, spikes, samplingFrequencyHz, options), samplingFrequencyHz, options);
        var clean = new ValuesWithoutSpikes<TValues>(values, spikes);
        var locator = new RPeakLocator(samplingFrequencyHz);
        var peaks = new List<long>();
        foreach (var beat in beats)
        {
            var peak = locator.Locate(clean, beat);
            if (peak >= 0 && (peaks.Count == 0 || peak > peaks[^1]))
                peaks.Add(peak);
        }

        return [.. peaks];
    }
}
