using EcgRecovery.Formats.Files;
using EcgRecovery.Records;

namespace EcgRecovery.Formats.Csv;

/// <summary>Text with one row per sample: an optional time, and the leads. See docs/csv.md.</summary>
internal sealed class CsvFormat : RecordFormat
{
    /// <inheritdoc/>
    public override string Name => "CSV";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Extensions { get; } = [".csv", ".tsv", ".txt"];

    /// <summary>Recognizes packed text of several lines, which an EDF header is not; plain text has no mark.</summary>
    public override bool Recognizes(FileHead head) =>
        head.IsGzip && (head.Unpacked is null || head.Unpacked.Text?.AsSpan().ContainsAny('\n', '\r') == true);

    /// <inheritdoc/>
    public override EcgRecord Open(string path, ReadOnlySpan<RecordReadOptions> options) =>
        CsvRecordReader.Open(path, Own<CsvReadOptions>(options));

    /// <inheritdoc/>
    public override IReadOnlyList<string> Write(
        EcgRecord record, string path, OutputGroup output, ReadOnlySpan<RecordWriteOptions> options, CancellationToken cancellationToken) =>
        CsvRecordWriter.Write(record, path, output, Own<CsvWriteOptions>(options), cancellationToken);

    /// <inheritdoc/>
    public override IReadOnlyList<string> Targets(EcgRecord record, string path)
    {
        CsvRecordWriter.RefuseLeads(record);
        return [path];
    }
}
