using EcgRecovery.Formats.Files;
using EcgRecovery.Records;

namespace EcgRecovery.Formats.Wfdb;

/// <summary>PhysioNet's WFDB: a header, signal files, annotation files.</summary>
internal sealed class WfdbFormat : RecordFormat
{
    /// <inheritdoc/>
    public override string Name => "WFDB";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Extensions { get; } = [".hea"];

    /// <inheritdoc/>
    public override EcgRecord Open(string path, ReadOnlySpan<RecordReadOptions> options) =>
        WfdbOpener.Open(path, Own<WfdbReadOptions>(options));

    /// <inheritdoc/>
    public override IReadOnlyList<string> Write(
        EcgRecord record, string path, OutputGroup output, ReadOnlySpan<RecordWriteOptions> options, CancellationToken cancellationToken) =>
        WfdbWriter.Write(record, path, output, Own<WfdbWriteOptions>(options), cancellationToken);

    /// <inheritdoc/>
    public override IReadOnlyList<string> Targets(EcgRecord record, string path) => WfdbWriter.Targets(path);
}
