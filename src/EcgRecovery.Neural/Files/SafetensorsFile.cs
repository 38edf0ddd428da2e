using System.Collections.ObjectModel;
using System.Text;
using EcgRecovery.Neural.Networks;

namespace EcgRecovery.Neural.Files;

/// <summary>A safetensors file: named float32 and 8-bit tensors and a map of strings, with hashes that detect any damage.</summary>
/// <remarks>
/// <code>
/// 8 bytes   N, little-endian unsigned
/// N bytes   JSON: {"__metadata__": {"key": "value", …}, "name": {"dtype": "F32", "shape": [2, 3], "data_offsets": [0, 24]}, …}
///           padded with spaces to a multiple of 8
/// rest      the tensors' values, little-endian, row-major, without holes
/// </code>
/// The writer adds three SHA-256 hashes to the metadata, as lower-case hexadecimal digits: <c>tensor_sha256</c> of the rest;
/// <c>layout_sha256</c> of names, types, shapes and offsets; <c>metadata_sha256</c> of the other metadata. The reader
/// checks them; a file of another program has none of them and is read with <see cref="IsVerified"/> false. They detect
/// damage, not forgery.
/// <para>The same contents give the same bytes: tensors in the given order, metadata sorted by ordinal.</para>
/// <para>Source: github.com/huggingface/safetensors, "Format".</para>
/// </remarks>
public sealed class SafetensorsFile
{
    /// <summary>Creates the contents of a file to be written.</summary>
    /// <param name="metadata">Strings that describe the file; the names of the hashes are reserved.</param>
    /// <param name="tensors">The tensors, in file order; names unique, values finite.</param>
    /// <exception cref="ArgumentException">
    /// A name is repeated or reserved, a shape does not fit its values, a value is not finite, or the values exceed 2³⁰ bytes.
    /// </exception>
    public SafetensorsFile(IReadOnlyDictionary<string, string> metadata, IReadOnlyList<WeightTensor> tensors)
        : this(Sorted(metadata), tensors, isVerified: true)
    {
        RequireWritable(Metadata, tensors);
    }

    private SafetensorsFile(SortedDictionary<string, string> metadata, IReadOnlyList<WeightTensor> tensors, bool isVerified)
    {
        Metadata = new ReadOnlyDictionary<string, string>(metadata);
        Tensors = tensors;
        IsVerified = isVerified;
    }

    /// <summary>Gets the strings that describe the file, without the hashes; sorted by ordinal.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>Gets the tensors, in file order.</summary>
    public IReadOnlyList<WeightTensor> Tensors { get; }

    /// <summary>Gets whether the file had hashes, which were right, or the contents were not read from a file.</summary>
    public bool IsVerified { get; }

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, or not a safetensors file of finite float32 or 8-bit values.</exception>
    public static SafetensorsFile Read(string path)
    {
        if (Directory.Exists(path))
            throw new InvalidDataException($"{path}: is a directory; expected a safetensors file.");
        if (!File.Exists(path))
            throw new FileNotFoundException($"File {path} does not exist.", path);
        using var stream = File.OpenRead(path);
        return Read(stream, path);
    }

    /// <summary>Reads a stream to its end.</summary>
    /// <param name="stream">At the first byte of the file; need not be seekable.</param>
    /// <param name="name">The name of the file in error messages.</param>
    /// <exception cref="InvalidDataException">The contents are damaged, or not safetensors of finite float32 or 8-bit values.</exception>
    public static SafetensorsFile Read(Stream stream, string name)
    {
        var reader = new SafetensorsReader(name);
        var header = reader.ReadHeader(stream);
        var data = reader.ReadData(stream, header);
        var isVerified = reader.Verify(header, data);
        foreach (var hash in SafetensorsHashes.Names)
            header.Metadata.Remove(hash);
        return new SafetensorsFile(header.Metadata, reader.Decode(header, data), isVerified);
    }

    /// <summary>Writes the file.</summary>
    /// <param name="stream">Receives the bytes; stays open.</param>
    public void Write(Stream stream) => SafetensorsWriter.Write(this, stream);

    private static SortedDictionary<string, string> Sorted(IReadOnlyDictionary<string, string> metadata)
    {
        var sorted = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in metadata)
            sorted.Add(key, value);
        return sorted;
    }

    private static void RequireWritable(IReadOnlyDictionary<string, string> metadata, IReadOnlyList<WeightTensor> tensors)
    {
        var unicode = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
        foreach (var (key, value) in metadata)
        {
            if (SafetensorsHashes.Names.Contains(key))
                throw new ArgumentException($"Metadata {key} is reserved for a hash of the file.", nameof(metadata));
            _ = unicode.GetByteCount(key) + unicode.GetByteCount(value);   // throws ArgumentException for half of a surrogate pair
        }

        var bytes = tensors.Sum(tensor => (long)tensor.Values.Length * SafetensorsTypes.BytesOf(tensor.Type));
        if (bytes > SafetensorsHeader.MaximumDataBytes)
        {
            throw new ArgumentException(
                $"Tensors have {bytes} bytes; expected at most {SafetensorsHeader.MaximumDataBytes}.", nameof(tensors));
        }

        var names = new HashSet<string>(StringComparer.Ordinal) { SafetensorsHeader.MetadataName };
        foreach (var tensor in tensors)
        {
            _ = unicode.GetByteCount(tensor.Name);
            if (!names.Add(tensor.Name))
                throw new ArgumentException($"Tensor name {tensor.Name} occurs twice or is reserved.", nameof(tensors));
            // In doubles: no product of lengths overflows, and every product that could fit is exact.
            if (tensor.Shape.Any(length => length < 0)
                || tensor.Shape.Aggregate(1.0, (product, length) => product * length) != tensor.Values.Length)
            {
                throw new ArgumentException(
                    $"Tensor {tensor.Name} has {tensor.Values.Length} values; its shape is [{string.Join(", ", tensor.Shape)}].",
                    nameof(tensors));
            }

            var odd = Array.FindIndex(tensor.Values, value => !float.IsFinite(value));
            if (odd >= 0)
            {
                throw new ArgumentException(
                    $"Tensor {tensor.Name} holds {tensor.Values[odd]} at {odd}; expected finite values.", nameof(tensors));
            }

            odd = tensor.Type == TensorType.U8 ? Array.FindIndex(tensor.Values, value => value != (byte)value) : -1;
            if (odd >= 0)
            {
                throw new ArgumentException(
                    $"Tensor {tensor.Name} holds {tensor.Values[odd]} at {odd}; expected whole numbers of 0 to 255.", nameof(tensors));
            }
        }
    }
}
