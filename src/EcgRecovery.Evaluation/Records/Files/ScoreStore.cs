using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using EcgRecovery.Evaluation.Records.Scoring;

namespace EcgRecovery.Evaluation.Records.Files;

/// <summary>What a run has done, in a file: a line for the run, then a line for each cell of a record.</summary>
/// <remarks>
/// Lines are only appended. A run that is stopped leaves at most its last line incomplete; the next drops that line and goes on. Numbers
/// are read back to the bit, so that it ends with the same figures.
/// </remarks>
internal sealed class ScoreStore : IScoreStore, IDisposable
{
    private readonly Dictionary<(int Record, int Cell), CellAttempts> _done = [];
    private readonly FileStream _stream;
    private readonly Lock _lock = new();

    private ScoreStore(FileStream stream) => _stream = stream;

    /// <summary>Number of cells of records that are done.</summary>
    public int Count => _done.Count;

    /// <summary>Opens the file of a run, or makes it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="run">All that decides the scores, as text: what an earlier run has done counts only if it is the same.</param>
    /// <exception cref="InvalidDataException">The file is that of another run, or of something else.</exception>
    public static ScoreStore Open(string path, string run)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        try
        {
            var store = new ScoreStore(stream);
            store.Load(path, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(run))));
            return store;
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public CellAttempts? Find(int record, int cell)
    {
        lock (_lock)
            return _done.GetValueOrDefault((record, cell));
    }

    /// <inheritdoc/>
    public void Add(int record, int cell, CellAttempts attempts)
    {
        var line = Line(new StoredLine(Run: null, record, cell, attempts));
        lock (_lock)
        {
            _stream.Write(line);
            _stream.Flush();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();

    private void Load(string path, string run)
    {
        var end = 0L;
        foreach (var line in Lines(_stream))
        {
            var stored = Parse(line, path);
            if (end == 0 && stored.Run != run)
            {
                throw new InvalidDataException(
                    $"{path} is of another run: other gaps, methods, options or version; expected an empty folder, or the same run.");
            }

            if (stored.Attempts is not null)
                _done[(stored.Record, stored.Cell)] = stored.Attempts;
            end += line.Length + 1;
        }

        _stream.SetLength(end);
        _stream.Position = end;
        if (end == 0)
            _stream.Write(Line(new StoredLine(run, Record: 0, Cell: 0, Attempts: null)));
    }

    // Complete lines only. The file may be larger than an array.
    private static IEnumerable<byte[]> Lines(Stream stream)
    {
        var buffer = new byte[1 << 20];
        var line = new MemoryStream();
        for (var count = stream.Read(buffer); count > 0; count = stream.Read(buffer))
        {
            var start = 0;
            while (Array.IndexOf(buffer, (byte)'\n', start, count - start) is >= 0 and var end)
            {
                line.Write(buffer, start, end - start);
                yield return line.ToArray();
                line.SetLength(0);
                start = end + 1;
            }

            line.Write(buffer, start, count - start);
        }
    }

    private static StoredLine Parse(ReadOnlySpan<byte> line, string path)
    {
        try
        {
            return JsonSerializer.Deserialize(line, StoreContext.Default.StoredLine) ?? throw new JsonException("a line is null.");
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"{path} has no scores: {exception.Message}", exception);
        }
    }

    private static byte[] Line(StoredLine line) =>
        [.. JsonSerializer.SerializeToUtf8Bytes(line, StoreContext.Default.StoredLine), (byte)'\n'];
}

/// <summary>A line of the file.</summary>
/// <param name="Run">In the first line, the hash of the run; otherwise null.</param>
/// <param name="Record">Number of the record.</param>
/// <param name="Cell">Number of the cell.</param>
/// <param name="Attempts">What was made of it; null in the first line.</param>
internal sealed record StoredLine(string? Run, int Record, int Cell, CellAttempts? Attempts);

/// <summary>Source-generated metadata of the lines.</summary>
[JsonSourceGenerationOptions(
    IgnoreReadOnlyProperties = true, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(StoredLine))]
internal sealed partial class StoreContext : JsonSerializerContext;
