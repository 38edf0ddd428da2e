using System.Buffers;
using System.Text;

namespace EcgRecovery.Neural.Files;

/// <summary>A message in the wire format of Protocol Buffers, as far as ONNX models need it.</summary>
/// <remarks>
/// <code>
/// field     key = 8·number + type, as a variable-length integer; then the value
/// type 0    a variable-length integer: seven bits per byte, the lowest first; the eighth bit is set if more follow
/// type 2    a length as such an integer; then bytes: UTF-8 text, raw data, or another message
/// </code>
/// By hand: a package would bring its runtime and classes generated from onnx.proto, for three kinds of field.
/// <para>Source: protobuf.dev/programming-guides/encoding.</para>
/// </remarks>
internal sealed class ProtobufMessage
{
    private const int VariableLength = 0;
    private const int LengthDelimited = 2;

    private readonly ArrayBufferWriter<byte> _bytes = new();

    /// <summary>Appends an integer; a negative one takes ten bytes.</summary>
    public ProtobufMessage Add(int field, long value)
    {
        Variable((ulong)((field << 3) | VariableLength));
        Variable((ulong)value);
        return this;
    }

    /// <summary>Appends a text; none if it is empty, which is what an absent text is read as.</summary>
    public ProtobufMessage Add(int field, string value) => value.Length == 0 ? this : Add(field, Encoding.UTF8.GetBytes(value));

    /// <summary>Appends a message.</summary>
    public ProtobufMessage Add(int field, ProtobufMessage value) => Add(field, value.Bytes);

    /// <summary>Appends bytes.</summary>
    public ProtobufMessage Add(int field, ReadOnlySpan<byte> value)
    {
        Variable((ulong)((field << 3) | LengthDelimited));
        Variable((ulong)value.Length);
        _bytes.Write(value);
        return this;
    }

    /// <summary>The bytes so far.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes.WrittenSpan;

    private void Variable(ulong value)
    {
        for (; value > 0x7F; value >>= 7)
            _bytes.Write([(byte)(value | 0x80)]);
        _bytes.Write([(byte)value]);
    }
}
