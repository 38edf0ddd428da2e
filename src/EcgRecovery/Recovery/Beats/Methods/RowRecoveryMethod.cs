using EcgRecovery.Beats;
using EcgRecovery.Records;

namespace EcgRecovery.Recovery.Beats.Methods;

/// <summary>A method that needs nothing but the row itself: its own value of an observed sample is that sample.</summary>
internal abstract class RowRecoveryMethod : BeatRecoveryMethod
{
    /// <inheritdoc/>
    public sealed override void Estimate(ReadOnlySpan<float> beats, Span<float> destination, CancellationToken cancellationToken = default)
    {
        BeatShape.Check(beats, destination);
        beats.CopyTo(destination);
        for (var start = 0; start < destination.Length; start += HeartbeatSet.BeatLength)
        {
            cancellationToken.ThrowIfCancellationRequested();
            FillRow(destination.Slice(start, HeartbeatSet.BeatLength));
        }
    }

    /// <summary>Replaces every missing sample of one beat.</summary>
    /// <param name="beat">[187]; NaN = missing.</param>
    protected abstract void FillRow(Span<float> beat);

    /// <summary>The first missing run at or after <paramref name="from"/>; empty at the row's end where there is none.</summary>
    protected static SampleSpan NextGap(ReadOnlySpan<float> beat, int from)
    {
        var start = from;
        while (start < beat.Length && !float.IsNaN(beat[start]))
            start++;
        var end = start;
        while (end < beat.Length && float.IsNaN(beat[end]))
            end++;
        return new SampleSpan(start, end);
    }

    /// <summary>
    /// Fills a gap that lies at the row's start or end with the one observed neighbour, a row without any observed sample with 0, and
    /// says whether it did: no interpolation has two sides there, and none should run away from its last sample.
    /// </summary>
    protected static bool FillAtRowEdge(Span<float> beat, SampleSpan gap)
    {
        if (gap.Start > 0 && gap.End < beat.Length)
            return false;
        var value = gap.Start > 0 ? beat[(int)gap.Start - 1]
            : gap.End < beat.Length ? beat[(int)gap.End]
            : 0f;
        beat[gap.ToRange()].Fill(value);
        return true;
    }
}
