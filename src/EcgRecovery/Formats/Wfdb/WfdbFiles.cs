using EcgRecovery.Formats.Files;

namespace EcgRecovery.Formats.Wfdb;

/// <summary>The signal files of a record and their common cache; closed with the record.</summary>
internal sealed class WfdbFiles : IDisposable
{
    // A record of many segments has many files, and a process may have a limited number open.
    private const int MaximumOpen = 64;

    private readonly List<WfdbSignalFile> _files = [];

    /// <summary>All files of the record, headers included.</summary>
    public HashSet<string> Paths { get; } = new(StringComparer.Ordinal);

    /// <summary>The cache of decoded blocks.</summary>
    public WfdbBlockCache Cache { get; } = new();

    /// <summary>Opens the signal files of a header.</summary>
    /// <param name="folder">The header's folder.</param>
    /// <param name="header">A header with signals.</param>
    /// <param name="absent">Receives the paths of files that are missing, whose signals then have none; null = they are refused.</param>
    /// <returns>The file of each signal, null if it has none, and the signal's number in the file.</returns>
    /// <exception cref="FileNotFoundException">A file is missing, and <paramref name="absent"/> is null.</exception>
    /// <exception cref="InvalidDataException">A file is too short, or the header contradicts itself.</exception>
    public (WfdbSignalFile? File, int Signal)[] Open(string folder, WfdbHeader header, ICollection<string>? absent = null)
    {
        var signals = new (WfdbSignalFile? File, int Signal)[header.Signals.Count];
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var own = new List<WfdbSignalFile>();
        for (var first = 0; first < signals.Length;)
        {
            var line = header.Signals[first];
            var end = first + 1;
            if (line.IsNull)
            {
                first = end;
                continue;
            }

            while (end < signals.Length && header.Signals[end].FileName == line.FileName)
                end++;
            if (!seen.Add(line.FileName))
            {
                throw new InvalidDataException(
                    $"{header.File}: the signals of {InputFile.Shorten(line.FileName)} are in separate places; "
                    + "expected the signals of a file in consecutive lines.");
            }

            var path = Path.Combine(folder, line.FileName);
            if (absent is not null && !File.Exists(path))
            {
                absent.Add(path);
                first = end;
                continue;
            }

            var file = new WfdbSignalFile(folder, header, first, end, keepOpen: _files.Count < MaximumOpen);
            _files.Add(file);
            Paths.Add(file.Path);
            own.Add(file);
            for (var signal = first; signal < end; signal++)
                signals[signal] = (file, signal - first);
            first = end;
        }

        if (header.FrameCount is null && own.Count > 1)
        {
            var shortest = own.Min(file => file.FrameCount);
            own.ForEach(file => file.Shorten(shortest));
        }

        return signals;
    }

    /// <inheritdoc/>
    public void Dispose() => _files.ForEach(file => file.Dispose());
}
