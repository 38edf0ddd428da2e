namespace EcgRecovery.Recovery.Beats.Methods;

/// <summary>Holds the last observed sample; at the row's start the first observed one; 0 where a row has none.</summary>
internal sealed class HoldMethod : RowRecoveryMethod
{
    /// <inheritdoc/>
    public override string Name => "hold";

    /// <inheritdoc/>
    protected override void FillRow(Span<float> beat)
    {
        for (var gap = NextGap(beat, 0); gap.Length > 0; gap = NextGap(beat, (int)gap.End))
        {
            if (!FillAtRowEdge(beat, gap))
                beat[gap.ToRange()].Fill(beat[(int)gap.Start - 1]);
        }
    }
}
