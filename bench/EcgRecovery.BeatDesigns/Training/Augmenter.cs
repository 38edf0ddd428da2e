using EcgRecovery.BeatDesigns.Designs;
using EcgRecovery.Neural;
using EcgRecovery.Records;

namespace EcgRecovery.BeatDesigns.Training;

/// <summary>Varies a beat and what is known of it together, as if patient and reference patients had been recorded so.</summary>
/// <param name="kinds">What is varied.</param>
internal sealed class Augmenter(Augmentations kinds)
{
    private const int Length = HeartbeatSet.BeatLength;
    private const double SamplingFrequencyHz = 120;

    /// <summary>Time runs at e^−0.2 to e^0.2, 0.82 to 1.22 times its speed: about the range of heart rates within a patient.</summary>
    private const double StretchRange = 0.2;

    /// <summary>Height varies by e^±0.15.</summary>
    private const double AmplitudeRange = 0.15;

    /// <summary>Standard deviation of the level, in parts of the beat's height.</summary>
    private const double LevelDeviation = 0.03;

    /// <summary>Largest wander, in parts of the beat's height; its frequency is 0.1 to 0.7 Hz, that of breathing.</summary>
    private const double WanderHeight = 0.08;

    /// <summary>Largest standard deviation of the noise, in parts of the beat's height.</summary>
    private const float NoiseHeight = 0.03f;

    private readonly float[] _before = new float[Length];
    private readonly bool[] _missingBefore = new bool[Length];

    /// <summary>Varies the beat in place.</summary>
    /// <returns>The standard deviation of the noise that its visible samples are to get.</returns>
    public float Apply(BeatView beat, SeededRandom random)
    {
        if (kinds.HasFlag(Augmentations.Stretch))
            Stretch(beat, Math.Exp(StretchRange * ((2 * random.NextDouble()) - 1)));
        if (kinds.HasFlag(Augmentations.Amplitude))
            Amplitude(beat, (float)Math.Exp(AmplitudeRange * ((2 * random.NextDouble()) - 1)), (float)(LevelDeviation * random.NextGaussian()));
        if (kinds.HasFlag(Augmentations.Wander))
            Wander(beat, random);
        return kinds.HasFlag(Augmentations.Noise) ? NoiseHeight * random.NextSingle() * random.NextSingle() : 0;
    }

    private void Stretch(BeatView beat, double factor)
    {
        // A row that fills all samples goes on behind the last: what would follow is not known, so it is not made shorter.
        if (beat.RealLength == Length)
            factor = Math.Max(factor, 1);
        beat.RealLength = Math.Min(Length, (int)Math.Round(beat.RealLength * factor));
        foreach (var values in (float[][])[beat.Signal, beat.Estimate, beat.Local, beat.LocalSpread, beat.Spread, .. beat.Nearest])
            Stretch(values, factor);
        beat.IsMissing.CopyTo(_missingBefore.AsSpan());
        for (var t = 0; t < Length; t++)
            beat.IsMissing[t] = _missingBefore[Math.Min(Length - 1, (int)Math.Round(t / factor))] && t / factor <= Length - 0.5;
        beat.Signal.AsSpan(beat.RealLength).Clear();
    }

    private void Stretch(float[] values, double factor)
    {
        values.CopyTo(_before.AsSpan());
        for (var t = 0; t < Length; t++)
        {
            var at = t / factor;
            var i = (int)at;
            if (i >= Length - 1)
            {
                values[t] = i == Length - 1 ? _before[Length - 1] : 0;
                continue;
            }

            var share = (float)(at - i);
            // Padding starts at once: no slope down to it.
            var isEdge = _before[i + 1] == 0 || _before[i] == 0;
            values[t] = isEdge ? _before[share < 0.5f ? i : i + 1] : _before[i] + (share * (_before[i + 1] - _before[i]));
        }
    }

    /// <summary>factor·v + shift, of all but spreads.</summary>
    private static void Amplitude(BeatView beat, float factor, float shift)
    {
        foreach (var values in (float[][])[beat.Signal, beat.Estimate, beat.Local, .. beat.Nearest])
        {
            // Padding stays.
            foreach (ref var value in values.AsSpan(0, values.AsSpan().LastIndexOfAnyExcept(0f) + 1))
                value = (factor * value) + shift;
        }
    }

    /// <summary>Breathing moves this recording and not the reference beats; samples of 0 are taken for padding.</summary>
    private static void Wander(BeatView beat, SeededRandom random)
    {
        var height = WanderHeight * random.NextDouble();
        var frequencyHz = 0.1 + (0.6 * random.NextDouble());
        var phase = 2 * Math.PI * random.NextDouble();
        for (var t = 0; t < Length; t++)
        {
            var wander = (float)(height * Math.Sin((2 * Math.PI * frequencyHz * t / SamplingFrequencyHz) + phase));
            foreach (var values in (ReadOnlySpan<float[]>)[beat.Signal, beat.Estimate, beat.Local])
                values[t] += values[t] != 0 ? wander : 0;
        }
    }
}
