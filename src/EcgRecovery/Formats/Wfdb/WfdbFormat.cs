using EcgRecovery.Formats.Files;
using EcgRecovery.Records;

namespace EcgRecovery.Formats.Wfdb;

/// <summary>PhysioNet's WFDB: a header, signal files, annotation files.</summary>
internal sealed class WfdbFormat : RecordFormat
{
    /// <inheritdoc/>
    public override string Name => "WFDB";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Extensions { get; } = [WfdbSniffer.HeaderExtension];

    /// <summary>Recognizes headers, and the signal files that a header of the same name beside them names.</summary>
    public override bool Recognizes(FileHead head) =>
        (head.Text is { } text && WfdbSniffer.IsHeader(text)) || WfdbSniffer.HeaderOfSignals(head.Path) is not null;

    /// <summary>Opens a record by its header, its name, a signal file, or an annotation file, whose annotations are read then.</summary>
    /// <inheritdoc/>
    public override EcgRecord Open(string path, ReadOnlySpan<RecordReadOptions> options)
    {
        var own = Own<WfdbReadOptions>(options);
        if (WfdbSniffer.HeaderOfSignals(path) is { } header)
            return WfdbOpener.Open(header, own);
        if (WfdbSniffer.HeaderBeside(path) is not { } beside || WfdbSniffer.IsHeader(FileHead.Read(path).Text ?? ""))
            return WfdbOpener.Open(path, own);
        var extension = Path.GetExtension(path);
        return extension == ".dat"
            ? throw new InvalidDataException(
                $"{beside} does not name {Path.GetFileName(path)} as a signal file; expected one that it names.")
            : WfdbOpener.Open(beside, own with { Annotator = own.Annotator ?? extension[1..] });
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Write(
        EcgRecord record, string path, OutputGroup output, ReadOnlySpan<RecordWriteOptions> options, CancellationToken cancellationToken) =>
        WfdbWriter.Write(record, path, output, Own<WfdbWriteOptions>(options), cancellationToken);

    /// <inheritdoc/>
    public override IReadOnlyList<string> Targets(EcgRecord record, string path) => WfdbWriter.Targets(path);
}
