using System.Security.Cryptography;
using EcgRecovery.Beats;
using EcgRecovery.Formats.Files;
using EcgRecovery.Records;

namespace EcgRecovery.Formats.Heartbeats;

/// <summary>
/// Reads and writes heartbeat CSVs: Kaggle's own files, and copies with a heading, a column of row numbers, or packed with gzip.
/// </summary>
/// <remarks>
/// A row is 187 samples and a label 0…4, with commas, semicolons or tabs between; where commas are no delimiters, numbers may have a
/// decimal comma. Every number becomes the nearest float32. Reading needs memory for the rows
/// (748 bytes each) and a buffer of 1 MiB; for twice the rows if the lines have different lengths.
/// </remarks>
public static class HeartbeatCsv
{
    private const int BufferBytes = 1 << 20;
    private const int LongestNumber = 32;
    private const int LongestRow = (HeartbeatSet.BeatLength + 1) * LongestNumber;

    /// <summary>Reads a file, and its companion <c>X.rows.csv</c> if there is one beside it.</summary>
    /// <param name="path">The file; its content, not its extension, decides whether it is gzip.</param>
    /// <param name="options">Options; null = the defaults.</param>
    /// <param name="cancellationToken">Checked once per megabyte.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">
    /// The file is empty, a directory, a broken gzip or has a bad row, named by line and column; or the companion belongs to another file.
    /// </exception>
    public static HeartbeatFile Read(string path, HeartbeatCsvOptions? options = null, CancellationToken cancellationToken = default)
    {
        using var stream = InputFile.OpenRead(path);
        var read = Read(stream, path, options, cancellationToken);
        var companion = HeartbeatSources.PathFor(path);
        if (!File.Exists(companion))
            return read;
        var sources = HeartbeatSources.Read(companion);
        if (sources.Count != read.Set.Count)
            throw new InvalidDataException($"{companion} names {sources.Count} rows; {path} has {read.Set.Count}.");
        RefuseOthersCompanion(companion, sources, path, read.Set.Classes);
        return read with { Set = new HeartbeatSet(read.Set.Samples, read.Set.Classes, sources) };
    }

    /// <summary>Reads a stream to its end.</summary>
    /// <param name="stream">The text, plain or gzip; seekable, left open.</param>
    /// <param name="name">The name of the stream in errors.</param>
    /// <param name="options">Options; null = the defaults.</param>
    /// <param name="cancellationToken">Checked once per megabyte.</param>
    /// <exception cref="InvalidDataException">The text is empty, a broken gzip or has a bad row, named by line and column.</exception>
    public static HeartbeatFile Read(
        Stream stream, string name, HeartbeatCsvOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new HeartbeatCsvOptions();
        using var sha256 = options.ComputeSha256 ? IncrementalHash.CreateHash(HashAlgorithmName.SHA256) : null;
        var parser = new HeartbeatCsvParser(name, options);
        using var lines = new ByteLines(stream, name);
        var passed = 0L;
        lines.ForEach(AddLine, sha256, cancellationToken);
        var (samples, classes) = parser.Finish();
        var hash = sha256 is null ? null : Convert.ToHexStringLower(sha256.GetHashAndReset());
        return new HeartbeatFile(new HeartbeatSet(samples, classes), hash, parser.HadHeader, parser.HadIndexColumn)
        {
            HadLabels = parser.HadLabels,
            Delimiter = (char)parser.Delimiter,
            HadDecimalComma = parser.HadDecimalComma,
        };

        void AddLine(ReadOnlySpan<byte> line, bool hasLineEnd)
        {
            var isRow = parser.Add(line);
            var lineBytes = line.Length + (hasLineEnd ? 1 : 0);
            // Kaggle's lines have one length, so the first row gives the number of rows.
            if (isRow && parser.Count == 1 && lines.Length is { } length)
                parser.Reserve(Math.Max(1, (length - passed + lineBytes - 1) / lineBytes));
            passed += lineBytes;
        }
    }

    /// <summary>Writes rows as Kaggle's files have them: 187 values and the label, <c>%.18e</c>, comma, <c>\n</c>, no heading.</summary>
    /// <param name="stream">Receives the text.</param>
    /// <param name="set">The rows; a missing sample (NaN) is written <c>nan</c>, as numpy does.</param>
    /// <param name="cancellationToken">Checked between rows.</param>
    public static void Write(Stream stream, HeartbeatSet set, CancellationToken cancellationToken = default)
    {
        var buffer = new byte[BufferBytes];
        var length = 0;
        for (var row = 0; row < set.Count; row++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (length > buffer.Length - LongestRow)
            {
                stream.Write(buffer, 0, length);
                length = 0;
            }

            foreach (var value in set[row])
            {
                length += Exponential18.Format(value, buffer.AsSpan(length));
                buffer[length++] = (byte)',';
            }

            length += Exponential18.Format((int)set.Classes[row], buffer.AsSpan(length));
            buffer[length++] = (byte)'\n';
        }

        stream.Write(buffer, 0, length);
    }

    /// <summary>
    /// Refuses a companion whose symbols contradict the labels: it has other rows or another order, and would give wrong patients.
    /// </summary>
    private static void RefuseOthersCompanion(string companion, IReadOnlyList<HeartbeatSource> sources, string path, AamiClass[] classes)
    {
        for (var row = 0; row < classes.Length; row++)
        {
            if (BeatCode.FromSymbol(sources[row].Symbol) is { } code && BeatCode.ClassOf(code) != classes[row])
            {
                throw new InvalidDataException(
                    $"{companion}, line {row + 2}: symbol {sources[row].Symbol} is no beat of class {classes[row]}, "
                    + $"which that row of {path} has; is it the companion of another file?");
            }
        }
    }
}
