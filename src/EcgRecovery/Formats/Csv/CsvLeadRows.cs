using EcgRecovery.Formats.Csv.Cells;
using EcgRecovery.Formats.Files;
using EcgRecovery.Records;
using Microsoft.Win32.SafeHandles;

namespace EcgRecovery.Formats.Csv;

/// <summary>Reads text with one line per lead: its samples, perhaps behind its name. All of it is kept in memory.</summary>
internal static class CsvLeadRows
{
    private const int MostLeads = 4096;
    private const long MostSamples = 1 << 23;

    /// <summary>Opens a recording, and closes its file.</summary>
    /// <exception cref="InvalidDataException">The file is no recording; the error names the line.</exception>
    /// <exception cref="SamplingFrequencyMissingException">The options have no frequency, which no line could give.</exception>
    public static EcgRecord Read(SafeFileHandle file, string path, CsvReadOptions options)
    {
        var frequency = options.SamplingFrequencyHz
            ?? throw new SamplingFrequencyMissingException($"{path} has no times, and no sampling frequency was given.");
        using var closed = file;
        var rows = ReadRows(new CsvLines(file, path), path, options);
        if (rows.Count == 0)
            throw new InvalidDataException($"{path} has no lines of numbers; expected a line for each lead.");
        if (rows.Find(row => row.Values.Length != rows[0].Values.Length) is { Values: not null } other)
        {
            throw new InvalidDataException(
                $"{path}, line {other.Line} has {other.Values.Length} numbers; expected {rows[0].Values.Length}, as the first lead has.");
        }

        var remarks = new List<string>();
        EcgLead[] leads =
        [
            .. rows.Select((row, lead) => new EcgLead
            {
                Name = row.Heading.Name.Length > 0 ? row.Heading.Name : rows.Count == 1 ? "ECG" : $"lead {lead + 1}",
                SamplingFrequencyHz = frequency,
                PhysicalValues = new MemorySamples<double>(row.Values),
            }),
        ];
        return new EcgRecord
        {
            Name = CsvRecordReader.NameOf(path),
            SamplingFrequencyHz = frequency,
            Leads = CsvUnit.Assign(leads, [.. rows.Select(row => row.Heading.Unit)], options.Unit, remarks),
            Remarks = remarks,
            Files = [path],
        };
    }

    private static List<Row> ReadRows(CsvLines lines, string path, CsvReadOptions options)
    {
        var rows = new List<Row>();
        var samples = 0L;
        CsvDialect? dialect = null;
        for (var number = 1L; lines.TryRead(out var line); number++)
        {
            if (number == 1 && line.StartsWith("\uFEFF"u8))
                line = line[3..];
            if (CsvLines.IsBlank(line) || CsvLines.IsComment(line))
                continue;
            dialect ??= DialectOf(line, options);
            var row = ReadRow(line, number, dialect.Value, path);
            rows.Add(row);
            samples += row.Values.Length;
            if (rows.Count > MostLeads || samples > MostSamples)
            {
                throw new InvalidDataException(
                    $"{path}, line {number}: more than {MostLeads} leads or {MostSamples} samples; expected fewer.");
            }
        }

        return rows;
    }

    private static CsvDialect DialectOf(ReadOnlySpan<byte> line, CsvReadOptions options)
    {
        var delimiter = options.Delimiter is { } given ? (byte)given : (byte)' ';
        if (options.Delimiter is null)
        {
            var most = 0;
            foreach (var candidate in "\t;|,"u8)
            {
                if (line.Count(candidate) > most)
                    (most, delimiter) = (line.Count(candidate), candidate);
            }
        }

        var point = options.DecimalPoint is { } written ? (byte)written
            : delimiter != ',' && line.Contains((byte)',') ? (byte)',' : (byte)'.';
        return new CsvDialect(delimiter, point);
    }

    private static Row ReadRow(ReadOnlySpan<byte> line, long number, CsvDialect dialect, string path)
    {
        var values = new List<double>();
        var heading = ("", (string?)null);
        var cells = new CsvCells(line, dialect.Delimiter);
        for (var c = 1; cells.TryNext(out var cell); c++)
        {
            var value = CsvNumber.Parse(cell, dialect.DecimalPoint);
            if (value.Kind != CsvCellKind.Bad)
                values.Add(value.Kind == CsvCellKind.Missing ? double.NaN : value.Value);
            else if (c == 1)
                heading = CsvHeading.Read(FileText.Decode(cell));
            else
                throw new InvalidDataException(
                    $"{path}, line {number}, cell {c}: '{InputFile.Shorten(FileText.Decode(cell))}' is no number; expected a sample.");
        }

        // A delimiter at the end of the line.
        if (values.Count > 1 && line[^1] == dialect.Delimiter && double.IsNaN(values[^1]))
            values.RemoveAt(values.Count - 1);
        return new Row(number, heading, [.. values]);
    }

    /// <summary>The samples of a lead, and what stands before them.</summary>
    private readonly record struct Row(long Line, (string Name, string? Unit) Heading, double[] Values);
}
