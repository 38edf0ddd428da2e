using System.CommandLine;
using System.Text;
using System.Text.RegularExpressions;
using EcgRecovery.Cli.Hosting;
using EcgRecovery.Cli.Inputs;
using EcgRecovery.Formats.Files;
using EcgRecovery.Formats.Wfdb;
using EcgRecovery.Records;

namespace EcgRecovery.Cli.Outputs;

/// <summary>The option and the file for the findings of a verb. The extension chooses CSV, JSON, or WFDB annotations.</summary>
internal sealed partial class FindingsOutput
{
    // The files of a recording, and the reference annotations made by people.
    private static readonly string[] s_recordings =
        [.. RecordFormats.ReadExtensions, ".hea", ".dat", ".atr", ".provenance", ".edf", ".bdf", ".rec", ".mat"];

    private readonly Option<string?> _path;
    private readonly Option<bool> _overwrite = StandardOptions.Overwrite();

    /// <param name="annotator">The annotator that the help names, as <c>qrs</c>.</param>
    public FindingsOutput(string annotator) => _path = new("--output", "-o")
    {
        Description = $"A file to write: X.csv, X.json, or RECORD.{annotator} for annotations that WFDB's programs read.",
        HelpName = "FILE",
    };

    /// <summary>Adds the options to a verb.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_path);
        command.Options.Add(_overwrite);
    }

    /// <summary>Returns the file's path, or null without the option. Checks before the long work that it can be written.</summary>
    /// <exception cref="UsageException">The extension is that of a recording, or cannot be an annotator's name.</exception>
    /// <exception cref="OutputExistsException">The file exists and may not be replaced.</exception>
    public string? Check(ParseResult parse, RecordInput input)
    {
        if (parse.GetValue(_path) is not { } path)
            return null;
        var extension = Path.GetExtension(path);
        if (!IsCsv(path) && s_recordings.Contains(extension, StringComparer.OrdinalIgnoreCase))
        {
            throw new UsageException(
                $"--output {path} would be taken for a part of a recording; expected .csv, .json, or an annotator's name of your own");
        }

        if (!Annotator().IsMatch(extension))
            throw new UsageException($"--output {path}: expected the extension .csv, .json, or an annotator's name");
        InputGuard.Refuse(path, [parse.GetRequiredValue(input.File), input.AnnotationFile(parse)]);
        OutputFile.RefuseExisting(path, parse.GetValue(_overwrite));
        OutputFile.RefuseUnwritable(path);
        return path;
    }

    /// <summary>Writes the file in the format of its extension.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="path">The result of <see cref="Check"/>.</param>
    /// <param name="record">The recording, whose files are never overwritten.</param>
    /// <param name="csv">Writes the findings as CSV.</param>
    /// <param name="json">Writes the findings as JSON.</param>
    /// <param name="annotations">Returns the findings as annotations, in order.</param>
    /// <returns>One sentence for each finding that annotations cannot hold.</returns>
    public IReadOnlyList<string> Write(
        ParseResult parse,
        string path,
        EcgRecord record,
        Action<TextWriter> csv,
        Action<TextWriter> json,
        Func<IReadOnlyList<Annotation>> annotations)
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

            var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
            using var writer = new StreamWriter(stream, utf8, bufferSize: 1 << 16, leaveOpen: true) { NewLine = "\n" };
            (IsCsv(path) ? csv : json)(writer);
        });
        return lost;
    }

    private static bool IsCsv(string path) => path.EndsWith(".csv", StringComparison.OrdinalIgnoreCase);

    private static bool IsJson(string path) => path.EndsWith(".json", StringComparison.OrdinalIgnoreCase);

    // WFDB's rule for the names of annotators, and a letter first.
    [GeneratedRegex(@"^\.[A-Za-z][A-Za-z0-9_-]{0,19}$")]
    private static partial Regex Annotator();
}
