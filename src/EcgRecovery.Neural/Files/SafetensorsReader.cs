using System.Buffers.Binary;
using System.Globalization;
using System.Text.Json;
using System.Text.Unicode;
using EcgRecovery.Neural.Networks;

namespace EcgRecovery.Neural.Files;

/// <summary>A reader of safetensors that allocates little more than the stream holds, whatever its header claims.</summary>
/// <remarks>
/// By <see cref="JsonDocument"/>, not by a serializer: tensor names are the property names, and each error message contains the tensor, the
/// value and the expected value.
/// </remarks>
/// <param name="name">The name of the file in error messages.</param>
internal sealed class SafetensorsReader(string name)
{
    /// <summary>Headers of our largest models have some kilobytes; a longer one is probably not a header.</summary>
    private const int MaximumHeaderBytes = 1 << 24;

    private const int FirstBufferBytes = 1 << 16;

    /// <summary>Reads and checks the length and the JSON of the header.</summary>
    public SafetensorsHeader ReadHeader(Stream stream)
    {
        var prefix = ReadBytes(stream, sizeof(ulong), "header length");
        var length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (length is < 2 or > MaximumHeaderBytes)
            throw Broken($"header length is {length}; expected 2 to {MaximumHeaderBytes} bytes. Is this a safetensors file?");
        var bytes = ReadBytes(stream, (int)length, "header");
        if (!Utf8.IsValid(bytes))
            throw Broken("header is not UTF-8 text.");
        try
        {
            using var json = JsonDocument.Parse(bytes, new JsonDocumentOptions { AllowDuplicateProperties = false });
            return Header(json.RootElement);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: half of a surrogate pair, detected only when the string is read.
            throw Broken($"header is not valid JSON: {error.Message}", error);
        }
    }

    /// <summary>Reads the tensors' bytes, up to the end of the stream.</summary>
    public byte[] ReadData(Stream stream, SafetensorsHeader header)
    {
        var data = ReadBytes(stream, header.DataLength, "tensor values");
        if (stream.ReadByte() >= 0)
            throw Broken($"has more than the {data.Length} bytes of tensor values of its header.");
        return data;
    }

    /// <summary>Compares the hashes with the contents.</summary>
    /// <returns>Whether the file has hashes.</returns>
    public bool Verify(SafetensorsHeader header, byte[] data)
    {
        if (!SafetensorsHashes.Names.Any(header.Metadata.ContainsKey))
            return false;
        foreach (var (key, expected) in SafetensorsHashes.Compute(header, data))
        {
            if (!header.Metadata.TryGetValue(key, out var found))
                throw Broken($"is damaged: its {key} is missing.");
            if (found != expected)
                throw Broken($"is damaged: its {key} is {found}; its contents have {expected}.");
        }

        return true;
    }

    /// <summary>Converts the bytes to tensors.</summary>
    public IReadOnlyList<WeightTensor> Decode(SafetensorsHeader header, byte[] data)
    {
        var tensors = new List<WeightTensor>(header.Entries.Count);
        foreach (var entry in header.Entries)
        {
            var values = new float[(entry.End - entry.Begin) / SafetensorsTypes.BytesOf(entry.Type)];
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = entry.Type == TensorType.U8
                    ? data[entry.Begin + i]
                    : BinaryPrimitives.ReadSingleLittleEndian(data.AsSpan(entry.Begin + (i * sizeof(float))));
                if (!float.IsFinite(values[i]))
                    throw Broken($"tensor {entry.Name} holds {values[i]} at {i}; expected finite values.");
            }

            tensors.Add(new WeightTensor(entry.Name, entry.Shape, values) { Type = entry.Type });
        }

        return tensors;
    }

    private SafetensorsHeader Header(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
            throw Broken($"header is a JSON {root.ValueKind}; expected an object.");
        var metadata = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var entries = new List<SafetensorsEntry>();
        foreach (var property in root.EnumerateObject())
        {
            if (property.Name == SafetensorsHeader.MetadataName)
                ReadMetadata(property.Value, metadata);
            else
                entries.Add(Entry(property.Name, property.Value));
        }

        var inFileOrder = entries.OrderBy(entry => entry.Begin).ThenBy(entry => entry.End).ToList();
        RequireNoHoles(inFileOrder);
        return new SafetensorsHeader(metadata, inFileOrder);
    }

    private void ReadMetadata(JsonElement json, SortedDictionary<string, string> metadata)
    {
        if (json.ValueKind != JsonValueKind.Object)
            throw Broken($"metadata is a JSON {json.ValueKind}; expected an object.");
        foreach (var property in json.EnumerateObject())
        {
            if (property.Value.ValueKind != JsonValueKind.String)
                throw Broken($"metadata {property.Name} is a JSON {property.Value.ValueKind}; expected a string.");
            metadata.Add(property.Name, property.Value.GetString()!);
        }
    }

    private SafetensorsEntry Entry(string tensor, JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object)
            throw Broken($"tensor {tensor} is a JSON {json.ValueKind}; expected an object.");
        var typeName = Member(tensor, json, "dtype", JsonValueKind.String).GetString();
        var type = SafetensorsTypes.Find(typeName)
            ?? throw Broken($"tensor {tensor} has dtype {typeName}; expected {SafetensorsTypes.Names}.");
        var shape = Integers(tensor, json, "shape");
        var offsets = Integers(tensor, json, "data_offsets");
        if (offsets.Length != 2)
            throw Broken($"tensor {tensor} has {offsets.Length} data_offsets; expected 2.");
        var (begin, end) = (offsets[0], offsets[1]);
        if (end < begin || end > SafetensorsHeader.MaximumDataBytes)
        {
            throw Broken(
                $"tensor {tensor} lies at bytes {begin}..{end}; expected a range within {SafetensorsHeader.MaximumDataBytes} bytes.");
        }

        // Stop as soon as the product is out of range: that of a hostile shape overflows.
        long count = shape.Contains(0) ? 0 : 1;
        foreach (var length in shape)
        {
            count *= length;
            if (count > SafetensorsHeader.MaximumDataBytes)
                break;
        }

        if (count * SafetensorsTypes.BytesOf(type) != end - begin)
        {
            throw Broken(
                $"tensor {tensor} of shape [{string.Join(", ", shape)}] lies at bytes {begin}..{end}; "
                + $"expected {typeName} values to fill them.");
        }

        return new SafetensorsEntry(tensor, type, shape, begin, end);
    }

    private int[] Integers(string tensor, JsonElement json, string member)
    {
        var array = Member(tensor, json, member, JsonValueKind.Array);
        var integers = new int[array.GetArrayLength()];
        var n = 0;
        foreach (var element in array.EnumerateArray())
        {
            if (element.ValueKind != JsonValueKind.Number || !element.TryGetInt32(out integers[n]) || integers[n] < 0)
            {
                throw Broken(
                    $"tensor {tensor} has {element.GetRawText()} in its {member}; expected a whole number of 0 to {int.MaxValue}.");
            }

            n++;
        }

        return integers;
    }

    private JsonElement Member(string tensor, JsonElement json, string member, JsonValueKind kind)
    {
        if (!json.TryGetProperty(member, out var value))
            throw Broken($"tensor {tensor} has no {member}.");
        if (value.ValueKind != kind)
            throw Broken($"tensor {tensor} has a JSON {value.ValueKind} as its {member}; expected {kind}.");
        return value;
    }

    /// <summary>Checks that each tensor begins at the end of the one before, without overlap or hole.</summary>
    private void RequireNoHoles(IReadOnlyList<SafetensorsEntry> entries)
    {
        var at = 0;
        foreach (var entry in entries)
        {
            if (entry.Begin != at)
                throw Broken($"tensor {entry.Name} begins at byte {entry.Begin}; expected {at}, without overlap or hole.");
            at = entry.End;
        }
    }

    /// <summary>Reads bytes into a buffer that grows with the data, so that a wrong length costs no memory.</summary>
    private byte[] ReadBytes(Stream stream, int count, string what)
    {
        var bytes = new byte[Math.Min(count, FirstBufferBytes)];
        var filled = 0;
        while (filled < count)
        {
            if (filled == bytes.Length)
                Array.Resize(ref bytes, (int)Math.Min(count, 2L * bytes.Length));
            var read = stream.Read(bytes, filled, bytes.Length - filled);
            if (read == 0)
                throw Broken($"ends after {filled} of {count} bytes of {what}.");
            filled += read;
        }

        return bytes;
    }

    /// <summary>Creates an error of one line, whatever characters the file's names contain.</summary>
    private InvalidDataException Broken(string what, Exception? cause = null)
    {
        const int longest = 300;
        var line = string.Concat(what.Select(c => IsLineBreaking(c) ? '?' : c));
        return new InvalidDataException($"{name}: {(line.Length <= longest ? line : line[..longest] + "…")}", cause);
    }

    private static bool IsLineBreaking(char c) =>
        char.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
