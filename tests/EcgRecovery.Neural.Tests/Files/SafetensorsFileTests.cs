using System.Buffers.Binary;
using System.Text;
using EcgRecovery.Neural.Files;
using EcgRecovery.Neural.Networks;

namespace EcgRecovery.Neural.Tests.Files;

public class SafetensorsFileTests
{
    private static SafetensorsFile Small() => new(
        new Dictionary<string, string>(StringComparer.Ordinal) { ["preset"] = "autoencoder", ["a note"] = "ü\n\"quoted\" <b>" },
        [new("lstm_1.kernel", [1, 2, 2], [1, -2.5f, float.Epsilon, -0f]), new("empty", [0, 3], []), new("scalar", [], [float.MaxValue])]);

    [Fact]
    public void Reads_what_it_wrote_to_the_bit()
    {
        var file = Small();
        var read = Read(Bytes(file));
        Assert.True(read.IsVerified);
        Assert.Equal(file.Metadata, read.Metadata);
        Assert.Equal(file.Tensors.Select(t => t.Name), read.Tensors.Select(t => t.Name));
        Assert.Equal(file.Tensors.Select(t => t.Shape), read.Tensors.Select(t => t.Shape));
        Assert.Equal(file.Tensors.SelectMany(t => t.Values).Select(BitConverter.SingleToInt32Bits),
            read.Tensors.SelectMany(t => t.Values).Select(BitConverter.SingleToInt32Bits));
        Assert.Equal(Bytes(file), Bytes(read));
    }

    [Fact]
    public void Lays_the_bytes_out_as_the_format_says()
    {
        var file = new SafetensorsFile(
            new Dictionary<string, string>(StringComparer.Ordinal) { ["z"] = "1", ["b"] = "2" }, [new("x", [2], [1, -2])]);
        var bytes = Bytes(file);
        var length = (int)BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        Assert.Equal(0, length % 8);
        Assert.Equal([0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0], bytes[(8 + length)..]);

        // printf '\x00\x00\x80\x3f\x00\x00\x00\xc0' | sha256sum; printf 'x F32 [2] 0..8\n' | sha256sum; printf 'b\n2\nz\n1\n' | sha256sum
        Assert.Equal(
            "{\"__metadata__\":{\"b\":\"2\","
            + "\"layout_sha256\":\"8a3d977eef844456fd45c388e87a1ada730b2278f6c9851ec30b1e294ae17dac\","
            + "\"metadata_sha256\":\"1fecb64ce163579b6e255a75aa08f4acf06d1f1b2cf926b819bae28ebed350f7\","
            + "\"tensor_sha256\":\"ee4ac73c2bd27756ab82780f27c73a7bc4d3f0bb6acb37e008bc27eccd7e588b\","
            + "\"z\":\"1\"},\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}",
            Encoding.UTF8.GetString(bytes, 8, length).TrimEnd(' '));
    }

    [Fact]
    public void Bytes_take_one_byte_each()
    {
        var file = new SafetensorsFile(
            NoMetadata, [new("x", [3], [0, 7, 255]) { Type = TensorType.U8 }, new("y", [1], [1])]);
        var bytes = Bytes(file);
        var length = (int)BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        Assert.Equal([0, 7, 255, 0, 0, 0x80, 0x3F], bytes[(8 + length)..]);
        Assert.Contains("""
            "x":{"dtype":"U8","shape":[3],"data_offsets":[0,3]}
            """, Encoding.UTF8.GetString(bytes, 8, length), StringComparison.Ordinal);
        var read = Read(bytes);
        Assert.True(read.IsVerified);
        Assert.Equal(TensorType.U8, read.Tensors[0].Type);
        Assert.Equal([0, 7, 255], read.Tensors[0].Values);
        Assert.Equal(TensorType.F32, read.Tensors[1].Type);
    }

    [Theory]
    [InlineData(256f)]
    [InlineData(-1f)]
    [InlineData(0.5f)]
    public void What_is_no_byte_is_not_written_as_one(float value)
    {
        var error = Assert.Throws<ArgumentException>(
            () => new SafetensorsFile(NoMetadata, [new("x", [2], [1, value]) { Type = TensorType.U8 }]));
        Assert.Contains("at 1; expected whole numbers of 0 to 255", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_from_elsewhere_is_read_and_said_to_be_unverified()
    {
        // Header and offsets by hand, as Python's safetensors writes them: tensors in any order of the header, no metadata.
        const string header =
            """{"b":{"dtype":"F32","shape":[1],"data_offsets":[8,12]},"a":{"dtype":"F32","shape":[2,1],"data_offsets":[0,8]}}   """;
        var read = Read(Foreign(header, 1, 2, 3));
        Assert.False(read.IsVerified);
        Assert.Empty(read.Metadata);
        Assert.Equal(["a", "b"], read.Tensors.Select(t => t.Name));
        Assert.Equal([2, 1], read.Tensors[0].Shape);
        Assert.Equal([1, 2], read.Tensors[0].Values);
        Assert.Equal([3], read.Tensors[1].Values);
        Assert.Empty(Read(Foreign("{}")).Tensors);
    }

    [Fact]
    public void No_truncated_file_is_accepted()
    {
        var bytes = Bytes(Small());
        for (var length = 0; length < bytes.Length; length++)
            AssertRefused(bytes[..length]);
        AssertRefused([.. bytes, 0]);
    }

    [Fact]
    public void No_file_with_a_flipped_bit_is_accepted()
    {
        var bytes = Bytes(Small());
        for (var bit = 0; bit < 8 * bytes.Length; bit++)
        {
            var damaged = (byte[])bytes.Clone();
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            AssertRefused(damaged);
        }
    }

    [Fact]
    public void Noise_is_refused_and_nothing_else_happens()
    {
        var random = new SeededRandom(1);
        var good = Bytes(Small());
        for (var trial = 0; trial < 2000; trial++)
        {
            // A run of noise over a good file, so that it often gets past the first checks.
            var bytes = (byte[])good.Clone();
            var start = random.NextInt(bytes.Length);
            var end = start + 1 + random.NextInt(bytes.Length - start);
            var changed = false;
            for (var i = start; i < end; i++)
            {
                var noise = (byte)(trial % 2 == 0 ? random.NextInt(256) : "{}[]\",:0159eF\\u"[random.NextInt(15)]);
                changed |= bytes[i] != noise;
                bytes[i] = noise;
            }

            if (changed)
                AssertRefused(bytes);
        }
    }

    [Theory]
    [InlineData("", "header length is 0")]
    [InlineData("[]", "JSON Array")]
    [InlineData("{ ", "not valid JSON")]
    [InlineData("""{"a":1}""", "tensor a is a JSON Number")]
    [InlineData("""{"a":{"shape":[1],"data_offsets":[0,4]}}""", "no dtype")]
    [InlineData("""{"a":{"dtype":"F16","shape":[2],"data_offsets":[0,4]}}""", "dtype F16; expected F32 or U8")]
    [InlineData("""{"a":{"dtype":"BF16","shape":[2],"data_offsets":[0,4]}}""", "dtype BF16; expected F32 or U8")]
    [InlineData("""{"a":{"dtype":"F32","data_offsets":[0,4]}}""", "no shape")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1]}}""", "no data_offsets")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}""", "-1 in its shape")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1.5],"data_offsets":[0,4]}}""", "1.5 in its shape")]
    [InlineData("""{"a":{"dtype":"F32","shape":["1"],"data_offsets":[0,4]}}""", "in its shape")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4,8]}}""", "3 data_offsets")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}""", "bytes 4..0")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4000000000]}}""", "4000000000 in its data_offsets")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", "shape [2] lies at bytes 0..4")]
    [InlineData("""{"a":{"dtype":"F32","shape":[65536,65536],"data_offsets":[0,0]}}""", "shape [65536, 65536]")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2147483647,2147483647,2147483647,0],"data_offsets":[0,4]}}""", "bytes 0..4")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", "begins at byte 4; expected 0")]
    [InlineData(
        """{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""",
        "without overlap")]
    [InlineData(
        """{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[8,12]}}""",
        "expected 4")]
    [InlineData(
        """{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""",
        "uplicate")]
    [InlineData(
        """{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"\u0061":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""",
        "uplicate")]
    [InlineData("""{"__metadata__":{"a":"1","\u0061":"2"}}""", "uplicate")]
    [InlineData("""{"__metadata__":{},"__metadata__":{}}""", "uplicate")]
    [InlineData("""{"__metadata__":null}""", "JSON Null")]
    [InlineData("""{"__metadata__":{"a":1}}""", "metadata a is a JSON Number")]
    [InlineData("""{"__metadata__":{"a":"\ud800"}}""", "not valid JSON")]
    [InlineData("""{"\udc00":{}}""", "not valid JSON")]
    [InlineData("""{"__metadata__":{"tensor_sha256":"00"}}""", "its tensor_sha256 is 00; its contents have e3b0c442")]
    [InlineData(
        """{"__metadata__":{"tensor_sha256":"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"}}""",
        "_sha256 is missing")]
    [InlineData("""{"a\nb\u2028c\u0000":1}""", "a?b?c?")]
    [InlineData(
        """{"a":{"dtype":"F32","shape":[100000000],"data_offsets":[0,400000000]}}""",
        "ends after 0 of 400000000 bytes of tensor values")]
    [InlineData("""{"a":{"dtype":"F32","shape":[400000000],"data_offsets":[0,1600000000]}}""", "0..1600000000")]
    public void Says_what_is_wrong(string header, string expected) =>
        Assert.Contains(expected, AssertRefused(Foreign(header)), StringComparison.Ordinal);

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void Refuses_values_that_are_not_finite(float value)
    {
        var bytes = Foreign("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 1, value);
        Assert.Contains($"tensor a holds {value} at 1", AssertRefused(bytes), StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new SafetensorsFile(NoMetadata, [new("a", [2], [1, value])]));
    }

    [Theory]
    [InlineData(1UL)]
    [InlineData(1UL << 30)]
    [InlineData(ulong.MaxValue)]
    public void Refuses_a_header_length_that_is_none(ulong length)
    {
        var bytes = Foreign("{}");
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, length);
        Assert.Contains($"header length is {length}", AssertRefused(bytes), StringComparison.Ordinal);
    }

    [Fact]
    public void A_header_that_is_announced_but_absent_costs_no_memory()
    {
        var bytes = Foreign("{}");
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, 1 << 24);
        AssertRefused(bytes);
        var before = GC.GetAllocatedBytesForCurrentThread();
        AssertRefused(bytes);
        AssertRefused(Foreign("""{"a":{"dtype":"F32","shape":[100000000],"data_offsets":[0,400000000]}}"""));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void Refuses_a_header_that_is_not_text()
    {
        var bytes = Foreign("""{"a":"??"}""");
        bytes[8 + 6] = 0xC3;
        Assert.Contains("not UTF-8", AssertRefused(bytes), StringComparison.Ordinal);
    }

    [Fact]
    public void A_stream_that_hands_out_single_bytes_is_read_all_the_same()
    {
        using var stream = new Trickle(Bytes(Small()));
        Assert.True(SafetensorsFile.Read(stream, "trickle").IsVerified);
    }

    [Fact]
    public void Says_which_file_is_missing_or_none()
    {
        var folder = Directory.CreateTempSubdirectory("safetensors").FullName;
        try
        {
            var path = Path.Combine(folder, "model.safetensors");
            Assert.Equal($"File {path} does not exist.", Assert.Throws<FileNotFoundException>(() => SafetensorsFile.Read(path)).Message);
            var error = Assert.Throws<InvalidDataException>(() => SafetensorsFile.Read(folder));
            Assert.Contains("is a directory", error.Message, StringComparison.Ordinal);
            File.WriteAllBytes(path, Bytes(Small()));
            Assert.True(SafetensorsFile.Read(path).IsVerified);
            File.WriteAllBytes(path, []);
            Assert.Equal(
                $"{path}: ends after 0 of 8 bytes of header length.",
                Assert.Throws<InvalidDataException>(() => SafetensorsFile.Read(path)).Message);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Refuses_to_write_what_it_could_not_read()
    {
        var one = new WeightTensor("a", [1], [1]);
        Assert.Throws<ArgumentException>(() => new SafetensorsFile(NoMetadata, [one, one]));
        Assert.Throws<ArgumentException>(() => new SafetensorsFile(NoMetadata, [one with { Name = "__metadata__" }]));
        Assert.Throws<ArgumentException>(() => new SafetensorsFile(NoMetadata, [one with { Shape = [2] }]));
        Assert.Throws<ArgumentException>(() => new SafetensorsFile(NoMetadata, [one with { Shape = [-1, -1] }]));
        Assert.Throws<ArgumentException>(() => new SafetensorsFile(NoMetadata, [one with { Shape = [int.MaxValue, int.MaxValue, 16] }]));
        Assert.ThrowsAny<ArgumentException>(() => new SafetensorsFile(NoMetadata, [one with { Name = "\ud800" }]));
        Assert.Throws<ArgumentException>(() => new SafetensorsFile(
            new Dictionary<string, string>(StringComparer.Ordinal) { ["tensor_sha256"] = "mine" }, [one]));
    }

    private static Dictionary<string, string> NoMetadata => new(StringComparer.Ordinal);

    private static byte[] Bytes(SafetensorsFile file)
    {
        using var stream = new MemoryStream();
        file.Write(stream);
        return stream.ToArray();
    }

    private static SafetensorsFile Read(byte[] bytes)
    {
        using var stream = new MemoryStream(bytes);
        return SafetensorsFile.Read(stream, "small");
    }

    private static byte[] Foreign(string header, params float[] values)
    {
        var text = Encoding.UTF8.GetBytes(header);
        var bytes = new byte[8 + text.Length + (4 * values.Length)];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, (ulong)text.Length);
        text.CopyTo(bytes, 8);
        for (var i = 0; i < values.Length; i++)
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(8 + text.Length + (4 * i)), values[i]);
        return bytes;
    }

    private static string AssertRefused(byte[] bytes)
    {
        var message = Assert.Throws<InvalidDataException>(() => Read(bytes)).Message;
        Assert.StartsWith("small: ", message, StringComparison.Ordinal);
        Assert.DoesNotContain(message, char.IsControl);
        return message;
    }

    private sealed class Trickle(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;

        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, 1));
    }
}
