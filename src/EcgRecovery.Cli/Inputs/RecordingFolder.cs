using EcgRecovery.Evaluation.Splits;
using EcgRecovery.Formats;
using EcgRecovery.Formats.Wfdb;
using EcgRecovery.Records;

namespace EcgRecovery.Cli.Inputs;

/// <summary>A folder of recordings of any formats.</summary>
/// <param name="folder">The folder.</param>
internal sealed class RecordingFolder(string folder)
{
    private static readonly string[] s_extensions = [.. RecordFormats.ReadExtensions.Except([WfdbSniffer.HeaderExtension])];

    /// <summary>Finds a recording by its name.</summary>
    /// <param name="name">Of a WFDB record its name, as <c>100</c>; of another recording that of its file, as <c>night.edf</c>.</param>
    /// <returns>Null where there is none.</returns>
    public FoundRecording? Find(string name)
    {
        var path = Path.Combine(folder, name);
        var isThere = Path.GetFileName(name) == name && (File.Exists(path + WfdbSniffer.HeaderExtension) || File.Exists(path));
        return isThere ? new FoundRecording(name, path) : null;
    }

    /// <summary>Finds all recordings: every WFDB header, and every other file that can be read and belongs to none of them.</summary>
    /// <returns>The recordings by name, and the names of files that have such an extension but cannot be read.</returns>
    public (IReadOnlyList<FoundRecording> Recordings, IReadOnlyList<string> Skipped) All()
    {
        var (found, skipped) = (new List<FoundRecording>(), new List<string>());
        var names = Directory.EnumerateFiles(folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal).ToList();
        foreach (var name in names.Where(IsHeader).Select(name => Path.GetFileNameWithoutExtension(name)).Concat(names.Where(HasExtension)))
        {
            var recording = new FoundRecording(name, Path.Combine(folder, name));
            // The samples of a WFDB record may lie in a file of another format.
            if (found.Exists(other => other.Files.Contains(recording.Path)))
                continue;
            if (recording.TryOpen())
                found.Add(recording);
            else
                skipped.Add(name);
        }

        return ([.. found.OrderBy(recording => recording.Name, StringComparer.Ordinal)], skipped);
    }

    private static bool IsHeader(string name) => Path.GetExtension(name) == WfdbSniffer.HeaderExtension;

    // Text may be packed.
    private static bool HasExtension(string name)
    {
        var unpacked = Path.GetExtension(name) == ".gz" ? Path.GetFileNameWithoutExtension(name) : name;
        return s_extensions.Contains(Path.GetExtension(unpacked), StringComparer.OrdinalIgnoreCase);
    }
}

/// <summary>A recording of a folder.</summary>
/// <param name="Name">Its name in the folder.</param>
/// <param name="Path">Where it is opened.</param>
internal sealed record FoundRecording(string Name, string Path)
{
    private IReadOnlyList<string>? _files;

    /// <summary>Its name without an extension.</summary>
    public string Stem => System.IO.Path.GetFileNameWithoutExtension(Name);

    /// <summary>The name of its patient: two records of MIT-BIH are of one.</summary>
    public string Patient => InterPatientSplit.Patient(Stem);

    /// <summary>Its files; known once it was opened.</summary>
    public IReadOnlyList<string> Files => _files ?? [Path];

    /// <summary>Opens it.</summary>
    public EcgRecord Open()
    {
        var record = RecordFormats.Open(Path);
        _files = record.Files;
        return record;
    }

    /// <summary>Returns whether it can be opened.</summary>
    public bool TryOpen()
    {
        try
        {
            Open().Dispose();
            return true;
        }
        catch (Exception exception) when (exception is InvalidDataException or FileNotFoundException or EndOfStreamException
            or SamplingFrequencyMissingException or ArrayNotChosenException or HeartbeatFileException)
        {
            return false;
        }
    }
}
