using System.Globalization;
using EcgRecovery.Neural.Networks;

namespace EcgRecovery.Neural.Files;

/// <summary>A model to be written as ONNX, for other runtimes: networks, and the few operations between them and the outputs.</summary>
/// <remarks>
/// Values are float32, [B, T, C]: any number B of sequences and T of time steps. A model is built from its inputs to its outputs:
/// <code>
/// var model = new OnnxModel();
/// var x = model.Input("x", channels: 1);
/// model.Output("y", model.Network(x, network, weights));
/// model.Write(stream);
/// </code>
/// The same calls give the same bytes. Operator set 14; time is the first axis of an LSTM (layout 0): ONNX Runtime computes no other on a
/// CPU.
/// <para>Sources: onnx.ai/onnx/operators; github.com/onnx/onnx, docs/IR.md.</para>
/// </remarks>
public sealed class OnnxModel
{
    private const long IrVersion = 8;
    private const long OperatorSet = 14;

    // Axes of a value.
    private const string AnySequences = "B", AnySteps = "T";
    private const int ChannelAxis = 2;

    private readonly List<ProtobufMessage> _nodes = [];
    private readonly List<ProtobufMessage> _tensors = [];
    private readonly List<ProtobufMessage> _inputs = [];
    private readonly List<ProtobufMessage> _outputs = [];
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private int _networks;

    /// <summary>Gets a sentence that describes the model.</summary>
    public string Description { get; init; } = "";

    /// <summary>Gets further strings that describe the model, by name.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();

    /// <summary>Adds an input.</summary>
    /// <param name="name">Its name, unique in the model.</param>
    /// <param name="channels">C.</param>
    /// <param name="description">What it holds.</param>
    /// <exception cref="ArgumentException">The name is empty or taken, or there are no channels.</exception>
    public OnnxValue Input(string name, int channels, string description = "")
    {
        Require(channels >= 1, $"Input {name} has {channels} channels; expected at least 1.");
        _inputs.Add(OnnxProto.Value(Take(name), description, [AnySequences, AnySteps, channels]));
        return new OnnxValue(this, name, channels);
    }

    /// <summary>Adds a network.</summary>
    /// <param name="input">Its input, [B, T, I].</param>
    /// <param name="network">Its shape.</param>
    /// <param name="weights">The tensors of <see cref="NetworkSpec.TensorShapes"/>, in any order.</param>
    /// <returns>[B, T, O].</returns>
    /// <exception cref="ArgumentException">The network is not valid, or does not fit its input or its weights.</exception>
    public OnnxValue Network(OnnxValue input, NetworkSpec network, IReadOnlyList<WeightTensor> weights)
    {
        network.Validate();
        RequireOwn(input);
        Require(
            input.Channels == network.InputCount, $"Input has {input.Channels} channels; expected {network.InputCount}, the network's.");
        var writer = new OnnxNetwork(this, string.Create(CultureInfo.InvariantCulture, $"network_{++_networks}."), weights);
        var byTime = Node("Transpose", [input.Name], OnnxProto.Attribute("perm", [1, 0, 2]));
        var result = writer.Write(byTime, network);
        return Value("Transpose", [result], network.OutputCount, OnnxProto.Attribute("perm", [1, 0, 2]));
    }

    /// <summary>Adds the mean of values of the same number of channels.</summary>
    /// <exception cref="ArgumentException">There is no value, or their channels differ.</exception>
    public OnnxValue Mean(IReadOnlyList<OnnxValue> values)
    {
        foreach (var value in values)
            RequireOwn(value);
        Require(
            values.Select(value => value.Channels).Distinct().Count() == 1,
            $"The mean is of {values.Count} values of [{string.Join(", ", values.Select(value => value.Channels))}] channels; "
            + "expected one or more, of the same channels.");
        return values.Count == 1 ? values[0] : Value("Mean", [.. values.Select(value => value.Name)], values[0].Channels);
    }

    /// <summary>Adds the sum of a value and an offset.</summary>
    /// <param name="value">[B, T, C].</param>
    /// <param name="offset">[B, T, C], or [B, T, 1] for the same offset of all channels.</param>
    /// <exception cref="ArgumentException">The offset has other channels.</exception>
    public OnnxValue Sum(OnnxValue value, OnnxValue offset)
    {
        RequireOwn(value);
        RequireOwn(offset);
        Require(
            offset.Channels == value.Channels || offset.Channels == 1,
            $"The offset has {offset.Channels} channels; expected 1 or {value.Channels}.");
        return Value("Add", [value.Name, offset.Name], value.Channels);
    }

    /// <summary>Adds some channels of a value.</summary>
    /// <param name="value">[B, T, C].</param>
    /// <param name="start">The first channel.</param>
    /// <param name="count">Their number.</param>
    /// <returns>[B, T, <paramref name="count"/>].</returns>
    /// <exception cref="ArgumentException">The value has no such channels.</exception>
    public OnnxValue Channels(OnnxValue value, int start, int count)
    {
        RequireOwn(value);
        Require(
            start >= 0 && count >= 1 && start <= value.Channels - count,
            $"Channels {start}..{start + (long)count} do not lie within the value's 0..{value.Channels}.");
        return Value(
            "Slice", [value.Name, Integers("start", [start]), Integers("end", [start + count]), Integers("axis", [ChannelAxis])], count);
    }

    /// <summary>Adds a value in which a number stands for NaN.</summary>
    /// <param name="value">[B, T, C].</param>
    /// <param name="number">The number.</param>
    public OnnxValue ReplaceNaN(OnnxValue value, float number)
    {
        RequireOwn(value);
        var replacement = Tensor(new WeightTensor(NewName("number"), [], [number]));
        return Value("Where", [Node("IsNaN", [value.Name]), replacement, value.Name], value.Channels);
    }

    /// <summary>Makes a value an output.</summary>
    /// <param name="name">The output's name, unique in the model.</param>
    /// <param name="value">[B, T, C].</param>
    /// <param name="description">What it holds.</param>
    /// <exception cref="ArgumentException">The name is empty or taken.</exception>
    public void Output(string name, OnnxValue value, string description = "")
    {
        RequireOwn(value);
        _nodes.Add(OnnxProto.Node("Identity", [value.Name], Take(name)));
        _outputs.Add(OnnxProto.Value(name, description, [AnySequences, AnySteps, value.Channels]));
    }

    /// <summary>Adds a constant as an output, so that a model brings the data that its user needs beside it.</summary>
    /// <param name="tensor">The constant; its name is the output's.</param>
    /// <param name="description">What it holds.</param>
    /// <exception cref="ArgumentException">The name is empty or taken.</exception>
    public void Output(WeightTensor tensor, string description = "")
    {
        var constant = Tensor(tensor with { Name = NewName(tensor.Name) });
        _nodes.Add(OnnxProto.Node("Identity", [constant], Take(tensor.Name)));
        _outputs.Add(OnnxProto.Value(tensor.Name, description, [.. tensor.Shape.Cast<object>()], tensor.Type));
    }

    /// <summary>Writes the model.</summary>
    /// <param name="stream">Receives the bytes; stays open.</param>
    public void Write(Stream stream)
    {
        var graph = new ProtobufMessage();
        Append(1, _nodes);
        graph.Add(2, "networks");
        Append(5, _tensors);
        Append(11, _inputs);
        Append(12, _outputs);

        var model = new ProtobufMessage().Add(1, IrVersion).Add(2, "EcgRecovery").Add(6, Description).Add(7, graph);
        model.Add(8, new ProtobufMessage().Add(2, OperatorSet));
        foreach (var (key, value) in Metadata.OrderBy(entry => entry.Key, StringComparer.Ordinal))
            model.Add(14, new ProtobufMessage().Add(1, key).Add(2, value));
        stream.Write(model.Bytes);

        void Append(int field, List<ProtobufMessage> messages)
        {
            foreach (var message in messages)
                graph.Add(field, message);
        }
    }

    /// <summary>Adds a node and returns the name of its output.</summary>
    internal string Node(string type, ReadOnlySpan<string> inputs, params ReadOnlySpan<ProtobufMessage> attributes)
    {
        var output = Take(NewName(type));
        _nodes.Add(OnnxProto.Node(type, inputs, output, attributes));
        return output;
    }

    /// <summary>Adds a constant and returns its name.</summary>
    internal string Tensor(WeightTensor tensor)
    {
        _tensors.Add(OnnxProto.Tensor(tensor));
        return Take(tensor.Name);
    }

    /// <summary>Adds integers as a constant of one dimension and returns its name.</summary>
    internal string Integers(string name, ReadOnlySpan<long> numbers)
    {
        var unique = Take(NewName(name));
        _tensors.Add(OnnxProto.Tensor(unique, numbers));
        return unique;
    }

    private static void Require(bool condition, string message)
    {
        if (!condition)
            throw new ArgumentException(message);
    }

    private OnnxValue Value(string type, ReadOnlySpan<string> inputs, int channels, params ReadOnlySpan<ProtobufMessage> attributes) =>
        new(this, Node(type, inputs, attributes), channels);

    private void RequireOwn(OnnxValue value) => Require(ReferenceEquals(value.Model, this), "The value is of another model.");

    private string Take(string name)
    {
        Require(name.Length > 0 && _names.Add(name), $"Name '{name}' is empty or taken; expected one of its own.");
        return name;
    }

    // A number behind the text makes it unique; the loop skips names that a user of this class took.
    private string NewName(string text)
    {
        for (var n = _names.Count; ; n++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"{text}_{n}");
            if (!_names.Contains(name))
                return name;
        }
    }
}
