using EcgRecovery.Beats;
using EcgRecovery.Signals;

namespace EcgRecovery.Recovery.Beats.Model;

/// <summary>The input and output channels of an ensemble's networks, per time step.</summary>
/// <remarks>
/// <code>
/// every network                                          only a network that sees the library
/// 0  the signal, a straight line across the gap          3  the locally linear estimate
/// 1  1 where missing                                     4  4 × the spread of the nearest beats
/// 2  1 in the zero padding after the beat                5  the four nearest beats
/// </code>
/// Three outputs: the estimate, its 2.5 % and its 97.5 % bound. The outputs of a network that sees the library are relative to the locally
/// linear estimate, those of the others are absolute.
/// </remarks>
internal static class BeatChannels
{
    /// <summary>O: estimate, lower and upper bound.</summary>
    public const int Outputs = 3;

    /// <summary>The channel with the locally linear estimate, which is the signal itself where it is observed.</summary>
    public const int Estimate = OwnInputs;

    private const int OwnInputs = 3;

    // Spreads are a few hundredths of a beat's height, the other channels of order 1.
    private const float SpreadScale = 4f;
    private const int Length = HeartbeatSet.BeatLength;

    /// <summary>I: the number of input channels.</summary>
    /// <param name="seesLibrary">Whether the network sees the library.</param>
    public static int Inputs(bool seesLibrary) => seesLibrary ? OwnInputs + 2 + BeatEvidence.Neighbours : OwnInputs;

    /// <summary>Returns the value that a network's outputs for a sample are relative to.</summary>
    /// <param name="seesLibrary">Whether the network sees the library.</param>
    /// <param name="estimate">The locally linear estimate.</param>
    public static float Base(bool seesLibrary, float estimate) => seesLibrary ? estimate : 0;

    /// <summary>Writes the input channels of one beat.</summary>
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
            at[Estimate] = missing ? beat.Estimate[t] : beat.Samples[t];
            at[Estimate + 1] = missing ? SpreadScale * beat.Spread[t] : 0;
            for (var k = 0; k < beat.Nearest.Length; k++)
                at[Estimate + 2 + k] = beat.Nearest[k][t];
        }
    }

    /// <summary>
    /// Returns whether the gaps lie in the padding: the observed sample before the first gap and all observed samples after it are 0. The
    /// lowest sample of a beat scaled to 0…1 is 0 too, but not the rest of the row.
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

    /// <summary>Returns the start of the observed zeros at the row's end.</summary>
    private static int PaddingStart(BeatExample beat)
    {
        var start = Length;
        while (start > 0 && !beat.IsMissing[start - 1] && beat.Samples[start - 1] == 0)
            start--;
        return start;
    }

    /// <summary>Writes the samples with a straight line across every gap.</summary>
    private static void Bridge(BeatExample beat, Span<float> bridged)
    {
        for (var t = 0; t < Length; t++)
            bridged[t] = beat.IsMissing[t] ? float.NaN : beat.Samples[t];
        MissingRuns.Bridge(bridged);
    }
}
