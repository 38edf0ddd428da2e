using EcgRecovery.Neural.Networks;

namespace EcgRecovery.Benchmarks.Workloads;

/// <summary>What a network costs at the least: multiply-adds per sequence and time step, padding not counted.</summary>
/// <remarks>
/// <code>
/// forward   Σ over directions 4H·(H + I) + inputs·O of the dense layer
/// training  3 · forward − Σ over the first layer's directions 4H·I
/// </code>
/// A backward pass has a product as large as the forward one for the weights' gradients and one for the inputs'; nobody needs the gradient
/// of the network's own input. Activations, loss and Adam are not counted. Two floating-point operations are one multiply-add.
/// </remarks>
internal static class MultiplyAdds
{
    /// <summary>Of the forward pass.</summary>
    public static long Forward(NetworkSpec network) => Layers(network) + ((long)network.Layers[^1].OutputCount * network.OutputCount);

    /// <summary>Of a training step: the forward pass and both backward products.</summary>
    public static long Training(NetworkSpec network) => (3 * Forward(network)) - FirstInput(network);

    /// <summary>Of the forward pass, or of the weights' gradients, without the dense layer.</summary>
    public static long Layers(NetworkSpec network)
    {
        var inputs = network.InputCount;
        var sum = 0L;
        foreach (var layer in network.Layers)
        {
            sum += Directions(layer) * 4L * layer.Units * (layer.Units + inputs);
            inputs = layer.OutputCount;
        }

        return sum;
    }

    /// <summary>Of the gradients that go back in time and down, without the dense layer's.</summary>
    public static long DataGradient(NetworkSpec network) => Layers(network) - FirstInput(network);

    private static long FirstInput(NetworkSpec network) => Directions(network.Layers[0]) * 4L * network.Layers[0].Units * network.InputCount;

    private static int Directions(LstmLayerSpec layer) => layer.Bidirectional ? 2 : 1;
}
