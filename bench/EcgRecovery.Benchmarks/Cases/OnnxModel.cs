using System.Runtime.InteropServices;
using System.Text;
using EcgRecovery.Neural.Networks;

namespace EcgRecovery.Benchmarks.Cases;

/// <summary>A writer of networks as ONNX models: x [B, T, I] to y [B, T, O].</summary>
/// <remarks>
/// <code>
/// Transpose → (LSTM → Squeeze, or Transpose and Reshape for both directions) per layer → MatMul → Add → Transpose
/// </code>
/// The gates of ONNX are i, o, f, c; W [D, 4H, I], R [D, 4H, H], B [D, 8H] with the recurrent half zero. Time is the first axis (layout 0).
/// The messages are written by hand: generated classes would need a copy of onnx.proto and its compiler for the ten messages used here.
/// <para>Sources: onnx.ai/onnx/operators/onnx__LSTM.html and onnx.proto of the same project (field numbers).</para>
/// </remarks>
internal static class OnnxModel
{
    private const long IrVersion = 8;
    private const long OperatorSet = 14;
    private const long Float32 = 1;
    private const long Int64 = 7;

    // Index in Keras' gates i, f, c, o of each gate in the order of ONNX, i, o, f, c.
    private static readonly int[] s_kerasGate = [0, 3, 1, 2];

    public static byte[] Write(NetworkSpec network, IReadOnlyList<WeightTensor> weights)
    {
        var graph = new Graph(weights.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal));
        var value = graph.Node("Transpose", ["x"], Attribute("perm", [1, 0, 2]));
        var inputs = network.InputCount;
        for (var layer = 0; layer < network.Layers.Count; layer++)
        {
            value = graph.Layer(value, $"lstm_{layer + 1}", network.Layers[layer], inputs);
            inputs = network.Layers[layer].OutputCount;
        }

        value = graph.Node("MatMul", [value, graph.Weight("dense.kernel", [inputs, network.OutputCount])]);
        value = graph.Node("Add", [value, graph.Weight("dense.bias", [network.OutputCount])]);
        value = graph.Node("Transpose", [value], Attribute("perm", [1, 0, 2]));

        var model = new Message();
        model.Number(1, IrVersion);
        model.Bytes(7, graph.Finish(value, network.InputCount, network.OutputCount));
        var operators = new Message();
        operators.Text(1, "");
        operators.Number(2, OperatorSet);
        model.Bytes(8, operators);
        return model.ToArray();
    }

    /// <summary>Converts [rows, 4H] of Keras to [4H, rows] of ONNX.</summary>
    private static float[] Reordered(float[] keras, int rows, int units)
    {
        var onnx = new float[keras.Length];
        for (var j = 0; j < 4 * units; j++)
        {
            for (var row = 0; row < rows; row++)
                onnx[(j * rows) + row] = keras[(row * 4 * units) + (s_kerasGate[j / units] * units) + (j % units)];
        }

        return onnx;
    }

    private static Message Attribute(string name, long[] numbers)
    {
        var attribute = new Message();
        attribute.Text(1, name);
        foreach (var number in numbers)
            attribute.Number(8, number);
        attribute.Number(20, 7);   // INTS
        return attribute;
    }

    private static Message Attribute(string name, long number)
    {
        var attribute = new Message();
        attribute.Text(1, name);
        attribute.Number(3, number);
        attribute.Number(20, 2);   // INT
        return attribute;
    }

    private static Message Attribute(string name, string text)
    {
        var attribute = new Message();
        attribute.Text(1, name);
        attribute.Text(4, text);
        attribute.Number(20, 3);   // STRING
        return attribute;
    }

    /// <summary>A GraphProto under construction; the outputs of nodes are numbered.</summary>
    private sealed class Graph(IReadOnlyDictionary<string, WeightTensor> weights)
    {
        private readonly Message _nodes = new();
        private readonly Message _tensors = new();
        private int _values;

        public string Node(string type, string[] inputs, params Message[] attributes)
        {
            var output = $"v{_values++}";
            var node = new Message();
            foreach (var input in inputs)
                node.Text(1, input);
            node.Text(2, output);
            node.Text(4, type);
            foreach (var attribute in attributes)
                node.Bytes(5, attribute);
            _nodes.Bytes(1, node);
            return output;
        }

        public string Weight(string name, long[] shape) => Tensor(name, shape, weights[name].Values);

        public string Layer(string input, string name, LstmLayerSpec layer, int inputs)
        {
            string[] directions = layer.Bidirectional ? [".forward", ".backward"] : [""];
            var (count, units) = (directions.Length, layer.Units);
            var kernel = Tensor($"{name}.W", [count, 4 * units, inputs], Both("kernel", inputs));
            var recurrent = Tensor($"{name}.R", [count, 4 * units, units], Both("recurrent_kernel", units));
            var bias = Tensor($"{name}.B", [count, 8 * units], Both("bias", 1, zeros: 4 * units));
            var hidden = Node(
                "LSTM", [input, kernel, recurrent, bias],
                Attribute("hidden_size", units), Attribute("direction", layer.Bidirectional ? "bidirectional" : "forward"));
            if (!layer.Bidirectional)
                return Node("Squeeze", [hidden, Tensor($"{name}.axis", [1], Int64, MemoryMarshal.AsBytes<long>([1]))]);
            hidden = Node("Transpose", [hidden], Attribute("perm", [0, 2, 1, 3]));   // [T, D, B, H] to [T, B, D, H]
            return Node("Reshape", [hidden, Tensor($"{name}.shape", [3], Int64, MemoryMarshal.AsBytes<long>([0, 0, 2 * units]))]);

            float[] Both(string tensor, int rows, int zeros = 0) =>
            [
                .. directions.SelectMany(d => Reordered(weights[$"{name}{d}.{tensor}"].Values, rows, units).Concat(new float[zeros])),
            ];
        }

        public Message Finish(string result, int inputs, int outputs)
        {
            // Names the numbered result y.
            var identity = new Message();
            identity.Text(1, result);
            identity.Text(2, "y");
            identity.Text(4, "Identity");
            var graph = new Message();
            graph.Append(_nodes);
            graph.Bytes(1, identity);
            graph.Text(2, "network");
            graph.Append(_tensors);
            graph.Bytes(11, Value("x", inputs));
            graph.Bytes(12, Value("y", outputs));
            return graph;
        }

        private string Tensor(string name, long[] shape, ReadOnlySpan<float> values) =>
            Tensor(name, shape, Float32, MemoryMarshal.AsBytes(values));

        private string Tensor(string name, long[] shape, long type, ReadOnlySpan<byte> data)
        {
            var tensor = new Message();
            foreach (var length in shape)
                tensor.Number(1, length);
            tensor.Number(2, type);
            tensor.Text(8, name);
            tensor.Bytes(9, data);
            _tensors.Bytes(5, tensor);
            return name;
        }

        /// <summary>Returns a ValueInfoProto of float32 [B, T, channels].</summary>
        private static Message Value(string name, int channels)
        {
            var shape = new Message();
            foreach (var letter in new[] { "B", "T" })
            {
                var free = new Message();
                free.Text(2, letter);
                shape.Bytes(1, free);
            }

            var last = new Message();
            last.Number(1, channels);
            shape.Bytes(1, last);

            var tensor = new Message();
            tensor.Number(1, Float32);
            tensor.Bytes(2, shape);
            var type = new Message();
            type.Bytes(1, tensor);
            var value = new Message();
            value.Text(1, name);
            value.Bytes(2, type);
            return value;
        }
    }

    /// <summary>A protocol-buffers message.</summary>
    private sealed class Message
    {
        private const int VariableLength = 0;
        private const int LengthDelimited = 2;
        private readonly List<byte> _bytes = [];

        public void Number(int field, long value)
        {
            Variable((ulong)((field << 3) | VariableLength));
            Variable((ulong)value);
        }

        public void Text(int field, string value) => Bytes(field, Encoding.UTF8.GetBytes(value));

        public void Bytes(int field, Message value) => Bytes(field, value.ToArray());

        public void Bytes(int field, ReadOnlySpan<byte> value)
        {
            Variable((ulong)((field << 3) | LengthDelimited));
            Variable((ulong)value.Length);
            _bytes.AddRange(value);
        }

        public void Append(Message other) => _bytes.AddRange(other._bytes);

        public byte[] ToArray() => [.. _bytes];

        /// <summary>Appends seven bits per byte, the lowest first; the eighth bit is set if more follow.</summary>
        private void Variable(ulong value)
        {
            for (; value > 0x7F; value >>= 7)
                _bytes.Add((byte)(value | 0x80));
            _bytes.Add((byte)value);
        }
    }
}
