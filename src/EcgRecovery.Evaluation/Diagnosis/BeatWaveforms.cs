using System.Buffers;
using EcgRecovery.Records;
using EcgRecovery.Signals;

namespace EcgRecovery.Evaluation.Diagnosis;

/// <summary>The waveforms around the R peaks of one lead, at 120 Hz, and the typical waveform of the beats around each.</summary>
/// <remarks>
/// Windows begin on the sample of 120 Hz nearest to <see cref="Before"/> samples before the R peak. Values do not depend on which beats are
/// read. Not safe for concurrent calls.
/// </remarks>
internal sealed class BeatWaveforms
{
    /// <summary>Samples per second of the windows.</summary>
    public const double FrequencyHz = 120;

    /// <summary>Samples before the R peak, 0.3 s: with the P wave.</summary>
    public const int Before = 36;

    /// <summary>Samples of a window, 0.8 s: the T wave ends within 0.5 s of the R peak.</summary>
    public const int Length = 96;

    // A median of more is not better, and every one has to be resampled.
    private const int MaximumBeats = 17;

    private readonly ResampledSamples _lead;
    private readonly int[] _rPeaks;
    private readonly double _perSample;
    private readonly int _margin;
    private readonly Dictionary<int, float[]> _windows = [];

    /// <param name="milliVolts">The lead; NaN = missing.</param>
    /// <param name="resampler">From the lead's frequency to <see cref="FrequencyHz"/>.</param>
    /// <param name="rPeaks">Samples of the R peaks, ascending.</param>
    /// <param name="margin">Samples more on both sides of every window, for training.</param>
    public BeatWaveforms(ISamples<float> milliVolts, Resampler resampler, ReadOnlySpan<int> rPeaks, int margin = 0)
    {
        _lead = new ResampledSamples(new WidenedSamples(milliVolts), resampler);
        _rPeaks = rPeaks.ToArray();
        _perSample = FrequencyHz / resampler.FromHz;
        _margin = margin;
    }

    /// <summary>Samples of a window with its margins.</summary>
    private int WindowLength => Length + (2 * _margin);

    /// <summary>Returns the waveform around one beat, [<see cref="Length"/> + 2·margin], in mV; NaN = missing.</summary>
    /// <param name="beat">Index of the R peak.</param>
    public float[] Window(int beat)
    {
        if (_windows.TryGetValue(beat, out var known))
            return known;
        var start = (long)Math.Round(_rPeaks[beat] * _perSample) - Before - _margin;
        var (from, to) = (Math.Max(0, start), Math.Min(_lead.Count, start + WindowLength));
        Span<double> samples = stackalloc double[WindowLength];
        samples.Fill(double.NaN);
        if (to > from)
            _lead.Read(from, samples[(int)(from - start)..(int)(to - start)]);
        var window = new float[WindowLength];
        for (var t = 0; t < window.Length; t++)
            window[t] = (float)samples[t];
        return _windows[beat] = window;
    }

    /// <summary>Writes the typical waveform around a beat: the median of 17 beats, sample by sample; NaN where all are missing.</summary>
    /// <remarks>
    /// The beats are evenly spread over the <see cref="BeatRhythm.Surroundings"/>, so that a run of ectopic beats is not typical.
    /// </remarks>
    /// <param name="beat">Index of the R peak.</param>
    /// <param name="destination">[<see cref="Length"/> + 2·margin].</param>
    public void Typical(int beat, Span<float> destination)
    {
        var first = Math.Max(0, beat - BeatRhythm.Surroundings);
        var last = Math.Min(_rPeaks.Length - 1, beat + BeatRhythm.Surroundings);
        var windows = new float[Math.Min(MaximumBeats, last - first + 1)][];
        for (var i = 0; i < windows.Length; i++)
            windows[i] = Window(first + (i * (last - first) / Math.Max(1, windows.Length - 1)));
        Span<float> observed = stackalloc float[windows.Length];
        for (var t = 0; t < destination.Length; t++)
        {
            var count = 0;
            foreach (var window in windows)
            {
                if (!float.IsNaN(window[t]))
                    observed[count++] = window[t];
            }

            observed[..count].Sort();
            destination[t] = count == 0 ? float.NaN : SortedMedian.Of<float>(observed[..count]);
        }
    }

    /// <summary>Samples as doubles, for the resampler; what is not finite is missing.</summary>
    private sealed class WidenedSamples(ISamples<float> samples) : ISamples<double>
    {
        public long Count => samples.Count;

        public void Read(long start, Span<double> destination)
        {
            var part = ArrayPool<float>.Shared.Rent(destination.Length);
            try
            {
                samples.Read(start, part.AsSpan(0, destination.Length));
                for (var t = 0; t < destination.Length; t++)
                    destination[t] = float.IsFinite(part[t]) ? part[t] : double.NaN;
            }
            finally
            {
                ArrayPool<float>.Shared.Return(part);
            }
        }
    }
}
