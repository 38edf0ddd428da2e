using System.Buffers;
using EcgRecovery.Records;

namespace EcgRecovery.Signals;

/// <summary>A lead at another sampling frequency, resampled on demand in bounded memory.</summary>
/// <remarks>
/// A sample does not depend on the window with which it is read, to the bit. Besides the window, three lengths of the filter are read: 432
/// samples from 250 to 125 Hz. Reading needs 0.7 MB, or 21 MB if the frequency falls to a thousandth, for any lengths of lead and gaps. As
/// thread-safe as the source.
/// </remarks>
/// <param name="source">The lead; NaN = missing.</param>
/// <param name="resampler">The resampler; leads may share it.</param>
internal sealed class ResampledSamples(ISamples<double> source, Resampler resampler) : ISamples<double>
{
    /// <summary>Resamples <paramref name="source"/> from one frequency to another.</summary>
    /// <param name="source">The lead; NaN = missing.</param>
    /// <param name="fromHz">Its sampling frequency.</param>
    /// <param name="toHz">The new sampling frequency.</param>
    /// <exception cref="ArgumentException">See <see cref="Resampler(double, double)"/>.</exception>
    public ResampledSamples(ISamples<double> source, double fromHz, double toHz)
        : this(source, new Resampler(fromHz, toHz))
    {
    }

    /// <inheritdoc/>
    public long Count { get; } = resampler.CountOf(source.Count);

    // The longest run of missing samples that a line bridges; outputs that depend on more of a longer one are missing.
    private int Reach => resampler.Kernel.Taps;

    /// <inheritdoc/>
    public void Read(long start, Span<double> destination)
    {
        SampleWindow.Check(start, destination.Length, Count);
        if (resampler.IsIdentity)
        {
            source.Read(start, destination);
            return;
        }

        // Input samples per block: enough that at most half as many more are read around it.
        var block = Math.Max(16_384, 6 * resampler.Kernel.Taps);
        var outputs = (int)Math.Clamp((double)block * resampler.Ratio.Up / resampler.Ratio.Down, 1, int.MaxValue);
        for (; !destination.IsEmpty; destination = destination[Math.Min(outputs, destination.Length)..])
        {
            var part = destination[..Math.Min(outputs, destination.Length)];
            ReadBlock(start, part);
            start += part.Length;
        }
    }

    private void ReadBlock(long start, Span<double> destination)
    {
        var first = resampler.Ratio.Locate(start, out var phase);
        var last = resampler.Ratio.Locate(start + destination.Length - 1, out _);
        var half = resampler.Kernel.HalfTaps;
        var windowStart = first - half + 1 - Reach;
        var length = checked((int)(last + half + 1 + Reach - windowStart));

        var samples = ArrayPool<double>.Shared.Rent(length);
        var isMissing = ArrayPool<double>.Shared.Rent(length);
        var missingBefore = ArrayPool<int>.Shared.Rent(length + 1);
        try
        {
            var window = samples.AsSpan(0, length);
            ReadExtended(windowStart, window);
            var missing = GapBridge.Fill(window, isMissing.AsSpan(0, length), Reach);
            CountMissing(isMissing.AsSpan(0, length), missingBefore, missing);
            Filter(window, isMissing, missing == 0 ? [] : missingBefore, Reach, phase, destination);
        }
        finally
        {
            ArrayPool<double>.Shared.Return(samples);
            ArrayPool<double>.Shared.Return(isMissing);
            ArrayPool<int>.Shared.Return(missingBefore);
        }
    }

    // Repeats the first and the last sample beyond the ends. Outputs are inside, so the window always contains the repeated sample.
    private void ReadExtended(long start, Span<double> window)
    {
        var before = (int)Math.Max(0, -start);
        var after = (int)Math.Max(0, start + window.Length - source.Count);
        source.Read(start + before, window[before..^after]);
        window[..before].Fill(window[before]);
        window[^after..].Fill(window[^(after + 1)]);
    }

    private static void CountMissing(ReadOnlySpan<double> isMissing, Span<int> missingBefore, int missing)
    {
        if (missing == 0)
            return;
        missingBefore[0] = 0;
        for (var t = 0; t < isMissing.Length; t++)
            missingBefore[t + 1] = missingBefore[t] + (int)isMissing[t];
    }

    /// <param name="samples">x, bridged.</param>
    /// <param name="isMissing">1 = missing, 0 = observed, for each sample.</param>
    /// <param name="missingBefore">Number of missing samples before each; empty if none is missing.</param>
    /// <param name="at">The first tap of the first output.</param>
    /// <param name="phase">The position of the first output.</param>
    /// <param name="destination">Receives the outputs.</param>
    private void Filter(
        ReadOnlySpan<double> samples, ReadOnlySpan<double> isMissing, ReadOnlySpan<int> missingBefore, int at, long phase,
        Span<double> destination)
    {
        var (kernel, taps, ratio) = (resampler.Kernel, resampler.Kernel.Taps, resampler.Ratio);
        var (step, phaseStep) = Math.DivRem(ratio.Down, ratio.Up);
        foreach (ref var output in destination)
        {
            var missing = missingBefore.IsEmpty ? 0 : missingBefore[at + taps] - missingBefore[at];
            var isLost = missing == taps
                || (missing > 0 && kernel.MissingWeight(isMissing.Slice(at, taps), phase) > Resampler.LargestMissingWeight);
            output = isLost ? double.NaN : kernel.Apply(samples.Slice(at, taps), phase);
            if (!double.IsFinite(output))
                output = double.NaN; // a sum that overflows a double

            at += (int)step;
            phase += phaseStep;
            if (phase >= ratio.Up)
            {
                phase -= ratio.Up;
                at++;
            }
        }
    }
}
