namespace EcgRecovery.Recovery.Beats.Methods;

/// <summary>A straight line between the samples beside the gap; at the row's start or end the one observed neighbour is held.</summary>
internal sealed class LinearMethod : RowRecoveryMethod
{
    /// <inheritdoc/>
    public override string Name => "linear";

    /// <inheritdoc/>
    protected override void FillRow(Span<float> beat)
    {
        for (var gap = NextGap(beat, 0); gap.Length > 0; gap = NextGap(beat, gap.EndSample))
        {
            if (FillAtRowEdge(beat, gap))
                continue;
            double left = beat[gap.StartSample - 1], right = beat[gap.EndSample];
            for (var t = gap.StartSample; t < gap.EndSample; t++)
                beat[t] = (float)(left + ((right - left) * (t - gap.StartSample + 1) / (gap.Length + 1)));
        }
    }
}
