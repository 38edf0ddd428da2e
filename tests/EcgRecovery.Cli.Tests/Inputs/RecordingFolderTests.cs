using System.Globalization;
using EcgRecovery.Cli.Inputs;

namespace EcgRecovery.Cli.Tests.Inputs;

public sealed class RecordingFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Recordings_of_all_formats_are_found_once_and_what_cannot_be_read_is_named()
    {
        _folder.Write("lead.csv", $"time (s),I (mV)\n{string.Concat(Enumerable.Range(0, 500).Select(Row))}");
        foreach (var name in new[] { "202", "201.edf" })
            Assert.Equal(0, InProcess.Run("convert", _folder.PathOf("lead.csv"), _folder.PathOf(name)).ExitCode);
        // An EDF file that a WFDB header describes too is one recording.
        File.Copy(_folder.PathOf("201.edf"), _folder.PathOf("night.edf"));
        _folder.Write("night.hea", "night 1 100 500\nnight.edf 16+512 1/mV 16 0 0 0 0 I\n");
        _folder.Write("broken.edf", "0       broken\n");
        _folder.Write("RECORDS", "202\n");
        var folder = new RecordingFolder(_folder.Root);
        var (recordings, skipped) = folder.All();
        Assert.Equal(["201.edf", "202", "lead.csv", "night"], recordings.Select(recording => recording.Name));
        Assert.Equal(["201", "201", "lead", "night"], recordings.Select(recording => recording.Patient));
        Assert.Equal(["broken.edf"], skipped);

        Assert.NotNull(folder.Find("202"));
        Assert.NotNull(folder.Find("lead.csv"));
        Assert.Null(folder.Find("lead"));
        Assert.Null(folder.Find("../lead.csv"));
        Assert.Null(folder.Find("absent"));
    }

    private static string Row(int i) => string.Create(CultureInfo.InvariantCulture, $"{i / 100.0:F2},{Math.Sin(i * 0.1):F4}\n");
}
