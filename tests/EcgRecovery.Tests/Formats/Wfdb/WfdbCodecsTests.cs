using EcgRecovery.Formats.Wfdb;

namespace EcgRecovery.Tests.Formats.Wfdb;

public class WfdbCodecsTests
{
    /// <summary>Samples and their bytes, worked by hand from signal(5), so that the two directions are not wrong together.</summary>
    public static TheoryData<int, int[], byte[]> ByHand => new()
    {
        // Differences: +1, −1, −128, +127.
        { 8, [1, -1, -128, 127], [0x01, 0xFF, 0x80, 0x7F] },
        // −2 = 0xFFFE, low byte first.
        { 16, [1, -2, -32768, 32767], [0x01, 0x00, 0xFE, 0xFF, 0x00, 0x80, 0xFF, 0x7F] },
        // −2 = 0xFFFFFE; −2²³ = 0x800000; 2²³ − 1 = 0x7FFFFF.
        { 24, [1, -2, -8_388_608, 8_388_607], [0x01, 0x00, 0x00, 0xFE, 0xFF, 0xFF, 0x00, 0x00, 0x80, 0xFF, 0xFF, 0x7F] },
        { 32, [1, -2, int.MinValue, int.MaxValue], [0x01, 0, 0, 0, 0xFE, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0x80, 0xFF, 0xFF, 0xFF, 0x7F] },
        // As 16, high byte first.
        { 61, [1, -2, -32768, 32767], [0x00, 0x01, 0xFF, 0xFE, 0x80, 0x00, 0x7F, 0xFF] },
        // Byte = sample + 128.
        { 80, [0, 1, -128, 127], [0x80, 0x81, 0x00, 0xFF] },
        // Word = sample + 32768, low byte first.
        { 160, [0, 1, -32768, 32767], [0x00, 0x80, 0x01, 0x80, 0x00, 0x00, 0xFF, 0xFF] },
        // 0x234 and 0x571: 34, 5·2, 71. 2047 = 0x7FF and −2 = 0xFFE: FF, F·7, FE. −2048 = 0x800 and 0: 00, 0·8, 00. 1 alone: 01, 0·0.
        { 212, [0x234, 0x571, 2047, -2, -2048, 0, 1], [0x34, 0x52, 0x71, 0xFF, 0xF7, 0xFE, 0x00, 0x08, 0x00, 0x01, 0x00] },
        // 1 → 0x002; −2 = 0x3FE → 0x7FC; 0x155 = 01010·10101: word 0 = 10101·000 0000 0010 = 0xA802, word 1 = 01010·111 1111 1100 = 0x57FC.
        // Then −512 = 0x200 alone: 0x400.
        { 310, [1, -2, 0x155, -512], [0x02, 0xA8, 0xFC, 0x57, 0x00, 0x04] },
        // Two left over: 511 = 0x1FF → 0x3FE; −512 → 0x400.
        { 310, [511, -512], [0xFE, 0x03, 0x00, 0x04] },
        // 1 + 0x3FE·2¹⁰ + 0x155·2²⁰ = 0x155FF801. Then −512 = 0x200 alone: two bytes.
        { 311, [1, -2, 0x155, -512], [0x01, 0xF8, 0x5F, 0x15, 0x00, 0x02] },
        // Two left over: 0x1FF + 0x200·2¹⁰ = 0x000801FF: three bytes hold them, WFDB's library writes four.
        { 311, [511, -512], [0xFF, 0x01, 0x08, 0x00] },
    };

    [Theory]
    [MemberData(nameof(ByHand))]
    public void Bytes_are_those_of_the_specification(int code, int[] samples, byte[] bytes)
    {
        var format = WfdbSignalFormat.Find(code)!;
        var unpacked = new int[samples.Length];
        format.Unpack(bytes, unpacked);
        Assert.Equal(samples, unpacked);
        var packed = new byte[format.PackedByteCount(samples.Length)];
        format.Pack(samples, packed);
        Assert.Equal(bytes, packed);
    }

    [Theory]
    [InlineData(8, new long[] { 0, 1, 2, 3, 4, 5, 6, 7 })]
    [InlineData(24, new long[] { 0, 3, 6, 9, 12, 15, 18, 21 })]
    [InlineData(212, new long[] { 0, 2, 3, 5, 6, 8, 9, 11 })]
    [InlineData(310, new long[] { 0, 2, 4, 4, 6, 8, 8, 10 })]
    [InlineData(311, new long[] { 0, 2, 3, 4, 6, 7, 8, 10 })]
    public void So_many_samples_need_so_many_bytes(int code, long[] bytes)
    {
        var format = WfdbSignalFormat.Find(code)!;
        Assert.Equal(bytes, Enumerable.Range(0, bytes.Length).Select(samples => format.ByteCount(samples)));
        for (long available = 0; available < bytes[^1]; available++)
            Assert.Equal(Array.FindLastIndex(bytes, needed => needed <= available), format.SampleCount(available));
    }

    [Fact]
    public void Every_format_gives_back_every_value_it_holds()
    {
        var random = new Random(5);
        foreach (var format in WfdbSignalFormat.All)
        {
            var (minimum, maximum) = format.IsDifference ? (-128, 127) : (format.Missing!.Value, format.Maximum);
            for (var length = 0; length < 300; length++)
            {
                var samples = new int[length];
                for (var i = 0; i < length; i++)
                    samples[i] = random.Next(8) switch
                    {
                        0 => minimum,
                        1 => maximum,
                        2 => 0,
                        3 => -1,
                        _ => (int)random.NextInt64(minimum, maximum + 1L),
                    };
                var bytes = new byte[format.PackedByteCount(length)];
                format.Pack(samples, bytes);
                var back = new int[length];
                // No more bytes than are needed: nothing is read beyond them.
                format.Unpack(bytes.AsSpan(0, (int)format.ByteCount(length)), back);
                Assert.Equal(samples, back);
            }
        }
    }

    [Fact]
    public void The_fast_kernels_of_format_212_equal_the_formula()
    {
        var random = new Random(212);
        for (var frames = 0; frames <= 256; frames++)
        {
            var bytes = new byte[frames * 3];
            random.NextBytes(bytes);
            var expected = new int[frames * 2];
            WfdbCodecs.Unpack212(bytes, expected);
            var inOrder = new int[frames * 2];
            Wfdb212.Unpack(bytes, inOrder);
            Assert.Equal(expected, inOrder);
            var (first, second) = (new int[frames], new int[frames]);
            Wfdb212.UnpackTwo(bytes, first, second);
            Assert.Equal(expected.Where((_, i) => i % 2 == 0), first);
            Assert.Equal(expected.Where((_, i) => i % 2 == 1), second);
        }
    }
}
