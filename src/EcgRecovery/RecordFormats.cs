using EcgRecovery.Formats;
using EcgRecovery.Formats.Csv;
using EcgRecovery.Formats.Edf;
using EcgRecovery.Formats.Files;
using EcgRecovery.Formats.Mat;
using EcgRecovery.Formats.Wfdb;
using EcgRecovery.Records;

namespace EcgRecovery;

/// <summary>Opens and writes recordings of any format.</summary>
internal static class RecordFormats
{
    /// <summary>All formats. The first is that of a name without extension.</summary>
    internal static IReadOnlyList<RecordFormat> All { get; } =
    [
        new WfdbFormat(),
        new EdfFormat(EdfKind.Edf),
        new EdfFormat(EdfKind.Bdf),
        new CsvFormat(),
        new MatFormat(),
    ];

    /// <summary>The extensions of files that are read, as listed in errors.</summary>
    public static IReadOnlyList<string> ReadExtensions { get; } = [.. All.SelectMany(format => format.Extensions)];

    /// <summary>The extensions of files that are written.</summary>
    public static IReadOnlyList<string> WrittenExtensions { get; } =
        [.. All.Where(format => format.IsWritten).SelectMany(format => format.Extensions)];

    /// <summary>Opens a recording; the extension decides the format, a name without one is that of a WFDB record.</summary>
    /// <param name="path">The file, as in <c>mitdb/100</c>, <c>mitdb/100.hea</c>, <c>night.edf</c>, <c>lead.csv</c>.</param>
    /// <param name="options">
    /// Options of the format; without them its defaults hold. Options of other formats are ignored, so a caller that does not know the
    /// format may give those of several.
    /// </param>
    /// <returns>The recording; samples are read from its files on demand until it is disposed.</returns>
    /// <exception cref="FileNotFoundException">A file is missing.</exception>
    /// <exception cref="InvalidDataException">A file is broken, or its extension belongs to no format.</exception>
    /// <exception cref="SamplingFrequencyMissingException">The file has no sampling frequency, and the options have none.</exception>
    /// <exception cref="HeartbeatFileException">The file holds heartbeats, not a recording.</exception>
    public static EcgRecord Open(string path, params ReadOnlySpan<RecordReadOptions> options)
    {
        if (Directory.Exists(path) && Find(path) == All[0] && !File.Exists(path + ".hea"))
            throw new InvalidDataException($"{path} is a directory; expected a recording, as in {Path.Combine(path, "100")}.");
        var format = Find(path) ?? throw new InvalidDataException(
            $"{path} has no extension of a recording; expected {string.Join(' ', ReadExtensions)}, or a WFDB record's name without one.");
        var record = format.Open(path, options);
        return record.Files.Contains(path) || !File.Exists(path)
            ? record
            : new EcgRecord(record) { Files = [path, .. record.Files], Source = record.Source };
    }

    /// <summary>Writes a recording in the format of its file's extension.</summary>
    /// <param name="record">The recording.</param>
    /// <param name="path">The file; for WFDB the header, or the record's name.</param>
    /// <param name="overwrite">Whether existing files may be replaced.</param>
    /// <param name="cancellationToken">Cancels; no file is left then.</param>
    /// <param name="options">Options of the format; without them its defaults hold. Options of other formats are ignored.</param>
    /// <returns>One sentence for each thing that the format cannot hold; empty if nothing is lost.</returns>
    /// <exception cref="ArgumentException">The extension belongs to no format that is written.</exception>
    /// <exception cref="InvalidDataException">The recording cannot be written in this format.</exception>
    /// <exception cref="OutputExistsException">A file exists and may not be replaced.</exception>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public static IReadOnlyList<string> Write(
        EcgRecord record, string path, bool overwrite = false, CancellationToken cancellationToken = default,
        params ReadOnlySpan<RecordWriteOptions> options)
    {
        var format = FindWritten(path);
        using var output = new OutputGroup(overwrite);
        var lost = format.Write(record, path, output, options, cancellationToken);
        RefuseInputs(record, output.Touched);
        output.Commit();
        return lost;
    }

    /// <summary>Throws, before long work begins, where a recording could not be written to a file.</summary>
    /// <inheritdoc cref="Write"/>
    public static void RefuseUnwritable(EcgRecord record, string path, bool overwrite)
    {
        var targets = FindWritten(path).Targets(record, path);
        RefuseInputs(record, targets);
        foreach (var target in targets)
            OutputFile.RefuseExisting(target, overwrite);
        OutputFile.RefuseUnwritable(path);
    }

    private static void RefuseInputs(EcgRecord record, IEnumerable<string> targets)
    {
        if (targets.FirstOrDefault(target => record.Files.Any(file => OutputFile.AreSame(file, target))) is { } target)
            throw new OutputExistsException($"Output {target} is a file of the input, which must not be lost.");
    }

    private static RecordFormat FindWritten(string path) => Find(path) is { IsWritten: true } known
        ? known
        : throw new ArgumentException(
            $"{path} has no extension that is written; expected {string.Join(' ', WrittenExtensions)}.", nameof(path));

    private static RecordFormat? Find(string path)
    {
        var extension = Path.GetExtension(path);
        var known = All.FirstOrDefault(format => format.Extensions.Contains(extension, StringComparer.OrdinalIgnoreCase));
        // A record's name may contain a dot.
        return known ?? (extension.Length == 0 || File.Exists(path + ".hea") ? All[0] : null);
    }
}
