using EcgRecovery.Formats.Files;
using EcgRecovery.Records;

namespace EcgRecovery.Formats.Edf;

/// <summary>EDF and EDF+, or BDF and BDF+; the plus formats are written. See docs/edf.md.</summary>
/// <param name="kind">Decides what is written; a file's first byte decides what is read.</param>
internal sealed class EdfFormat(EdfKind kind) : RecordFormat
{
    /// <inheritdoc/>
    public override string Name => kind.Name;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Extensions { get; } = ["." + kind.Name.ToLowerInvariant()];

    /// <inheritdoc/>
    public override bool Recognizes(FileHead head) => EdfHeader.Recognize(head.Bytes) == kind;

    /// <inheritdoc/>
    public override EcgRecord Open(string path, ReadOnlySpan<RecordReadOptions> options) => EdfReader.Open(path);

    /// <inheritdoc/>
    public override IReadOnlyList<string> Write(
        EcgRecord record, string path, OutputGroup output, ReadOnlySpan<RecordWriteOptions> options, CancellationToken cancellationToken) =>
        EdfWriter.Write(record, path, output, Own<EdfWriteOptions>(options), kind, cancellationToken);
}
