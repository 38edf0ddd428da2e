using System.Buffers.Binary;
using System.Text;
using EcgRecovery.Formats.Files;
using EcgRecovery.Neural;
using EcgRecovery.Neural.Files;
using EcgRecovery.Neural.Networks;
using EcgRecovery.Recovery.Beats.Model;

namespace EcgRecovery.Tests.Recovery.Beats.Model;

public sealed class BeatModelFileTests
{
    [Fact]
    public void Reads_what_it_writes()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("model.safetensors");
        var model = SmallModel.File();
        model.Write(path, overwrite: false);
        var read = BeatModelFile.Read(path);
        Assert.True(read.IsVerified);
        Assert.Equal(model.Card.ToMetadata(), read.Card.ToMetadata());
        Assert.Equal(model.Weights.Select(t => t.Name), read.Weights.Select(t => t.Name));
        foreach (var (wanted, found) in model.Weights.Zip(read.Weights))
            Assert.Equal(wanted.Values, found.Values);

        using var stream = File.OpenRead(path);
        Assert.Equal(model.Card.ToMetadata(), BeatModelFile.Read(stream, "stream").Card.ToMetadata());
    }

    [Fact]
    public void The_same_model_gives_the_same_bytes()
    {
        using var folder = new TemporaryFolder();
        SmallModel.File().Write(folder.File("a"), overwrite: false);
        SmallModel.File().Write(folder.File("b"), overwrite: false);
        Assert.Equal(File.ReadAllBytes(folder.File("a")), File.ReadAllBytes(folder.File("b")));
    }

    [Fact]
    public void Does_not_replace_a_file_without_permission()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("model.safetensors", "mine");
        Assert.Throws<OutputExistsException>(() => SmallModel.File().Write(path, overwrite: false));
        Assert.Equal("mine", File.ReadAllText(path));
        SmallModel.File().Write(path, overwrite: true);
        Assert.True(BeatModelFile.Read(path).IsVerified);
    }

    [Fact]
    public void A_missing_file_is_named()
    {
        using var folder = new TemporaryFolder();
        var error = Assert.Throws<FileNotFoundException>(() => BeatModelFile.Read(folder.File("model.safetensors")));
        Assert.Contains("model.safetensors", error.Message, StringComparison.Ordinal);
        error = Assert.Throws<FileNotFoundException>(() => BeatModel.Load(folder.File("model.safetensors"), 1));
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void Any_truncation_is_one_clear_line()
    {
        using var folder = new TemporaryFolder();
        var bytes = Bytes(SmallModel.File());
        for (var length = 0; length < bytes.Length; length += length < 16 ? 1 : 61)
            Refusal(folder, bytes[..length]);
        Refusal(folder, [.. bytes, 0]);
    }

    [Fact]
    public void Any_flipped_bit_is_one_clear_line()
    {
        using var folder = new TemporaryFolder();
        var bytes = Bytes(SmallModel.File());
        for (var at = 0; at < bytes.Length; at += 7)
        {
            bytes[at] ^= (byte)(1 << (at % 8));
            Refusal(folder, bytes);
            bytes[at] ^= (byte)(1 << (at % 8));
        }
    }

    [Fact]
    public void A_file_of_another_kind_is_one_clear_line()
    {
        using var folder = new TemporaryFolder();
        Refusal(folder, "beats.csv, not a model\n1,2,3\n"u8.ToArray());
        Refusal(folder, new byte[4096]);
        Assert.Contains(
            "format is 'other/1'",
            Refusal(folder, Safetensors(new Dictionary<string, string> { ["format"] = "other/1" }, [])),
            StringComparison.Ordinal);
        Assert.Contains(
            "is a directory",
            Assert.Throws<InvalidDataException>(() => BeatModelFile.Read(Path.GetDirectoryName(folder.File("x"))!)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_of_another_shape_is_one_clear_line_that_names_the_tensor()
    {
        using var folder = new TemporaryFolder();
        var model = SmallModel.File();
        var metadata = model.Card.ToMetadata();
        Assert.Contains(
            "has no tensor dense.bias [1]",
            Refusal(folder, Safetensors(metadata, model.Weights.SkipLast(1))),
            StringComparison.Ordinal);
        Assert.Contains(
            "has a tensor lstm_9.bias [1], which the network",
            Refusal(folder, Safetensors(metadata, model.Weights.Append(new("lstm_9.bias", [1], [0])))),
            StringComparison.Ordinal);

        var larger = new NetworkSpec(1, [new(4), new(2, Bidirectional: true)], 1);
        Assert.Contains(
            "has no tensor lstm_1.kernel [1, 12]",
            Refusal(folder, Safetensors(metadata, NetworkInitializer.Initialize(larger, 1))),
            StringComparison.Ordinal);
        Assert.Contains(
            "has no tensor lstm_1.kernel [1, 16]",
            Refusal(folder, Safetensors((model.Card with { Network = larger }).ToMetadata(), model.Weights)),
            StringComparison.Ordinal);

        var twoInputs = new NetworkSpec(2, [new(3)], 1);
        Assert.Contains(
            "maps 2 inputs to 1 outputs; expected 1 to 1",
            Refusal(
                folder, Safetensors((model.Card with { Network = twoInputs }).ToMetadata(), NetworkInitializer.Initialize(twoInputs, 1))),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_foreign_file_without_hashes_is_read_and_not_called_verified()
    {
        // As written by a script that knows the names but not the hashes.
        var model = SmallModel.File();
        var json = new StringBuilder("{\"__metadata__\":").Append(System.Text.Json.JsonSerializer.Serialize(model.Card.ToMetadata()));
        using var values = new MemoryStream();
        foreach (var tensor in model.Weights.Reverse())
        {
            var begin = values.Length;
            foreach (var value in tensor.Values)
                values.Write(BitConverter.GetBytes(value));
            json.Append($",\"{tensor.Name}\":{{\"dtype\":\"F32\",\"shape\":[{string.Join(',', tensor.Shape)}],")
                .Append($"\"data_offsets\":[{begin},{values.Length}]}}");
        }

        var header = Encoding.UTF8.GetBytes(json.Append('}').ToString());
        var length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        using var folder = new TemporaryFolder();
        var path = folder.Write("foreign.safetensors", [.. length, .. header, .. values.ToArray()]);
        Assert.False(BeatModelFile.Read(path).IsVerified);

        // Its tensors have another order, which must not matter.
        using var ours = new BeatModel("ours", model, 1);
        using var foreign = BeatModel.Load(path, 1);
        var beats = SyntheticBeats.Make(2).Samples;
        var (expected, actual) = (new float[beats.Length], new float[beats.Length]);
        ours.Estimate(beats, expected);
        foreign.Estimate(beats, actual);
        Assert.Equal(expected, actual);
    }

    private static string Refusal(TemporaryFolder folder, byte[] bytes)
    {
        var path = folder.Write("broken.safetensors", bytes);
        var error = Assert.Throws<InvalidDataException>(() => BeatModelFile.Read(path));
        Assert.Contains("broken.safetensors", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
        return error.Message;
    }

    private static byte[] Bytes(BeatModelFile model) => Safetensors(model.Card.ToMetadata(), model.Weights);

    private static byte[] Safetensors(IReadOnlyDictionary<string, string> metadata, IEnumerable<WeightTensor> tensors)
    {
        using var stream = new MemoryStream();
        new SafetensorsFile(metadata, [.. tensors]).Write(stream);
        return stream.ToArray();
    }
}
