using System.CommandLine;
using EcgRecovery.Cli.Hosting;
using EcgRecovery.Evaluation.Splits;

namespace EcgRecovery.Cli.Inputs;

/// <summary>The options that name the recordings to learn from: a folder, and which of it.</summary>
internal sealed class TrainingFolderInput
{
    private readonly Option<string?> _records = new("--records")
    {
        Description = "Preset record: folder of recordings to learn from "
            + $"(WFDB records, {string.Join(' ', RecordFormats.ReadExtensions)}); other files are skipped.",
        HelpName = "DIR",
    };

    private readonly Option<string?> _only = new("--only")
    {
        Description = "Preset record: only these recordings of the folder: names with commas between them, or a file with one name a line "
            + "(# for comments). A WFDB record is named without an extension, other recordings by their files.",
        HelpName = "NAME,…|FILE",
    };

    /// <summary>The options.</summary>
    public IReadOnlyList<Option> Options => [_records, _only];

    /// <summary>Finds the recordings.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="error">Receives a note about files that are skipped.</param>
    /// <returns>By name, at least one.</returns>
    /// <exception cref="UsageException">
    /// No folder or no name is given, or the folder holds records that are kept for testing, and nothing chooses among them.
    /// </exception>
    /// <exception cref="InvalidDataException">The folder holds no recording, or not one of the names.</exception>
    /// <exception cref="FileNotFoundException">The file of names does not exist.</exception>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    public IReadOnlyList<FoundRecording> Read(ParseResult parse, TextWriter error)
    {
        var path = parse.GetValue(_records)
            ?? throw new UsageException($"{_records.Name} is missing{UsageLine.Hint(parse.CommandResult.Command)}");
        if (!Directory.Exists(path))
            throw new DirectoryNotFoundException($"Folder {path} does not exist; expected a folder of recordings.");
        var folder = new RecordingFolder(path);
        if (parse.GetValue(_only) is { } only)
        {
            return [.. Names(folder, only).Select(name => folder.Find(name)
                ?? throw new InvalidDataException($"Folder {path} holds no recording {name}, which {_only.Name} names."))];
        }

        var (recordings, skipped) = folder.All();
        if (recordings.Count == 0)
        {
            throw new InvalidDataException(
                $"Folder {path} holds no recording; expected WFDB records or files {string.Join(' ', RecordFormats.ReadExtensions)}.");
        }

        RefuseTested(path, recordings);
        if (skipped.Count > 0)
            error.WriteLine($"note: skipped, because they cannot be read as recordings: {string.Join(' ', skipped)}");
        return recordings;
    }

    /// <summary>Throws where the folder holds records of MIT-BIH: who learned from all of them could test on none.</summary>
    private void RefuseTested(string path, IReadOnlyList<FoundRecording> recordings)
    {
        var known = InterPatientSplit.DS1.Concat(InterPatientSplit.DS2).ToHashSet(StringComparer.Ordinal);
        if (recordings.FirstOrDefault(recording => known.Contains(recording.Stem)) is { } first)
        {
            throw new UsageException(
                $"{path} holds {first.Name}, a record of MIT-BIH, of which some are kept for testing; name the recordings to learn from: "
                + $"{_only.Name} {string.Join(',', InterPatientSplit.Learnable)}");
        }
    }

    private string[] Names(RecordingFolder folder, string only)
    {
        // A name of the folder is never taken for a file of the current one.
        var lines = folder.Find(only) is null && IsFile(only)
            ? File.ReadLines(only).Select(line => line.Split('#')[0])
            : only.Split(',');
        string[] names = [.. lines.Select(name => name.Trim()).Where(name => name.Length > 0).Distinct(StringComparer.Ordinal)];
        return names.Length > 0 ? names : throw new UsageException($"{_only.Name} '{only}' names no recording; expected at least two");
    }

    private static bool IsFile(string text)
    {
        if (File.Exists(text))
            return true;
        return text.Contains(Path.DirectorySeparatorChar, StringComparison.Ordinal)
            ? throw new FileNotFoundException($"File {text} does not exist.", text)
            : false;
    }
}
