using EcgRecovery.Formats;
using EcgRecovery.Formats.Csv;
using EcgRecovery.Formats.Edf;
using EcgRecovery.Formats.Files;
using EcgRecovery.Formats.Hdf5;
using EcgRecovery.Formats.Mat;
using EcgRecovery.Formats.Numpy;
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
        new NpyFormat(),
        new Hdf5Format(),
    ];

    private static readonly RecordFormat s_text = All.First(format => format is CsvFormat);

    /// <summary>The extensions of files that are read, as listed in errors.</summary>
    public static IReadOnlyList<string> ReadExtensions { get; } = [.. All.SelectMany(format => format.Extensions)];

    /// <summary>The extensions of files that are written.</summary>
    public static IReadOnlyList<string> WrittenExtensions { get; } =
        [.. All.Where(format => format.IsWritten).SelectMany(format => format.Extensions)];

    /// <summary>
    /// Opens a recording; its first bytes decide the format, the extension where they do not. A name without extension is that of a WFDB
    /// record.
    /// </summary>
    /// <param name="path">The file, as in <c>mitdb/100</c>, <c>mitdb/100.hea</c>, <c>night.edf</c>, <c>lead.csv</c>.</param>
    /// <param name="options">
    /// Options of the format; without them its defaults hold. Options of other formats are ignored, so a caller that does not know the
    /// format may give those of several.
    /// </param>
    /// <returns>The recording; samples are read from its files on demand until it is disposed.</returns>
    /// <exception cref="FileNotFoundException">A file is missing.</exception>
    /// <exception cref="InvalidDataException">A file is broken, or of no format that is read.</exception>
    /// <exception cref="SamplingFrequencyMissingException">The file has no sampling frequency, and the options have none.</exception>
    /// <exception cref="HeartbeatFileException">The file holds heartbeats, not a recording.</exception>
    public static EcgRecord Open(string path, params ReadOnlySpan<RecordReadOptions> options)
    {
        if (Directory.Exists(path) && Find(path) == All[0] && !File.Exists(path + ".hea"))
            throw new InvalidDataException($"{path} is a directory; expected a recording, as in {Path.Combine(path, "100")}.");
        var isFile = File.Exists(path);
        var format = isFile ? Recognize(FileHead.Read(path)) : Find(path) ?? throw Missing(path);
        var record = format.Open(path, options);
        var isMisnamed = isFile && FindByExtension(path) is { } named && named != format && WfdbSniffer.HeaderOfSignals(path) is null;
        return !isMisnamed && (!isFile || record.Files.Contains(path))
            ? record
            : new EcgRecord(record)
            {
                Files = [.. record.Files.Prepend(path).Distinct()],
                Remarks = isMisnamed ? [.. record.Remarks, Misnamed(path, format)] : record.Remarks,
                Source = record.Source,
            };
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

    /// <summary>Returns the format of a file by its first bytes; the extension decides where they do not.</summary>
    /// <exception cref="InvalidDataException">The file is of no format that is read.</exception>
    private static RecordFormat Recognize(FileHead head)
    {
        // EDF files that a WFDB header beside them describes are read by their own header.
        var certain = All.FirstOrDefault(format => format is EdfFormat && format.Recognizes(head))
            ?? All.FirstOrDefault(format => format.Recognizes(head));
        if (certain is not null)
            return certain;
        if (ForeignFormat.Find(head) is { } foreign)
            throw foreign.Error(head.Path);
        // A record's name may contain a dot.
        var named = FindByExtension(head.Path) ?? (File.Exists(head.Path + WfdbSniffer.HeaderExtension) ? All[0] : null);
        // A broken EDF header is text too, in one line.
        if (head.Text is { } text && named is not WfdbFormat && (named is null || text.AsSpan().ContainsAny('\n', '\r')))
            return s_text;
        // Annotation files have any extension.
        return named ?? (WfdbSniffer.HeaderBeside(head.Path) is not null ? All[0] : null) ?? throw new InvalidDataException(
            $"{head.Path} is of no format that is read; expected {string.Join(' ', ReadExtensions)}, or a WFDB record's name.");
    }

    private static string Misnamed(string path, RecordFormat format) =>
        $"{Path.GetFileName(path)} is {format.Name} by its content, whatever its extension.";

    private static FileNotFoundException Missing(string path) => new($"Input {path} does not exist.", path);

    private static RecordFormat? Find(string path)
    {
        var isName = Path.GetExtension(path).Length == 0 || File.Exists(path + WfdbSniffer.HeaderExtension);
        return FindByExtension(path) ?? (isName ? All[0] : null);
    }

    private static RecordFormat? FindByExtension(string path)
    {
        var extension = Path.GetExtension(path);
        return All.FirstOrDefault(format => format.Extensions.Contains(extension, StringComparer.OrdinalIgnoreCase));
    }
}
