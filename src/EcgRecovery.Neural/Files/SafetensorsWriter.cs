using System.Buffers.Binary;
using System.Text.Encodings.Web;
using System.Text.Json;
using EcgRecovery.Neural.Networks;

namespace EcgRecovery.Neural.Files;

/// <summary>A writer of <see cref="SafetensorsFile"/>.</summary>
/// <remarks>By <see cref="Utf8JsonWriter"/>, not by a serializer: tensor names are the property names, in the order of the data.</remarks>
internal static class SafetensorsWriter
{
    /// <summary>The header is padded to a multiple, so that values in a mapped file are aligned.</summary>
    private const int Alignment = 8;

    /// <summary>Writes length, header and values.</summary>
    public static void Write(SafetensorsFile file, Stream stream)
    {
        var data = new byte[file.Tensors.Sum(tensor => (long)tensor.Values.Length * SafetensorsTypes.BytesOf(tensor.Type))];
        var entries = new List<SafetensorsEntry>(file.Tensors.Count);
        var at = 0;
        foreach (var tensor in file.Tensors)
        {
            var begin = at;
            foreach (var value in tensor.Values)
            {
                if (tensor.Type == TensorType.U8)
                    data[at] = (byte)value;
                else
                    BinaryPrimitives.WriteSingleLittleEndian(data.AsSpan(at), value);
                at += SafetensorsTypes.BytesOf(tensor.Type);
            }

            entries.Add(new SafetensorsEntry(tensor.Name, tensor.Type, tensor.Shape, begin, at));
        }

        var metadata = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in file.Metadata)
            metadata.Add(key, value);
        var header = new SafetensorsHeader(metadata, entries);
        foreach (var (name, hash) in SafetensorsHashes.Compute(header, data))
            metadata.Add(name, hash);

        var json = Json(header);
        Span<byte> length = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)json.Length);
        stream.Write(length);
        stream.Write(json);
        stream.Write(data);
    }

    private static byte[] Json(SafetensorsHeader header)
    {
        using var bytes = new MemoryStream();
        // Only JSON parsers read this: names need no escapes for web pages.
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteStartObject(SafetensorsHeader.MetadataName);
            foreach (var (key, value) in header.Metadata)
                json.WriteString(key, value);
            json.WriteEndObject();
            foreach (var entry in header.Entries)
                WriteEntry(json, entry);
            json.WriteEndObject();
        }

        while (bytes.Length % Alignment != 0)
            bytes.WriteByte((byte)' ');
        return bytes.ToArray();
    }

    private static void WriteEntry(Utf8JsonWriter json, SafetensorsEntry entry)
    {
        json.WriteStartObject(entry.Name);
        json.WriteString("dtype", SafetensorsTypes.NameOf(entry.Type));
        json.WriteStartArray("shape");
        foreach (var length in entry.Shape)
            json.WriteNumberValue(length);
        json.WriteEndArray();
        json.WriteStartArray("data_offsets");
        json.WriteNumberValue(entry.Begin);
        json.WriteNumberValue(entry.End);
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
