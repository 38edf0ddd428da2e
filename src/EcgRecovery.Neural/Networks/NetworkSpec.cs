namespace EcgRecovery.Neural.Networks;

/// <summary>One LSTM layer of a stack; it returns its output at every time step.</summary>
/// <param name="Units">H, the hidden units of one direction.</param>
/// <param name="Bidirectional">Whether a second direction runs backward in time; outputs are concatenated, forward first.</param>
public sealed record LstmLayerSpec(int Units, bool Bidirectional = false)
{
    /// <summary>Gets the number of output features: H, or 2·H when bidirectional.</summary>
    public int OutputCount => Bidirectional ? 2 * Units : Units;
}

/// <summary>The shape of a network: a stack of LSTM layers, and one dense layer applied at every time step.</summary>
/// <remarks>Maps [B, T, I] to [B, T, O]: B sequences, T time steps, I inputs, O outputs.</remarks>
/// <param name="InputCount">I, the input channels.</param>
/// <param name="Layers">The LSTM layers, first to last.</param>
/// <param name="OutputCount">O, the output channels of the dense layer.</param>
public sealed record NetworkSpec(int InputCount, IReadOnlyList<LstmLayerSpec> Layers, int OutputCount)
{
    /// <summary>Returns name and shape of every weight tensor, in file order; layout and gate order (i, f, c, o) of Keras.</summary>
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

    /// <summary>Checks that the network has inputs, layers, units and outputs, and not too many parameters.</summary>
    /// <exception cref="ArgumentException">The network is not valid.</exception>
    public void Validate()
    {
        if (InputCount < 1 || OutputCount < 1 || Layers.Count == 0 || Layers.Any(l => l.Units < 1))
        {
            throw new ArgumentException(
                $"Network has {InputCount} inputs, layers of [{string.Join(", ", Layers.Select(l => l.Units))}] units, "
                + $"{OutputCount} outputs; expected at least one of each.");
        }

        // In doubles, which do not overflow. Every width is padded by one tile of 32, at least as much as in the engine.
        var size = 0.0;
        double inputs = InputCount;
        foreach (var layer in Layers)
        {
            var directions = layer.Bidirectional ? 2.0 : 1.0;
            size += directions * 4 * (layer.Units + Tile) * (layer.Units + inputs + (2 * Tile) + 1);
            inputs = directions * (layer.Units + Tile);
        }

        size += 16.0 * OutputCount * (inputs + 1);   // 16: the dense gradients are summed lane by lane
        if (size > LargestSize)
            throw new ArgumentException($"Network has about {size:E1} parameters, padding included; expected at most {LargestSize:E1}.");
    }

    private const double Tile = 32;
    private const double LargestSize = 1 << 28;

    /// <summary>Gets the number of trainable parameters.</summary>
    public int ParameterCount => TensorShapes().Sum(t => t.Shape.Aggregate(1, (product, n) => product * n));
}
