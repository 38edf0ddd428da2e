using System.Buffers.Binary;
using EcgRecovery.Neural.Networks;

namespace EcgRecovery.Neural.Files;

/// <summary>The messages of an ONNX model, with the field numbers of onnx.proto.</summary>
/// <remarks>Source: github.com/onnx/onnx, onnx/onnx.proto3.</remarks>
internal static class OnnxProto
{
    // Values of AttributeProto.AttributeType and TensorProto.DataType.
    private const int IntegerAttribute = 2, TextAttribute = 3, IntegersAttribute = 7;
    private const int Float32 = 1, Unsigned8 = 2, Integer64 = 7;

    /// <summary>Returns a NodeProto.</summary>
    public static ProtobufMessage Node(
        string type, ReadOnlySpan<string> inputs, string output, params ReadOnlySpan<ProtobufMessage> attributes)
    {
        var node = new ProtobufMessage();
        foreach (var input in inputs)
            node.Add(1, input);
        node.Add(2, output).Add(4, type);
        foreach (var attribute in attributes)
            node.Add(5, attribute);
        return node;
    }

    /// <summary>Returns an AttributeProto of an integer.</summary>
    public static ProtobufMessage Attribute(string name, long number) =>
        new ProtobufMessage().Add(1, name).Add(3, number).Add(20, IntegerAttribute);

    /// <summary>Returns an AttributeProto of a text.</summary>
    public static ProtobufMessage Attribute(string name, string text) =>
        new ProtobufMessage().Add(1, name).Add(4, text).Add(20, TextAttribute);

    /// <summary>Returns an AttributeProto of integers.</summary>
    public static ProtobufMessage Attribute(string name, ReadOnlySpan<long> numbers)
    {
        var attribute = new ProtobufMessage().Add(1, name);
        foreach (var number in numbers)
            attribute.Add(8, number);
        return attribute.Add(20, IntegersAttribute);
    }

    /// <summary>Returns a TensorProto.</summary>
    public static ProtobufMessage Tensor(WeightTensor tensor)
    {
        var width = SafetensorsTypes.BytesOf(tensor.Type);
        var data = new byte[tensor.Values.Length * width];
        for (var i = 0; i < tensor.Values.Length; i++)
        {
            if (tensor.Type == TensorType.U8)
                data[i] = (byte)tensor.Values[i];
            else
                BinaryPrimitives.WriteSingleLittleEndian(data.AsSpan(i * width), tensor.Values[i]);
        }

        return Tensor(tensor.Name, [.. tensor.Shape], TypeOf(tensor.Type), data);
    }

    /// <summary>Returns a TensorProto of integers, of one dimension.</summary>
    public static ProtobufMessage Tensor(string name, ReadOnlySpan<long> numbers)
    {
        var data = new byte[numbers.Length * sizeof(long)];
        for (var i = 0; i < numbers.Length; i++)
            BinaryPrimitives.WriteInt64LittleEndian(data.AsSpan(i * sizeof(long)), numbers[i]);
        return Tensor(name, [numbers.Length], Integer64, data);
    }

    /// <summary>Returns the ValueInfoProto of an input or an output.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="description">What it holds.</param>
    /// <param name="shape">Its dimensions: a number, or a name for one of any length.</param>
    /// <param name="type">The type of its values.</param>
    public static ProtobufMessage Value(string name, string description, ReadOnlySpan<object> shape, TensorType type = TensorType.F32)
    {
        var dimensions = new ProtobufMessage();
        foreach (var length in shape)
            dimensions.Add(1, length is string letter ? new ProtobufMessage().Add(2, letter) : new ProtobufMessage().Add(1, (int)length));
        var tensor = new ProtobufMessage().Add(1, TypeOf(type)).Add(2, dimensions);
        return new ProtobufMessage().Add(1, name).Add(2, new ProtobufMessage().Add(1, tensor)).Add(3, description);
    }

    private static ProtobufMessage Tensor(string name, ReadOnlySpan<int> shape, int type, byte[] data)
    {
        var tensor = new ProtobufMessage();
        foreach (var length in shape)
            tensor.Add(1, length);
        return tensor.Add(2, type).Add(8, name).Add(9, data);
    }

    private static int TypeOf(TensorType type) => type == TensorType.U8 ? Unsigned8 : Float32;
}
