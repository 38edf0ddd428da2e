using EcgRecovery.Beats;
using EcgRecovery.Neural;

namespace EcgRecovery.Recovery.Beats.Model;

/// <summary>Augmentation of training beats: stretches or compresses beat, gap, evidence and neighbours in time by up to a fifth.</summary>
/// <remarks>Imitates faster and slower hearts: scaling a beat to 0…1 removes differences in amplitude but not in time.</remarks>
internal sealed class BeatStretch
{
    private const double Maximum = 0.2;
    private const int Length = HeartbeatSet.BeatLength;
    private readonly float[] _before = new float[Length];
    private readonly bool[] _missingBefore = new bool[Length];

    /// <summary>Stretches or compresses a beat by a random factor.</summary>
    /// <param name="beat">The beat, with its true samples.</param>
    /// <param name="random">A random sequence; one number is drawn.</param>
    public void Apply(BeatExample beat, SeededRandom random)
    {
        var factor = Math.Exp(Maximum * ((2 * random.NextDouble()) - 1));
        // A row without padding cannot be compressed: the samples after its end are unknown.
        if (beat.Samples[^1] != 0)
            factor = Math.Max(factor, 1);
        Stretch(beat.Samples, factor);
        Stretch(beat.Estimate, factor);
        Stretch(beat.Spread, factor);
        foreach (var neighbour in beat.Nearest)
            Stretch(neighbour, factor);
        beat.IsMissing.CopyTo(_missingBefore, 0);
        for (var t = 0; t < Length; t++)
            beat.IsMissing[t] = t / factor <= Length - 0.5 && _missingBefore[Math.Min(Length - 1, (int)Math.Round(t / factor))];
    }

    private void Stretch(float[] values, double factor)
    {
        values.CopyTo(_before, 0);
        for (var t = 0; t < Length; t++)
        {
            var at = t / factor;
            var i = (int)at;
            if (i >= Length - 1)
            {
                values[t] = i == Length - 1 ? _before[i] : 0;
                continue;
            }

            var share = (float)(at - i);
            // No slope between signal and padding.
            values[t] = _before[i] == 0 || _before[i + 1] == 0
                ? _before[share < 0.5f ? i : i + 1]
                : _before[i] + (share * (_before[i + 1] - _before[i]));
        }
    }
}
