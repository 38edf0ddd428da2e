using EcgRecovery.Records;

namespace EcgRecovery.BeatDesigns.Beats;

/// <summary>A row of a set of beats, and what is to be recovered of it.</summary>
/// <param name="Row">The row.</param>
/// <param name="Gap">What is missing.</param>
/// <param name="SecondGap">What is missing too; of no length where there is but one gap.</param>
internal readonly record struct BrokenBeat(int Row, Gap Gap, Gap SecondGap = default)
{
    /// <summary>Says of every sample whether it is missing.</summary>
    /// <param name="isMissing">Receives [187].</param>
    public void MarkMissing(Span<bool> isMissing)
    {
        isMissing.Clear();
        isMissing[Gap.StartSample..Gap.EndSample].Fill(true);
        isMissing[SecondGap.StartSample..SecondGap.EndSample].Fill(true);
    }

    /// <summary>Whether zeros on both sides of the gap show that it lies in the padding.</summary>
    public bool IsInPadding(HeartbeatSet set)
    {
        var beat = set[Row];
        return Gap.StartSample > 0 && Gap.EndSample < beat.Length && beat[Gap.StartSample - 1] == 0 && !beat[Gap.EndSample..].ContainsAnyExcept(0f);
    }
}
