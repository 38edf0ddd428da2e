using EcgRecovery.Cli.Outputs;
using EcgRecovery.Formats.Files;
using EcgRecovery.Formats.Heartbeats;
using EcgRecovery.Reporting.Beats;

namespace EcgRecovery.Cli.Demo;

/// <summary>The demo's own folder: rewritten by every run, recognised by a marker file.</summary>
internal static class DemoFolder
{
    /// <summary>The marker file.</summary>
    public const string MarkerName = ".ecg-recovery-demo";

    private const string MarkerText = "Made by 'ecg-recovery demo', which rewrites this folder when it runs again.\n";

    /// <summary>Creates the folder, or deletes the files that an earlier demo wrote into it.</summary>
    /// <exception cref="OutputExistsException">The folder is a file, or holds files but no marker.</exception>
    public static void Prepare(string folder)
    {
        if (File.Exists(folder))
            throw new OutputExistsException($"Output {folder} is a file; expected a folder for the demo.");
        var marker = Path.Combine(folder, MarkerName);
        if (Directory.Exists(folder) && !File.Exists(marker) && Directory.EnumerateFileSystemEntries(folder).Any())
            throw new OutputExistsException($"Output {folder} holds files that the demo did not write; give another folder with --output.");

        Directory.CreateDirectory(folder);
        // Written first, so that an interrupted demo can run again.
        OutputFile.WriteText(marker, overwrite: true, MarkerText);
        foreach (var written in WrittenIn(folder))
            File.Delete(written);
    }

    // Only files that the demo writes: files of others stay.
    private static List<string> WrittenIn(string folder)
    {
        var figures = DemoGaps.All
            .Select(gap => Path.Combine(folder, DemoGaps.FolderOf(gap), BeatReport.FiguresFolder))
            .Where(Directory.Exists);
        return
        [
            .. DemoFiles.All.Select(name => Path.Combine(folder, name)).Where(File.Exists),
            .. figures.SelectMany(found => Directory.EnumerateFiles(found, "*.svg")),
        ];
    }
}

/// <summary>The names of the demo's files.</summary>
internal static class DemoFiles
{
    public const string Train = "train.csv";
    public const string Test = "test.csv";
    public const string Comparison = "comparison.svg";
    public const string Headline = "headline.md";

    /// <summary>Returns the name of a model's file.</summary>
    public static string Model(string name) => $"{name}.safetensors";

    /// <summary>Returns the name of the file of a model's learning curve.</summary>
    public static string Curve(string name) => $"{name}.curve.csv";

    /// <summary>All files without the figures.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        .. DemoRecoveryFiles.All.Select(name => Path.Combine(DemoRecoveryFiles.Folder, name)),
        Train, HeartbeatSources.PathFor(Train), Test, HeartbeatSources.PathFor(Test),
        .. DemoModels.Names.SelectMany(name => new[] { Model(name), Curve(name) }),
        .. DemoGaps.All.SelectMany(gap => BeatReportFolder.Names.Append(Comparison).Append(Headline)
            .Select(name => Path.Combine(DemoGaps.FolderOf(gap), name))),
    ];
}
