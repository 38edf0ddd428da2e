using EcgRecovery.Neural.Files;

namespace EcgRecovery.Neural.Tests.Files;

/// <summary>Bytes of the examples in protobuf.dev/programming-guides/encoding, and the limits of variable-length integers.</summary>
public class ProtobufMessageTests
{
    [Theory]
    [InlineData(1, 150, "089601")]
    [InlineData(1, 0, "0800")]
    [InlineData(1, 127, "087F")]
    [InlineData(1, 128, "088001")]
    [InlineData(20, 7, "A00107")]
    [InlineData(1, -2, "08FEFFFFFFFFFFFFFFFF01")]
    public void Integers_have_variable_length(int field, long value, string bytes) =>
        Assert.Equal(bytes, Convert.ToHexString(new ProtobufMessage().Add(field, value).Bytes));

    [Fact]
    public void Texts_and_messages_have_their_length_before_them()
    {
        Assert.Equal("120774657374696E67", Convert.ToHexString(new ProtobufMessage().Add(2, "testing").Bytes));
        Assert.Equal("1A03089601", Convert.ToHexString(new ProtobufMessage().Add(3, new ProtobufMessage().Add(1, 150)).Bytes));
        Assert.Equal("1202CF80", Convert.ToHexString(new ProtobufMessage().Add(2, "π").Bytes));
        Assert.Equal("", Convert.ToHexString(new ProtobufMessage().Add(2, "").Bytes));
        var text = new string('x', 200);
        Assert.Equal("12C801" + string.Concat(Enumerable.Repeat("78", 200)), Convert.ToHexString(new ProtobufMessage().Add(2, text).Bytes));
    }
}
