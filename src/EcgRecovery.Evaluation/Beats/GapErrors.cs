using EcgRecovery.Records;

namespace EcgRecovery.Evaluation.Beats;

/// <summary>The errors of one recovered beat: root mean squares of differences of float32 samples, summed in double precision.</summary>
/// <param name="WholeBeatRmse">Over all 187 samples.</param>
/// <param name="GapRmse">Over the gap's samples.</param>
/// <param name="GapRmseRealSamples">Over the gap's samples before the padding; NaN where there is none.</param>
internal readonly record struct GapErrors(double WholeBeatRmse, double GapRmse, double GapRmseRealSamples)
{
    /// <param name="original">[187].</param>
    /// <param name="recovered">[187].</param>
    /// <param name="gap">The samples that were missing.</param>
    /// <param name="realLength">Samples before the padding.</param>
    public static GapErrors Of(ReadOnlySpan<float> original, ReadOnlySpan<float> recovered, SampleSpan gap, int realLength)
    {
        int start = (int)gap.Start, end = (int)gap.End;
        var realEnd = Math.Clamp(realLength, start, end);
        var before = SquaredError(original, recovered, 0, start);
        var real = SquaredError(original, recovered, start, realEnd);
        var padding = SquaredError(original, recovered, realEnd, end);
        var after = SquaredError(original, recovered, end, original.Length);
        return new GapErrors(
            Math.Sqrt((before + real + padding + after) / original.Length),
            Math.Sqrt((real + padding) / gap.Length),
            Math.Sqrt(real / (realEnd - start)));
    }

    private static double SquaredError(ReadOnlySpan<float> original, ReadOnlySpan<float> recovered, int start, int end)
    {
        var sum = 0.0;
        for (var t = start; t < end; t++)
        {
            var error = (double)recovered[t] - original[t];
            sum += error * error;
        }

        return sum;
    }
}
