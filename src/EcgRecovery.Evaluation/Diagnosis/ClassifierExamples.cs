using EcgRecovery.Neural;
using EcgRecovery.Records;
using EcgRecovery.Signals;

namespace EcgRecovery.Evaluation.Diagnosis;

/// <summary>The beats that a classifier learns from, ready to be drawn with random changes.</summary>
internal sealed class ClassifierExamples
{
    // What stretching by a sixth and a shift need; beyond, the last samples lie on the line through the last two.
    private const int Margin = 12;
    private const int WideLength = BeatWaveforms.Length + (2 * Margin);

    // In samples of 120 Hz.
    private const double MaximumShift = 1;

    private const double RhythmDeviation = 0.02;

    private readonly ClassifierOptions _options;
    private readonly List<Example> _examples = [];

    /// <summary>Prepares the beats that have a class.</summary>
    /// <param name="leads">The leads.</param>
    /// <param name="options">The changes to draw.</param>
    public ClassifierExamples(IEnumerable<LabelledLead> leads, ClassifierOptions options)
    {
        _options = options;
        foreach (var lead in leads)
            Add(lead);
    }

    /// <summary>Number of beats.</summary>
    public int Count => _examples.Count;

    /// <summary>Returns the class of a beat.</summary>
    public AamiClass ClassOf(int beat) => _examples[beat].Class;

    /// <summary>Writes the network's input of a beat with random changes that leave its class as it is.</summary>
    /// <remarks>
    /// Beat and typical beat are stretched alike, inverted alike, and shifted each by itself, as R peaks are found a sample beside; the
    /// rhythm's values get normal noise.
    /// </remarks>
    /// <param name="beat">Index of the beat.</param>
    /// <param name="random">Draws the changes.</param>
    /// <param name="destination">[T, I].</param>
    public void Draw(int beat, SeededRandom random, Span<float> destination)
    {
        var example = _examples[beat];
        var stretch = 1 + (_options.Stretch * Signed(random));
        var sign = _options.Inverts && random.NextDouble() < 0.5 ? -1f : 1f;
        Span<float> waveform = stackalloc float[BeatWaveforms.Length];
        Span<float> typical = stackalloc float[BeatWaveforms.Length];
        Span<float> rhythm = stackalloc float[BeatRhythm.Count];
        Change(example.Waveform, MaximumShift * Signed(random), stretch, sign, waveform);
        Change(example.Typical, MaximumShift * Signed(random), stretch, sign, typical);
        for (var i = 0; i < rhythm.Length; i++)
            rhythm[i] = example.Rhythm[i] + (float)(RhythmDeviation * random.NextGaussian());
        ClassifierInput.Write(waveform, typical, rhythm, destination);
    }

    private void Add(LabelledLead lead)
    {
        var resampler = new Resampler(lead.SamplingFrequencyHz, BeatWaveforms.FrequencyHz);
        var waveforms = new BeatWaveforms(new MemorySamples<float>(lead.MilliVolts), resampler, lead.RPeaks, Margin);
        for (var beat = 0; beat < lead.RPeaks.Length; beat++)
        {
            if (lead.Classes[beat] is not { } known)
                continue;
            var typical = new float[WideLength];
            waveforms.Typical(beat, typical);
            var rhythm = new float[BeatRhythm.Count];
            BeatRhythm.Write(lead.RPeaks, lead.SamplingFrequencyHz, beat, rhythm);
            _examples.Add(new Example(known, waveforms.Window(beat), typical, rhythm));
        }
    }

    /// <summary>Returns a number uniform in [−1, 1).</summary>
    private static double Signed(SeededRandom random) => (2 * random.NextDouble()) - 1;

    /// <summary>Reads a waveform at other times, on straight lines between its samples.</summary>
    private static void Change(ReadOnlySpan<float> wide, double shift, double stretch, float sign, Span<float> destination)
    {
        const int center = BeatWaveforms.Before + Margin;
        for (var t = 0; t < destination.Length; t++)
        {
            var at = center + shift + ((t - BeatWaveforms.Before) * stretch);
            var left = Math.Clamp((int)at, 0, WideLength - 2);
            destination[t] = sign * (float)(wide[left] + ((at - left) * (wide[left + 1] - wide[left])));
        }
    }

    /// <param name="Class">The beat's class.</param>
    /// <param name="Waveform">With margins; NaN = missing.</param>
    /// <param name="Typical">The typical waveform around it, with margins.</param>
    /// <param name="Rhythm">The values of <see cref="BeatRhythm"/>.</param>
    private sealed record Example(AamiClass Class, float[] Waveform, float[] Typical, float[] Rhythm);
}
