using EcgRecovery.Records;

namespace EcgRecovery.Evaluation.Beats;

/// <summary>The real samples of a gap: those before the padding.</summary>
internal static class RealSamples
{
    /// <summary>Returns them; empty, at the gap's start, where the whole gap lies in the padding.</summary>
    /// <param name="gap">The samples that were missing.</param>
    /// <param name="realLength">Samples of the row before the padding.</param>
    public static SampleSpan Of(SampleSpan gap, int realLength) => gap with { End = Math.Clamp(realLength, gap.Start, gap.End) };
}
