using EcgRecovery.Beats;
using EcgRecovery.Signals;

namespace EcgRecovery.Recovery.Beats.Model;

/// <summary>What a network sees of a beat, time step by time step, and what its outputs mean.</summary>
/// <remarks>
/// <code>
/// every network                                          one that also sees the library
/// 0  the signal, the gap bridged by a straight line      3  the locally linear estimate
/// 1  1 where missing                                     4  4 × the spread of the nearest beats
/// 2  1 in the zero padding after the beat                5  the four nearest beats
/// </code>
/// Three outputs: the estimate, its 2.5 % and its 97.5 % bound. A network that sees the library says what is to be added to the locally
/// linear estimate for each of them, the others say the values themselves.
/// </remarks>
internal static class BeatChannels
{
    /// <summary>O: estimate, lower and upper bound.</summary>
    public const int Outputs = 3;

    private const int OwnInputs = 3;

    // Spreads are a few hundredths of a beat's height, the other channels of order 1.
    private const float SpreadScale = 4f;
    private const int Length = HeartbeatSet.BeatLength;

    /// <summary>I.</summary>
    /// <param name="seesLibrary">Whether the network sees the library.</param>
    public static int Inputs(bool seesLibrary) => seesLibrary ? OwnInputs + 2 + BeatEvidence.Neighbours : OwnInputs;

    /// <summary>What a network's outputs for a sample are to be added to.</summary>
    public static float Base(bool seesLibrary, float estimate) => seesLibrary ? estimate : 0;

    /// <summary>Writes the inputs of one beat.</summary>
    /// <param name="beat">The beat.</param>
    /// <param name="seesLibrary">Whether the network sees the library.</param>
    /// <param name="input">[187, I].</param>
    public static void Write(BeatExample beat, bool seesLibrary, Span<float> input)
    {
        Span<float> bridged = stackalloc float[Length];
        Bridge(beat, bridged);
        var padding = PaddingStart(beat);
        var inputs = Inputs(seesLibrary);
        for (var t = 0; t < Length; t++)
        {
            var at = input.Slice(t * inputs, inputs);
            var missing = beat.IsMissing[t];
            at[0] = bridged[t];
            at[1] = missing ? 1 : 0;
            at[2] = t >= padding ? 1 : 0;
            if (!seesLibrary)
                continue;
            at[3] = missing ? beat.Estimate[t] : beat.Samples[t];
            at[4] = missing ? SpreadScale * beat.Spread[t] : 0;
            for (var k = 0; k < beat.Nearest.Length; k++)
                at[5 + k] = beat.Nearest[k][t];
        }
    }

    /// <summary>
    /// Whether the gaps lie in the padding: the last observed sample before the first and all samples after it are 0. A beat scaled to 0…1
    /// touches 0 at its lowest sample too, but not for the rest of the row.
    /// </summary>
    /// <param name="broken">[187]; NaN = missing.</param>
    public static bool LiesInPadding(ReadOnlySpan<float> broken)
    {
        var first = broken.IndexOfAnyExceptInRange(float.MinValue, float.MaxValue);
        if (first <= 0 || broken[first - 1] != 0)
            return false;
        var observed = 0;
        foreach (var value in broken[first..])
        {
            if (float.IsNaN(value))
                continue;
            if (value != 0)
                return false;
            observed++;
        }

        return observed > 0;
    }

    /// <summary>Where zeros begin that reach to the row's end, as far as it is observed.</summary>
    private static int PaddingStart(BeatExample beat)
    {
        var start = Length;
        while (start > 0 && !beat.IsMissing[start - 1] && beat.Samples[start - 1] == 0)
            start--;
        return start;
    }

    /// <summary>Writes the samples with a straight line across every gap, level where a gap has one side only.</summary>
    private static void Bridge(BeatExample beat, Span<float> bridged)
    {
        for (var t = 0; t < Length; t++)
            bridged[t] = beat.IsMissing[t] ? float.NaN : beat.Samples[t];
        MissingRuns.Bridge(bridged);
    }
}
