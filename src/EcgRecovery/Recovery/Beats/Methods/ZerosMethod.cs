namespace EcgRecovery.Recovery.Beats.Methods;

/// <summary>Leaves zeros in the gap: what the original system amounts to.</summary>
internal sealed class ZerosMethod : RowRecoveryMethod
{
    /// <inheritdoc/>
    public override string Name => "zeros";

    /// <inheritdoc/>
    protected override void FillRow(Span<float> beat)
    {
        foreach (ref var sample in beat)
        {
            if (float.IsNaN(sample))
                sample = 0f;
        }
    }
}
