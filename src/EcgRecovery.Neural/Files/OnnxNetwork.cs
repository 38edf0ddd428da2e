using System.Globalization;
using EcgRecovery.Neural.Networks;

namespace EcgRecovery.Neural.Files;

/// <summary>Writes one network into an <see cref="OnnxModel"/>.</summary>
/// <remarks>
/// <code>
/// (LSTM → Squeeze, or Transpose and Reshape for both directions) per layer → MatMul → Add
/// W [D, 4H, I]   R [D, 4H, H]   B [D, 8H] = Wb ‖ Rb   D directions; the gates are i, o, f, c; Rb is zero, because Keras has one bias
/// </code>
/// Values between the nodes are [T, B, …].
/// <para>Source: onnx.ai/onnx/operators/onnx__LSTM.html.</para>
/// </remarks>
/// <param name="model">The model.</param>
/// <param name="prefix">Precedes the names of the network's tensors.</param>
/// <param name="weights">The tensors of <see cref="NetworkSpec.TensorShapes"/>.</param>
internal sealed class OnnxNetwork(OnnxModel model, string prefix, IReadOnlyList<WeightTensor> weights)
{
    // Index in Keras' gates i, f, c, o of each gate in the order of ONNX, i, o, f, c.
    private static readonly int[] s_kerasGate = [0, 3, 1, 2];

    /// <summary>Adds the nodes and returns the name of the output, [T, B, O].</summary>
    /// <param name="value">The name of the input, [T, B, I].</param>
    /// <param name="network">The shape.</param>
    /// <exception cref="ArgumentException">A tensor is missing or has another shape.</exception>
    public string Write(string value, NetworkSpec network)
    {
        foreach (var (name, shape) in network.TensorShapes())
        {
            if (!weights.Any(tensor => tensor.Name == name && tensor.Shape.SequenceEqual(shape)))
                throw new ArgumentException($"Weights have no {name} [{string.Join(", ", shape)}], which the network needs.");
        }

        var inputs = network.InputCount;
        for (var layer = 0; layer < network.Layers.Count; layer++)
        {
            value = Layer(value, string.Create(CultureInfo.InvariantCulture, $"lstm_{layer + 1}"), network.Layers[layer], inputs);
            inputs = network.Layers[layer].OutputCount;
        }

        value = model.Node("MatMul", [value, model.Tensor(Prefixed("dense.kernel"))]);
        return model.Node("Add", [value, model.Tensor(Prefixed("dense.bias"))]);
    }

    private string Layer(string input, string name, LstmLayerSpec layer, int inputs)
    {
        string[] directions = layer.Bidirectional ? [".forward", ".backward"] : [""];
        var units = layer.Units;
        var kernel = Gates("W", "kernel", [4 * units, inputs]);
        var recurrent = Gates("R", "recurrent_kernel", [4 * units, units]);
        var bias = Gates("B", "bias", [8 * units]);
        var hidden = model.Node(
            "LSTM",
            [input, kernel, recurrent, bias],
            OnnxProto.Attribute("hidden_size", units),
            OnnxProto.Attribute("direction", layer.Bidirectional ? "bidirectional" : "forward"));
        if (!layer.Bidirectional)
            return model.Node("Squeeze", [hidden, model.Integers("axis", [1])]);
        hidden = model.Node("Transpose", [hidden], OnnxProto.Attribute("perm", [0, 2, 1, 3]));   // [T, D, B, H] to [T, B, D, H]
        return model.Node("Reshape", [hidden, model.Integers("shape", [0, 0, layer.OutputCount])]);   // 0: as it is

        string Gates(string letter, string tensor, int[] shape) => model.Tensor(new WeightTensor(
            $"{prefix}{name}.{letter}",
            [directions.Length, .. shape],
            [.. directions.SelectMany(direction => Reordered(Find($"{name}{direction}.{tensor}"), units))]));
    }

    private WeightTensor Prefixed(string name) => Find(name) with { Name = prefix + name };

    private WeightTensor Find(string name) => weights.First(tensor => tensor.Name == name);

    /// <summary>Converts [rows, 4H] of Keras to [4H, rows] of ONNX, and [4H] to [8H] with zeros.</summary>
    private static float[] Reordered(WeightTensor keras, int units)
    {
        var isBias = keras.Shape.Length == 1;
        var rows = isBias ? 1 : keras.Shape[0];
        var onnx = new float[isBias ? 8 * units : keras.Values.Length];
        for (var j = 0; j < 4 * units; j++)
        {
            for (var row = 0; row < rows; row++)
                onnx[(j * rows) + row] = keras.Values[(row * 4 * units) + (s_kerasGate[j / units] * units) + (j % units)];
        }

        return onnx;
    }
}
