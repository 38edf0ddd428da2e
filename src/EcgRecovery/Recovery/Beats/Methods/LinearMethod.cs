namespace EcgRecovery.Recovery.Beats.Methods;

/// <summary>A straight line between the samples beside the gap; at the row's start or end the one observed neighbour is held.</summary>
internal sealed class LinearMethod : RowRecoveryMethod
{
    /// <inheritdoc/>
    public override string Name => "linear";

    /// <inheritdoc/>
    protected override void FillRow(Span<float> beat)
    {
        for (var gap = NextGap(beat, 0); gap.Length > 0; gap = NextGap(beat, (int)gap.End))
        {
            if (FillAtRowEdge(beat, gap))
                continue;
            double left = beat[(int)gap.Start - 1], right = beat[(int)gap.End];
            for (var t = (int)gap.Start; t < gap.End; t++)
                beat[t] = (float)(left + ((right - left) * (t - gap.Start + 1) / (gap.Length + 1)));
        }
    }
}
