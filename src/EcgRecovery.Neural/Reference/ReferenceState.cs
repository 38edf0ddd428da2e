using EcgRecovery.Neural.Networks;

namespace EcgRecovery.Neural.Reference;

/// <summary>The state of <see cref="ReferenceNetwork.Step"/> between time steps, and its scratch memory.</summary>
/// <param name="spec">A network whose layers are all of one direction.</param>
internal sealed class ReferenceState(NetworkSpec spec)
{
    /// <summary>The layers, first to last.</summary>
    public ReferenceLstm[] Layers { get; } =
    [
        .. spec.Layers.Select((layer, n) =>
            new ReferenceLstm(n == 0 ? spec.InputCount : spec.Layers[n - 1].Units, layer.Units, backwardInTime: false)),
    ];

    /// <summary>h of each layer, [H].</summary>
    public double[][] Hidden { get; } = [.. spec.Layers.Select(layer => new double[layer.Units])];

    /// <summary>c of each layer, [H].</summary>
    public double[][] Cells { get; } = [.. spec.Layers.Select(layer => new double[layer.Units])];

    /// <summary>Scratch: the gates of each layer, [4H].</summary>
    public double[][] Gates { get; } = [.. spec.Layers.Select(layer => new double[4 * layer.Units])];

    /// <summary>Scratch: x, [I].</summary>
    public double[] Input { get; } = new double[spec.InputCount];

    /// <summary>Scratch: y, [O].</summary>
    public double[] Output { get; } = new double[spec.OutputCount];

    /// <summary>Resets the state to that before the first time step.</summary>
    public void Clear()
    {
        foreach (var values in Hidden.Concat(Cells))
            Array.Clear(values);
    }
}
