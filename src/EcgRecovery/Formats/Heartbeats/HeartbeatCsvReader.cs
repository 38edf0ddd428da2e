using System.Security.Cryptography;
using EcgRecovery.Beats;
using EcgRecovery.Formats.Files;
using EcgRecovery.Records;

namespace EcgRecovery.Formats.Heartbeats;

/// <summary>Reads heartbeat CSVs: Kaggle's own files, and people's copies with a header line, an index column, or gzip about them.</summary>
/// <remarks>
/// A row is 187 samples and a label 0…4, with commas between. Memory: the rows themselves (748 bytes each) and a buffer of 1 MiB; twice
/// the rows for a moment where the lines have different lengths. Every number becomes the nearest float32.
/// </remarks>
public static class HeartbeatCsvReader
{
    /// <summary>Reads a file, and its companion <c>X.rows.csv</c> where that lies beside it.</summary>
    /// <param name="path">The file; gzip is recognised by its content.</param>
    /// <param name="options">How to read it; null for the defaults.</param>
    /// <param name="cancellationToken">Looked at once in a megabyte.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">
    /// It is empty, a directory, a broken gzip or holds a bad row, named by line and column; or the companion is that of another file.
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

    /// <summary>A companion of other rows, or of the same in another order, would tell wrong patients: symbols and labels then differ somewhere.</summary>
    private static void RefuseOthersCompanion(string companion, IReadOnlyList<HeartbeatSource> sources, string path, AamiClass[] classes)
    {
        for (var row = 0; row < classes.Length; row++)
        {
            if (BeatCode.FromSymbol(sources[row].Symbol) is { } code && BeatCode.ClassOf(code) != classes[row])
            {
                throw new InvalidDataException(
                    $"{companion}, line {row + 2}: symbol {sources[row].Symbol} is no beat of class {classes[row]}, which that row of {path} has; is it the companion of another file?");
            }
        }
    }

    /// <summary>Reads a stream to its end.</summary>
    /// <param name="stream">The text, plain or gzip; seekable, left open.</param>
    /// <param name="name">What errors call it.</param>
    /// <param name="options">How to read it; null for the defaults.</param>
    /// <param name="cancellationToken">Looked at once in a megabyte.</param>
    /// <exception cref="InvalidDataException">It is empty, a broken gzip or holds a bad row; named by line and column.</exception>
    public static HeartbeatFile Read(Stream stream, string name, HeartbeatCsvOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new HeartbeatCsvOptions();
        using var sha256 = options.ComputeSha256 ? IncrementalHash.CreateHash(HashAlgorithmName.SHA256) : null;
        var parser = new HeartbeatCsvParser(name, options.AllowMissing);
        using var lines = new ByteLines(stream, name);
        var passed = 0L;
        lines.ForEach(AddLine, sha256, cancellationToken);
        var (samples, classes) = parser.Finish();
        var hash = sha256 is null ? null : Convert.ToHexStringLower(sha256.GetHashAndReset());
        return new HeartbeatFile(new HeartbeatSet(samples, classes), hash, parser.HadHeader, parser.HadIndexColumn);

        void AddLine(ReadOnlySpan<byte> line, bool hasLineEnd)
        {
            var isRow = parser.Add(line);
            var lineBytes = line.Length + (hasLineEnd ? 1 : 0);
            // Kaggle's lines have one length: the first row tells how many there are.
            if (isRow && parser.Count == 1 && lines.Length is { } length)
                parser.Reserve(Math.Max(1, (length - passed + lineBytes - 1) / lineBytes));
            passed += lineBytes;
        }
    }
}
