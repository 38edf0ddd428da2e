using EcgRecovery.Records;
using EcgRecovery.Signals;

namespace EcgRecovery.Recovery.Records.Methods;

/// <summary>Autoregressive continuations of the signal on both sides of the gap, cross-faded.</summary>
/// <remarks>
/// The observed samples before the gap are continued forward and those after it backward, each by its own autoregressive model
/// (<see cref="Burg"/>) around its own mean. The weight of the second rises in a straight line across the gap. A side with too few samples
/// is left out.
/// <para>
/// Sources: Kay and Marple 1981, doi:10.1109/PROC.1981.12184; Kauppinen and Roth, Audio signal extrapolation, DAFx 2002; MATLAB's
/// <c>fillgaps</c>.
/// </para>
/// </remarks>
/// <param name="segmentSeconds">Samples on each side that a model is fitted to, in seconds.</param>
/// <param name="orderSeconds">Coefficients of a model, as a duration in seconds.</param>
internal sealed class AutoregressiveMethod(double segmentSeconds = 8, double orderSeconds = 1) : EstimatingMethod
{
    /// <summary>Bounds the time: the order at 2,000 Hz.</summary>
    private const int MaximumOrder = 2000;

    /// <summary>Bounds the time: the segment at 2,000 Hz.</summary>
    private const int MaximumSegment = 16_000;

    /// <summary>Minimum of observed samples per coefficient; fewer split spectral lines.</summary>
    /// <remarks>Source: Ulrych and Bishop 1975, doi:10.1029/RG013i001p00183.</remarks>
    private const int SamplesPerCoefficient = 3;

    /// <summary>The fewest samples of a side: four coefficients, two oscillations.</summary>
    private const int MinimumSamples = 4 * SamplesPerCoefficient;

    /// <inheritdoc/>
    public override string Name => "autoregressive";

    /// <inheritdoc/>
    protected override string? Estimate(LeadSignal lead, SampleSpan gap, Span<double> estimate)
    {
        var around = lead.Around(gap);
        var segment = (long)Math.Min(segmentSeconds * lead.SamplingFrequencyHz, MaximumSegment);
        var before = ObservedRuns.Before(lead.Samples, gap, segment).Intersect(around);
        var after = ObservedRuns.After(lead.Samples, gap, segment).Intersect(around);
        if (Math.Max(before.Length, after.Length) < MinimumSamples)
            return "too few samples beside it";
        var order = (int)Math.Min(orderSeconds * lead.SamplingFrequencyHz, MaximumOrder);
        var forward = Continue(lead.Samples[before.ToRange()], estimate.Length, order);
        var reversed = lead.Samples[after.ToRange()].ToArray();
        Array.Reverse(reversed);
        var backward = Continue(reversed, estimate.Length, order);
        Array.Reverse(backward);
        CrossFade(forward.Length == 0 ? backward : forward, backward.Length == 0 ? forward : backward, estimate);
        return null;
    }

    /// <summary>Returns the samples that follow, [length]; none after too few samples.</summary>
    private static double[] Continue(ReadOnlySpan<float> observed, int length, int maximumOrder)
    {
        if (observed.Length < MinimumSamples)
            return [];
        var signal = new double[observed.Length + length];
        var mean = Mean(observed);
        for (var t = 0; t < observed.Length; t++)
            signal[t] = observed[t] - mean;
        var order = Math.Clamp(observed.Length / SamplesPerCoefficient, 1, Math.Max(1, maximumOrder));
        Burg.Continue(Burg.Fit(signal.AsSpan(0, observed.Length), order), signal, observed.Length);
        return Array.ConvertAll(signal[observed.Length..], value => value + mean);
    }

    private static void CrossFade(ReadOnlySpan<double> before, ReadOnlySpan<double> after, Span<double> destination)
    {
        for (var t = 0; t < destination.Length; t++)
            destination[t] = before[t] + ((after[t] - before[t]) * (t + 1) / (destination.Length + 1));
    }

    private static double Mean(ReadOnlySpan<float> samples)
    {
        var sum = 0.0;
        foreach (var sample in samples)
            sum += sample;
        return sum / samples.Length;
    }
}
