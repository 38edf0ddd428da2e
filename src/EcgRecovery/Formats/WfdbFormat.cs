using EcgRecovery.Records;

namespace EcgRecovery.Formats;

/// <summary>PhysioNet's WFDB: a header, signal files, annotation files.</summary>
internal sealed class WfdbFormat : RecordFormat
{
    /// <inheritdoc/>
    public override string Name => "WFDB";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Extensions { get; } = [".hea"];

    /// <inheritdoc/>
    public override bool IsWritten => false;

    /// <inheritdoc/>
    public override EcgRecord Open(string path, RecordReadOptions options) => WfdbRecordReader.Read(path);

    /// <inheritdoc/>
    public override IReadOnlyList<string> Write(
        EcgRecord record, string path, OutputGroup output, RecordWriteOptions options, CancellationToken cancellation) =>
        throw new NotSupportedException("WFDB is not written yet.");
}
