namespace EcgRecovery.Neural;

/// <summary>One LSTM layer of a stack; every layer returns its whole sequence.</summary>
/// <param name="Units">H, the hidden units of one direction.</param>
/// <param name="Bidirectional">Two independent directions whose outputs are concatenated, forward first: 2·H output features.</param>
public sealed record LstmLayerSpec(int Units, bool Bidirectional = false)
{
    /// <summary>Features that the layer hands to the next: H, or 2·H when bidirectional.</summary>
    public int OutputCount => Bidirectional ? 2 * Units : Units;
}

/// <summary>The shape of a network: a stack of LSTM layers and one dense layer applied at every time step.</summary>
/// <remarks>Maps [B, T, I] to [B, T, O]: B sequences, T time steps, I inputs, O outputs.</remarks>
/// <param name="InputCount">I, the input channels.</param>
/// <param name="Layers">The LSTM layers, first to last.</param>
/// <param name="OutputCount">O, the output channels of the dense layer.</param>
public sealed record NetworkSpec(int InputCount, IReadOnlyList<LstmLayerSpec> Layers, int OutputCount)
{
    /// <summary>Name and shape of every weight tensor, in file order, Keras' layout and gate order (i, f, c, o).</summary>
    /// <remarks>
    /// <code>
    /// lstm_1.kernel [I, 4H]   lstm_1.recurrent_kernel [H, 4H]   lstm_1.bias [4H]      (one direction)
    /// lstm_1.forward.kernel …, lstm_1.backward.kernel …                                (bidirectional)
    /// dense.kernel [inputs, O]   dense.bias [O]
    /// </code>
    /// </remarks>
    public IEnumerable<(string Name, int[] Shape)> TensorShapes()
    {
        var inputs = InputCount;
        for (var layer = 0; layer < Layers.Count; layer++)
        {
            var spec = Layers[layer];
            string[] directions = spec.Bidirectional ? [".forward", ".backward"] : [""];
            foreach (var direction in directions)
            {
                var prefix = $"lstm_{layer + 1}{direction}";
                yield return ($"{prefix}.kernel", [inputs, 4 * spec.Units]);
                yield return ($"{prefix}.recurrent_kernel", [spec.Units, 4 * spec.Units]);
                yield return ($"{prefix}.bias", [4 * spec.Units]);
            }

            inputs = spec.OutputCount;
        }

        yield return ("dense.kernel", [inputs, OutputCount]);
        yield return ("dense.bias", [OutputCount]);
    }

    /// <summary>The number of trainable parameters.</summary>
    public int ParameterCount => TensorShapes().Sum(t => t.Shape.Aggregate(1, (product, n) => product * n));
}
