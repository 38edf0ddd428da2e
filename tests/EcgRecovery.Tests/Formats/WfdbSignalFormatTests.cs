using EcgRecovery.Formats;

namespace EcgRecovery.Tests.Formats;

public class WfdbSignalFormatTests
{
    [Fact]
    public void Unpacks_format_212()
    {
        // Byte 0: low byte of the first sample; byte 1: low nibble its high bits, high nibble those of the second; byte 2: second's low byte.
        byte[] bytes = [0x34, 0x52, 0x71, 0xFF, 0xF7, 0xFE, 0x00, 0x08, 0x00, 0x01, 0x00];
        var samples = new int[7];
        WfdbSignalFormat.Decode(212, bytes, samples);
        Assert.Equal([0x234, 0x571, 2047, -2, -2048, 0, 1], samples);
        Assert.Equal(11, WfdbSignalFormat.ByteCount(212, 7));
        Assert.Equal(7, WfdbSignalFormat.SampleCount(212, 11));
    }

    [Fact]
    public void Unpacks_format_16()
    {
        var samples = new int[4];
        WfdbSignalFormat.Decode(16, [0x01, 0x00, 0xFE, 0xFF, 0x00, 0x80, 0xFF, 0x7F], samples);
        Assert.Equal([1, -2, -32768, 32767], samples);
        Assert.Equal(8, WfdbSignalFormat.ByteCount(16, 4));
        Assert.Equal(4, WfdbSignalFormat.SampleCount(16, 9));
    }
}
