using EcgRecovery.Formats.Arrays;
using EcgRecovery.Formats.Files;
using EcgRecovery.Records;

namespace EcgRecovery.Formats.Numpy;

/// <summary>NumPy's files: one array (<c>.npy</c>), read by windows, or a ZIP archive of them (<c>.npz</c>). Read only.</summary>
internal sealed class NpyFormat : RecordFormat
{
    /// <inheritdoc/>
    public override string Name => "NumPy";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Extensions { get; } = [".npy", ".npz"];

    /// <inheritdoc/>
    public override bool IsWritten => false;

    /// <inheritdoc/>
    public override bool Recognizes(FileHead head) => NpyHeader.Recognizes(head.Bytes) || NpzReader.Recognizes(head.Bytes);

    /// <inheritdoc/>
    public override EcgRecord Open(string path, ReadOnlySpan<RecordReadOptions> options)
    {
        var source = new FileArraySource(InputFile.OpenHandle(path, FileOptions.RandomAccess), path);
        try
        {
            var contents = new ArrayContents(path, '.');
            Span<byte> head = stackalloc byte[2];
            head = head[..(int)Math.Min(head.Length, source.Length)];
            source.Read(0, head);
            if (head.SequenceEqual("PK"u8))
                NpzReader.List(source, contents);
            else
                NpyHeader.Read(source, Path.GetFileNameWithoutExtension(path), contents);
            return new ArrayRecord(contents, Own<ArrayReadOptions>(options), ArrayDescription.None).Open(source);
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }
}
