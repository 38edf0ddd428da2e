using EcgRecovery.Neural.Networks;

namespace EcgRecovery.Benchmarks.Workloads;

/// <summary>The minimum number of multiply-adds of a network, per sequence and time step, without padding.</summary>
/// <remarks>
/// <code>
/// forward   Σ over directions 4H·(H + I) + inputs·O of the dense layer
/// training  3 · forward − Σ over the first layer's directions 4H·I
/// </code>
/// A backward pass has two products of the size of the forward one: for the gradients of the weights and of the inputs. The gradient of the
/// network's input is not needed. Activations, loss and Adam are not counted. One multiply-add is two floating-point operations.
/// </remarks>
internal static class MultiplyAdds
{
    /// <summary>Returns the number of a forward pass.</summary>
    public static long Forward(NetworkSpec network) => Layers(network) + ((long)network.Layers[^1].OutputCount * network.OutputCount);

    /// <summary>Returns the number of a training step: the forward pass and both backward products.</summary>
    public static long Training(NetworkSpec network) => (3 * Forward(network)) - FirstInput(network);

    /// <summary>Returns the number of the forward pass or of the weights' gradients, without the dense layer.</summary>
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

    /// <summary>Returns the number of the gradients of h and of the inputs, without the dense layer.</summary>
    public static long DataGradient(NetworkSpec network) => Layers(network) - FirstInput(network);

    private static long FirstInput(NetworkSpec network) =>
        Directions(network.Layers[0]) * 4L * network.Layers[0].Units * network.InputCount;

    private static int Directions(LstmLayerSpec layer) => layer.Bidirectional ? 2 : 1;
}
