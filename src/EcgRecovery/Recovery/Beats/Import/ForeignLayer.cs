using EcgRecovery.Neural.Networks;

namespace EcgRecovery.Recovery.Beats.Import;

/// <summary>One layer of another program's file, in the layout of Keras.</summary>
/// <param name="Name">Its name in the file.</param>
/// <param name="Kernel">[I, 4H], or [I, O] of a dense layer.</param>
/// <param name="Recurrent">[H, 4H]; null of a dense layer.</param>
/// <param name="Bias">[4H], or [O].</param>
internal sealed record ForeignLayer(string Name, WeightTensor Kernel, WeightTensor? Recurrent, WeightTensor Bias)
{
    /// <summary>Returns whether the layer has the shapes of a layer of ours.</summary>
    /// <param name="kernel">[I, 4H], or [I, O].</param>
    /// <param name="recurrent">[H, 4H]; null for a dense layer.</param>
    public bool HasShapes(int[] kernel, int[]? recurrent) =>
        Kernel.Shape.SequenceEqual(kernel)
        && (Recurrent is null ? recurrent is null : recurrent is not null && Recurrent.Shape.SequenceEqual(recurrent))
        && Bias.Shape.AsSpan().SequenceEqual(kernel.AsSpan(1));
}
