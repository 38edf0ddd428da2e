using System.Buffers;
using System.Buffers.Binary;
using EcgRecovery.Formats.Arrays;
using EcgRecovery.Formats.Files;
using EcgRecovery.Formats.Hdf5;
using EcgRecovery.Records;

namespace EcgRecovery.Formats.Mat;

/// <summary>MATLAB files: a matrix <c>val</c> as wfdb2mat writes it, or any other, also within structs and cells. Read only.</summary>
/// <remarks>
/// Names, units, gain and frequency come from wfdb2mat's <c>.info</c> beside the file or from its other variables
/// (<see cref="ArrayFacts"/>); with a WFDB header beside it that names it, it is a WFDB record. Samples are read by windows; a packed
/// matrix is unpacked into memory, up to <see cref="PackedArraySource.MaximumBytes"/>. Version 7.3 is HDF5.
/// </remarks>
internal sealed class MatFormat : RecordFormat
{
    private const int Version4Header = 20;
    private const int LongestName = 64;

    private static readonly SearchValues<byte> s_nameCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_"u8);

    /// <inheritdoc/>
    public override string Name => "MATLAB";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Extensions { get; } = [".mat"];

    /// <inheritdoc/>
    public override bool IsWritten => false;

    /// <inheritdoc/>
    public override bool Recognizes(FileHead head) => head.Bytes.StartsWith("MATLAB "u8) || MatReader.IsVersion5(head.Bytes)
        || IsVersion4(head.Bytes) || MatReader.IsOctave(head.Bytes)
        // Octave's files may be plain HDF5.
        || Hdf5File.Recognizes(head.Bytes) && Extensions.Contains(Path.GetExtension(head.Path), StringComparer.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override EcgRecord Open(string path, ReadOnlySpan<RecordReadOptions> options)
    {
        var source = new FileArraySource(InputFile.OpenHandle(path, FileOptions.RandomAccess), path);
        try
        {
            var contents = Hdf5File.Recognizes(source)
                ? new Hdf5Reader(source, path, '.').List()
                : new MatReader(source, path).List();
            return new ArrayRecord(contents, Own<ArrayReadOptions>(options), MatInfo.Read(path)).Open(source);
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    // Version 4 has no mark; its first variable has a small type, dimensions, and a name that ends with a zero.
    private static bool IsVersion4(ReadOnlySpan<byte> head)
    {
        if (head.Length < Version4Header)
            return false;
        var (type, nameLength) = (BinaryPrimitives.ReadInt32LittleEndian(head), BinaryPrimitives.ReadInt32LittleEndian(head[16..]));
        if (type is < 0 or > 9999)
            (type, nameLength) = (BinaryPrimitives.ReverseEndianness(type), BinaryPrimitives.ReverseEndianness(nameLength));
        if (type is < 0 or > 1999 || type % 10 > 2 || nameLength is < 2 or > LongestName || head.Length < Version4Header + nameLength)
            return false;
        var name = head.Slice(Version4Header, nameLength);
        return char.IsAsciiLetter((char)name[0]) && name[^1] == 0
            && name[..^1].IndexOfAnyExcept(s_nameCharacters) < 0;
    }
}
