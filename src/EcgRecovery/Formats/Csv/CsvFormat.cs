using EcgRecovery.Formats.Files;
using EcgRecovery.Records;

namespace EcgRecovery.Formats.Csv;

/// <summary>Text with a row a sample: a time and leads, or leads only. See docs/csv.md.</summary>
internal sealed class CsvFormat : RecordFormat
{
    /// <inheritdoc/>
    public override string Name => "CSV";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Extensions { get; } = [".csv", ".tsv", ".txt"];

    /// <inheritdoc/>
    public override EcgRecord Open(string path, RecordReadOptions options) => CsvRecordReader.Open(path, options);

    /// <inheritdoc/>
    public override IReadOnlyList<string> Write(
        EcgRecord record, string path, OutputGroup output, RecordWriteOptions options, CancellationToken cancellationToken) =>
        CsvRecordWriter.Write(record, path, output, options, cancellationToken);
}
