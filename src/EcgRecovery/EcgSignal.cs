using EcgRecovery.Records;
using EcgRecovery.Recovery;
using EcgRecovery.Recovery.Records;
using EcgRecovery.Signals;

namespace EcgRecovery;

/// <summary>Recovers the missing samples (NaN) of ECG signals that lie in memory.</summary>
/// <remarks>
/// A signal has any length and sampling frequency, and its values any unit. NaN alone is missing; infinite values are refused. Observed
/// samples
/// come back unchanged to the bit, and the input is never written to. A signal without a missing sample, and an empty one, comes back as a
/// copy;
/// one without an observed sample stays missing: there is nothing to recover it from. Leads of one recording are given together, as
/// [leads][N]: they began at the same time and have the same frequency.
/// </remarks>
public static class EcgSignal
{
    /// <summary>
    /// Fills every gap that has an observed sample on both sides; at the start and the end, the nearest observed sample is held.
    /// </summary>
    /// <param name="milliVolts">[N]; NaN = missing.</param>
    /// <param name="samplingFrequencyHz">Samples per second.</param>
    /// <returns>[N]; no NaN, unless every sample is missing.</returns>
    /// <exception cref="ArgumentException">A sample is infinite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The frequency is not finite and above 0.</exception>
    public static float[] Fill(ReadOnlySpan<float> milliVolts, double samplingFrequencyHz) =>
        Recover(milliVolts, samplingFrequencyHz).Samples;

    /// <summary>Fills the leads of one recording.</summary>
    /// <param name="leads">[leads][N]; NaN = missing.</param>
    /// <param name="samplingFrequencyHz">Samples per second.</param>
    /// <returns>[leads][N].</returns>
    /// <inheritdoc cref="Recover(IReadOnlyList{float[]}, double, RecoveryOptions, IProgress{double}, CancellationToken)"/>
    public static float[][] Fill(IReadOnlyList<float[]> leads, double samplingFrequencyHz) =>
        [.. Recover(leads, samplingFrequencyHz).Select(lead => lead.Samples)];

    /// <summary>Recovers the gaps of one lead and reports where each sample comes from.</summary>
    /// <param name="milliVolts">[N]; NaN = missing.</param>
    /// <param name="samplingFrequencyHz">Samples per second.</param>
    /// <param name="options">Options; null = the defaults.</param>
    /// <param name="progress">Receives the share that is done, 0…1; null = nobody listens.</param>
    /// <param name="cancellationToken">Ends long work with <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">A sample is infinite, or the method is unknown or recovers heartbeats only.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The frequency or the longest gap is not finite and above 0.</exception>
    public static RecoveredSignal Recover(
        ReadOnlySpan<float> milliVolts,
        double samplingFrequencyHz,
        RecoveryOptions? options = null,
        IProgress<double>? progress = null,
        CancellationToken cancellationToken = default) =>
        Recover([milliVolts.ToArray()], samplingFrequencyHz, options, progress, cancellationToken)[0];

    /// <summary>Recovers the gaps of all leads of one recording.</summary>
    /// <param name="leads">[leads][N]; NaN = missing.</param>
    /// <param name="samplingFrequencyHz">Samples per second, of every lead.</param>
    /// <param name="options">Options; null = the defaults.</param>
    /// <param name="progress">Receives the share that is done, 0…1; null = nobody listens.</param>
    /// <param name="cancellationToken">Ends long work with <see cref="OperationCanceledException"/>.</param>
    /// <returns>[leads], in the same order.</returns>
    /// <exception cref="ArgumentException">
    /// The leads differ in length, a sample is infinite, or the method is unknown or recovers heartbeats only.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">The frequency or the longest gap is not finite and above 0.</exception>
    public static IReadOnlyList<RecoveredSignal> Recover(
        IReadOnlyList<float[]> leads,
        double samplingFrequencyHz,
        RecoveryOptions? options = null,
        IProgress<double>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(leads);
        options ??= new RecoveryOptions();
        Check(leads, samplingFrequencyHz, options);
        using var method = RecoveryMethods.CreateForRecords(options.Method);
        var recovered = new List<RecoveredSignal>(leads.Count);
        foreach (var lead in leads)
        {
            cancellationToken.ThrowIfCancellationRequested();
            recovered.Add(RecoverLead(lead, samplingFrequencyHz, options, method, cancellationToken));
            progress?.Report(recovered.Count / (double)leads.Count);
        }

        return recovered;
    }

    private static RecoveredSignal RecoverLead(
        float[] samples,
        double samplingFrequencyHz,
        RecoveryOptions options,
        RecordRecoveryMethod method,
        CancellationToken cancellationToken)
    {
        var gaps = MissingRuns.Of<float>(samples).ConvertAll(gap => Judge(gap, samples.Length, samplingFrequencyHz, options));
        var recovered = (float[])samples.Clone();
        var chosen = gaps.Where(gap => gap.IsRecovered).Select(gap => gap.Span).ToList();
        method.Fill(samples, samplingFrequencyHz, chosen, recovered, cancellationToken);
        var origin = new SampleOrigin[samples.Length];
        foreach (var gap in gaps)
            origin.AsSpan(gap.Span.ToRange()).Fill(gap.IsRecovered ? SampleOrigin.Recovered : SampleOrigin.Missing);
        return new RecoveredSignal { Method = method.Name, Samples = recovered, Origin = origin, Gaps = gaps };
    }

    /// <summary>Decides whether a gap is recovered.</summary>
    private static RecoveredGap Judge(SampleSpan gap, int sampleCount, double samplingFrequencyHz, RecoveryOptions options)
    {
        if (gap.Length == sampleCount)
            return new RecoveredGap(gap, IsRecovered: false, "no sample is observed");
        return gap.Length / samplingFrequencyHz > options.MaximumGapSeconds
            ? new RecoveredGap(gap, IsRecovered: false, FormattableString.Invariant($"longer than {options.MaximumGapSeconds} s"))
            : new RecoveredGap(gap, IsRecovered: true);
    }

    private static void Check(IReadOnlyList<float[]> leads, double samplingFrequencyHz, RecoveryOptions options)
    {
        if (!(samplingFrequencyHz > 0) || !double.IsFinite(samplingFrequencyHz))
        {
            throw new ArgumentOutOfRangeException(
                nameof(samplingFrequencyHz), samplingFrequencyHz, "The sampling frequency must be finite and above 0 Hz.");
        }

        if (options.MaximumGapSeconds is { } longest && !(longest > 0))
            throw new ArgumentOutOfRangeException(nameof(options), longest, "The longest gap must be above 0 s.");
        for (var lead = 0; lead < leads.Count; lead++)
        {
            if (leads[lead].Length != leads[0].Length)
            {
                throw new ArgumentException(
                    $"Lead {lead} has {leads[lead].Length} samples; expected {leads[0].Length}, as lead 0.", nameof(leads));
            }

            var infinite = leads[lead].AsSpan().IndexOfAny(float.PositiveInfinity, float.NegativeInfinity);
            if (infinite >= 0)
            {
                throw new ArgumentException(
                    $"Sample {infinite} of lead {lead} is infinite; expected a finite number, or NaN where it is missing.", nameof(leads));
            }
        }
    }
}
