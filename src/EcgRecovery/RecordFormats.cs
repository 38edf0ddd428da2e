using EcgRecovery.Formats;
using EcgRecovery.Formats.Csv;
using EcgRecovery.Formats.Edf;
using EcgRecovery.Formats.Files;
using EcgRecovery.Formats.Mat;
using EcgRecovery.Formats.Wfdb;
using EcgRecovery.Records;

namespace EcgRecovery;

/// <summary>Opens and writes recordings, whatever their format.</summary>
internal static class RecordFormats
{
    /// <summary>Every format. The first is that of a name without extension.</summary>
    internal static IReadOnlyList<RecordFormat> All { get; } =
    [
        new WfdbFormat(),
        new EdfFormat(EdfKind.Edf),
        new EdfFormat(EdfKind.Bdf),
        new CsvFormat(),
        new MatFormat(),
    ];

    /// <summary>The extensions of files that are read, as errors list them.</summary>
    public static IReadOnlyList<string> ReadExtensions { get; } = [.. All.SelectMany(format => format.Extensions)];

    /// <summary>The extensions of files that are written.</summary>
    public static IReadOnlyList<string> WrittenExtensions { get; } = [.. All.Where(format => format.IsWritten).SelectMany(format => format.Extensions)];

    /// <summary>Opens a recording by its file's extension; a name without one is a WFDB record's.</summary>
    /// <param name="path">As in <c>mitdb/100</c>, <c>mitdb/100.hea</c>, <c>night.edf</c>, <c>lead.csv</c>.</param>
    /// <param name="options">
    /// Options of the format; without them its defaults hold. Options of other formats are ignored, so a caller that does not know the format may
    /// give those of several.
    /// </param>
    /// <returns>The recording; its samples are read when asked for, until it is disposed.</returns>
    /// <exception cref="FileNotFoundException">A file is missing.</exception>
    /// <exception cref="InvalidDataException">A file is broken, or no format is known for its extension.</exception>
    public static EcgRecord Open(string path, params ReadOnlySpan<RecordReadOptions> options)
    {
        if (Directory.Exists(path) && Find(path) == All[0] && !File.Exists(path + ".hea"))
            throw new InvalidDataException($"{path} is a directory; expected a recording, as in {Path.Combine(path, "100")}.");
        var format = Find(path) ?? throw new InvalidDataException(
            $"{path} has no extension of a recording; expected {string.Join(' ', ReadExtensions)}, or a WFDB record's name without one.");
        var record = format.Open(path, options);
        return record.Files.Contains(path) || !File.Exists(path) ? record : record with { Files = [path, .. record.Files] };
    }

    /// <summary>Writes a recording in the format of its file's extension.</summary>
    /// <param name="record">The recording.</param>
    /// <param name="path">The file; for WFDB the header's, or the record's name.</param>
    /// <param name="overwrite">Whether existing files may be replaced.</param>
    /// <param name="cancellationToken">Cancels; no file is left then.</param>
    /// <param name="options">Options of the format; without them its defaults hold. Options of other formats are ignored.</param>
    /// <returns>What the format cannot hold and is lost, one sentence each; empty where all is kept.</returns>
    /// <exception cref="ArgumentException">No format is written under this extension.</exception>
    /// <exception cref="InvalidDataException">The recording cannot be written in this format.</exception>
    /// <exception cref="OutputExistsException">A file exists and may not be replaced.</exception>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public static IReadOnlyList<string> Write(
        EcgRecord record, string path, bool overwrite = false, CancellationToken cancellationToken = default, params ReadOnlySpan<RecordWriteOptions> options)
    {
        var format = Find(path) is { IsWritten: true } known
            ? known
            : throw new ArgumentException($"{path} has no extension that is written; expected {string.Join(' ', WrittenExtensions)}.", nameof(path));
        using var output = new OutputGroup(overwrite);
        var lost = format.Write(record, path, output, options, cancellationToken);
        RefuseInputs(record, output);
        output.Commit();
        return lost;
    }

    private static void RefuseInputs(EcgRecord record, OutputGroup output)
    {
        if (output.Touched.FirstOrDefault(target => record.Files.Any(file => OutputFile.AreSame(file, target))) is { } target)
            throw new OutputExistsException($"Output {target} is a file of the input; what was recorded must not be lost.");
    }

    private static RecordFormat? Find(string path)
    {
        var extension = Path.GetExtension(path);
        var known = All.FirstOrDefault(format => format.Extensions.Contains(extension, StringComparer.OrdinalIgnoreCase));
        // A record's name may hold a dot of its own.
        return known ?? (extension.Length == 0 || File.Exists(path + ".hea") ? All[0] : null);
    }
}
