namespace EcgRecovery.Evaluation.Diagnosis;

/// <summary>The input of the classifier's network for one beat, [<see cref="Steps"/>, <see cref="Channels"/>].</summary>
/// <remarks>
/// Each time step has <see cref="Fold"/> samples of the beat, the same samples of the typical beat around it, and the values of
/// <see cref="BeatRhythm"/>, which are the same in all steps. Both waveforms lose their median and are divided by the root mean square of
/// the typical one, so that neither the lead's gain nor baseline wander counts, but the height of the beat among its neighbours does.
/// Missing samples are 0 then.
/// </remarks>
internal static class ClassifierInput
{
    /// <summary>Samples of a waveform in one time step: a fourth of the steps costs a fourth of the time.</summary>
    public const int Fold = 4;

    /// <summary>T, the time steps.</summary>
    public const int Steps = BeatWaveforms.Length / Fold;

    /// <summary>I, the channels.</summary>
    public const int Channels = (2 * Fold) + BeatRhythm.Count;

    /// <summary>Values of one beat: T·I.</summary>
    public const int Length = Steps * Channels;

    // In mV: a flat line, whatever its rounding errors.
    private const float MinimumSize = 1e-6f;

    // In units of the typical beat: an artefact of a hundred times its size would saturate every cell.
    private const float MaximumHeight = 10;

    /// <summary>Writes the input of one beat.</summary>
    /// <param name="beat">[<see cref="BeatWaveforms.Length"/>], the waveform; NaN = missing.</param>
    /// <param name="typical">[<see cref="BeatWaveforms.Length"/>], the typical waveform; NaN = missing.</param>
    /// <param name="rhythm">[<see cref="BeatRhythm.Count"/>].</param>
    /// <param name="destination">[T, I].</param>
    public static void Write(
        ReadOnlySpan<float> beat, ReadOnlySpan<float> typical, ReadOnlySpan<float> rhythm, Span<float> destination)
    {
        Span<float> levelBeat = stackalloc float[BeatWaveforms.Length];
        Span<float> levelTypical = stackalloc float[BeatWaveforms.Length];
        RemoveMedian(beat, levelBeat);
        RemoveMedian(typical, levelTypical);
        var size = RootMeanSquare(levelTypical);
        var scale = size > MinimumSize ? 1 / size : 0;
        for (var step = 0; step < Steps; step++)
        {
            var channels = destination.Slice(step * Channels, Channels);
            for (var t = 0; t < Fold; t++)
            {
                channels[t] = Height(levelBeat[(step * Fold) + t] * scale);
                channels[Fold + t] = Height(levelTypical[(step * Fold) + t] * scale);
            }

            rhythm.CopyTo(channels[(2 * Fold)..]);
        }
    }

    private static float Height(float value) => Math.Clamp(value, -MaximumHeight, MaximumHeight);

    private static void RemoveMedian(ReadOnlySpan<float> waveform, Span<float> destination)
    {
        Span<float> observed = stackalloc float[BeatWaveforms.Length];
        var count = 0;
        foreach (var value in waveform)
        {
            if (!float.IsNaN(value))
                observed[count++] = value;
        }

        destination.Clear();
        if (count == 0)
            return;
        observed[..count].Sort();
        var median = SortedMedian.Of<float>(observed[..count]);
        for (var t = 0; t < waveform.Length; t++)
            destination[t] = float.IsNaN(waveform[t]) ? 0 : waveform[t] - median;
    }

    private static float RootMeanSquare(ReadOnlySpan<float> values)
    {
        var sum = 0.0;
        foreach (var value in values)
            sum += (double)value * value;
        return (float)Math.Sqrt(sum / values.Length);
    }
}
