using EcgRecovery.Evaluation.Scores;
using EcgRecovery.Records;

namespace EcgRecovery.Evaluation.Beats;

/// <summary>Errors of one recovered beat: root mean squares of the differences.</summary>
/// <param name="WholeBeatRmse">Over all 187 samples.</param>
/// <param name="GapRmse">Over the gap's samples.</param>
/// <param name="GapRmseRealSamples">Over the gap's samples before the padding; NaN where there is none.</param>
internal readonly record struct GapErrors(double WholeBeatRmse, double GapRmse, double GapRmseRealSamples)
{
    /// <summary>Computes the errors of one beat.</summary>
    /// <param name="original">[187].</param>
    /// <param name="recovered">[187].</param>
    /// <param name="gap">The samples that were missing.</param>
    /// <param name="realLength">Samples before the padding.</param>
    public static GapErrors Of(ReadOnlySpan<float> original, ReadOnlySpan<float> recovered, SampleSpan gap, int realLength)
    {
        int start = (int)gap.Start, end = (int)gap.End;
        var realEnd = (int)RealSamples.Of(gap, realLength).End;
        var before = Statistics.SquaredError(original[..start], recovered[..start]);
        var real = Statistics.SquaredError(original[start..realEnd], recovered[start..realEnd]);
        var padding = Statistics.SquaredError(original[realEnd..end], recovered[realEnd..end]);
        var after = Statistics.SquaredError(original[end..], recovered[end..]);
        return new GapErrors(
            Math.Sqrt((before + real + padding + after) / original.Length),
            Math.Sqrt((real + padding) / gap.Length),
            Math.Sqrt(real / (realEnd - start)));
    }
}
