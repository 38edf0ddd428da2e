using System.CommandLine;
using System.Text;
using System.Text.RegularExpressions;
using EcgRecovery.Cli.Hosting;
using EcgRecovery.Cli.Inputs;
using EcgRecovery.Formats.Files;
using EcgRecovery.Formats.Wfdb;
using EcgRecovery.Records;

namespace EcgRecovery.Cli.Outputs;

/// <summary>The file for what a verb found in a recording: by its extension CSV, JSON, or the WFDB annotations of an annotator of that name.</summary>
internal sealed partial class FindingsOutput
{
    // What belongs to the recording itself, and the reference annotations that people made.
    private static readonly string[] s_recordings = [.. RecordFormats.ReadExtensions, ".hea", ".dat", ".atr", ".provenance", ".edf", ".bdf", ".rec", ".mat"];

    private readonly Option<string?> _path;
    private readonly Option<bool> _overwrite = StandardOptions.Overwrite();

    /// <param name="annotator">An annotator for the help, as in <c>qrs</c>.</param>
    public FindingsOutput(string annotator) => _path = new("--output", "-o")
    {
        Description = $"Write them to a file: X.csv, X.json, or, as annotations for WFDB's programs, RECORD.{annotator}.",
        HelpName = "FILE",
    };

    /// <summary>Gives a verb the options.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_path);
        command.Options.Add(_overwrite);
    }

    /// <summary>The file, or null where none was asked for; refuses, before long work, what must not be written.</summary>
    /// <exception cref="UsageException">The extension is a recording's, or no annotator's name.</exception>
    /// <exception cref="OutputExistsException">The file exists and may not be replaced.</exception>
    public string? Check(ParseResult parse, RecordInput input)
    {
        if (parse.GetValue(_path) is not { } path)
            return null;
        var extension = Path.GetExtension(path);
        if (!IsCsv(path) && s_recordings.Contains(extension, StringComparer.OrdinalIgnoreCase))
            throw new UsageException($"--output {path} would be taken for a part of a recording; expected .csv, .json, or an annotator's name of your own");
        if (!Annotator().IsMatch(extension))
            throw new UsageException($"--output {path} has no extension that says what to write; expected .csv, .json, or an annotator's name");
        InputGuard.Refuse(path, [parse.GetRequiredValue(input.File), input.AnnotationFile(parse)]);
        OutputFile.RefuseExisting(path, parse.GetValue(_overwrite));
        OutputFile.RefuseUnwritable(path);
        return path;
    }

    /// <summary>Writes the file in the way that its extension says.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="path">What <see cref="Check"/> returned.</param>
    /// <param name="record">The recording, whose files are not written over.</param>
    /// <param name="csv">Writes it as CSV.</param>
    /// <param name="json">Writes it as JSON.</param>
    /// <param name="annotations">Makes annotations of it, in order.</param>
    /// <returns>What annotations cannot hold, one sentence each.</returns>
    public IReadOnlyList<string> Write(
        ParseResult parse, string path, EcgRecord record, Action<TextWriter> csv, Action<TextWriter> json, Func<IReadOnlyList<Annotation>> annotations)
    {
        InputGuard.Refuse(path, [.. record.Files]);
        IReadOnlyList<string> lost = [];
        OutputFile.Write(path, parse.GetValue(_overwrite), stream =>
        {
            if (!IsCsv(path) && !IsJson(path))
            {
                lost = new WfdbAnnotationFile { Annotations = annotations() }.WriteTo(stream);
                return;
            }

            using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), bufferSize: 1 << 16, leaveOpen: true) { NewLine = "\n" };
            (IsCsv(path) ? csv : json)(writer);
        });
        return lost;
    }

    private static bool IsCsv(string path) => path.EndsWith(".csv", StringComparison.OrdinalIgnoreCase);

    private static bool IsJson(string path) => path.EndsWith(".json", StringComparison.OrdinalIgnoreCase);

    // WFDB's own rule for the names of annotators, and a letter first.
    [GeneratedRegex(@"^\.[A-Za-z][A-Za-z0-9_-]{0,19}$")]
    private static partial Regex Annotator();
}
