using System.Runtime.CompilerServices;
using EcgRecovery.Records;
using EcgRecovery.Recovery;
using EcgRecovery.Recovery.Records;
using EcgRecovery.Signals;

namespace EcgRecovery;

/// <summary>Recovers the missing samples (NaN) of ECG signals that lie in memory.</summary>
/// <remarks>
/// A signal has any length and sampling frequency, and its values any unit. NaN alone is missing; infinite values are refused. Observed
/// samples come back unchanged to the bit, and the input is never written to. A signal without a missing sample, and an empty one, comes
/// back as a copy; one without an observed sample stays missing: there is nothing to recover it from. Leads of one recording are given
/// together, as [leads][N]: they began at the same time and have the same frequency.
/// </remarks>
public static class EcgSignal
{
    /// <summary>
    /// Fills every gap, however long, by the default method, or by a straight line where that cannot; only a lead without any observed
    /// sample stays missing.
    /// </summary>
    /// <param name="milliVolts">[N]; NaN = missing.</param>
    /// <param name="samplingFrequencyHz">Samples per second.</param>
    /// <returns>[N]; no NaN, unless every sample is missing.</returns>
    /// <exception cref="ArgumentException">A sample is infinite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The frequency is not finite and above 0.</exception>
    [OverloadResolutionPriority(1)] // An empty list, [], is one lead without samples.
    public static float[] Fill(ReadOnlySpan<float> milliVolts, double samplingFrequencyHz) =>
        Fill([milliVolts.ToArray()], samplingFrequencyHz)[0];

    /// <summary>Fills the leads of one recording.</summary>
    /// <param name="leads">[leads][N]; NaN = missing.</param>
    /// <param name="samplingFrequencyHz">Samples per second.</param>
    /// <returns>[leads][N].</returns>
    /// <inheritdoc cref="Recover(IReadOnlyList{float[]}, double, RecoveryOptions, IProgress{double}, CancellationToken)"/>
    public static float[][] Fill(IReadOnlyList<float[]> leads, double samplingFrequencyHz)
    {
        var recovered = Recover(leads, samplingFrequencyHz, new RecoveryOptions { MaximumGapSeconds = null, SelfTestGaps = 0 });
        var filled = recovered.Select(lead => lead.Samples).ToArray();
        // What the method leaves missing, because the signal around it is too short for example, gets a straight line.
        foreach (var lead in filled.Where(lead => !lead.All(float.IsNaN)))
            MissingRuns.Bridge<float>(lead);
        return filled;
    }

    /// <summary>Recovers the gaps of one lead and reports where each sample comes from.</summary>
    /// <param name="milliVolts">[N]; NaN = missing.</param>
    /// <param name="samplingFrequencyHz">Samples per second.</param>
    /// <param name="options">Options; null = the defaults.</param>
    /// <param name="progress">Receives the share that is done, 0…1; null = nobody listens.</param>
    /// <param name="cancellationToken">Ends long work with <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">A sample is infinite, or the method is unknown or recovers heartbeats only.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The frequency or the longest gap is not finite and above 0.</exception>
    [OverloadResolutionPriority(1)] // As for Fill.
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
        using var method = RecoveryMethods.CreateForRecords(options);
        var recovered = new List<RecoveredSignal>(leads.Count);
        foreach (var lead in leads)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var source = new LeadSource(new MemorySamples<float>(lead), samplingFrequencyHz)
            {
                Others = [.. leads.Where(other => other != lead).Select(other => new MemorySamples<float>(other))],
            };
            recovered.Add(RecoverLead(lead, source, options, method, cancellationToken));
            progress?.Report(recovered.Count / (double)leads.Count);
        }

        return recovered;
    }

    private static RecoveredSignal RecoverLead(
        float[] samples,
        LeadSource source,
        RecoveryOptions options,
        RecordRecoveryMethod method,
        CancellationToken cancellationToken)
    {
        var runs = MissingRuns.Of<float>(samples);
        var gaps = runs.ConvertAll(run => new RecoveredGap(run, Method: null, ReasonToLeave(run)));
        var recovered = (float[])samples.Clone();
        var origin = new SampleOrigin[samples.Length];
        foreach (var run in runs)
            origin.AsSpan(run.ToRange()).Fill(SampleOrigin.Missing);
        var (lower, upper) = ((float[])samples.Clone(), (float[])samples.Clone());
        var next = 0;
        SampleSpan[] toFill = [.. gaps.Where(gap => gap.Reason.Length == 0).Select(gap => gap.Span)];
        new TestedRecovery(source, toFill, options, cancellationToken).Run(
            method,
            some =>
            {
                foreach (var filled in some)
                    Take(filled);
            },
            done: null);
        var hasIntervals = gaps.Exists(gap => gap.IntervalWidth is not null);
        return new RecoveredSignal
        {
            Method = method.Name,
            Samples = recovered,
            Origin = origin,
            Gaps = gaps,
            Lower = hasIntervals ? lower : null,
            Upper = hasIntervals ? upper : null,
            IntervalLevel = hasIntervals ? options.IntervalLevel : null,
        };

        string ReasonToLeave(SampleSpan run) =>
            options.ReasonToLeave(run, samples.Length, source.SamplingFrequencyHz, source.IsObservedElsewhere(run));

        void Take(FilledGap filled)
        {
            while (gaps[next].Span != filled.Span)
                next++;
            gaps[next] = filled.ToGap(filled.Span);
            if (!filled.Outcome.IsFilled)
                return;
            filled.Samples.CopyTo(recovered.AsSpan(filled.Span.ToRange()));
            origin.AsSpan(filled.Span.ToRange()).Fill(SampleOrigin.Recovered);
            if (filled.Interval is not { } interval)
                return;
            interval.Lower.CopyTo(lower.AsSpan(filled.Span.ToRange()));
            interval.Upper.CopyTo(upper.AsSpan(filled.Span.ToRange()));
        }
    }

    private static void Check(IReadOnlyList<float[]> leads, double samplingFrequencyHz, RecoveryOptions options)
    {
        if (!(samplingFrequencyHz > 0) || !double.IsFinite(samplingFrequencyHz))
        {
            throw new ArgumentOutOfRangeException(
                nameof(samplingFrequencyHz), samplingFrequencyHz, "The sampling frequency must be finite and above 0 Hz.");
        }

        options.Check();
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
