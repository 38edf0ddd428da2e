using EcgRecovery.Beats;
using EcgRecovery.Cli.Hosting;
using EcgRecovery.Cli.Outputs;
using EcgRecovery.Evaluation.Beats;
using EcgRecovery.Formats.Files;
using EcgRecovery.Records;

namespace EcgRecovery.Cli.Tests.Outputs;

public sealed class BeatReportFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_folder_that_takes_files_is_made_and_left_empty()
    {
        var folder = _folder.PathOf("new/report");
        BeatReportFolder.Prepare(folder, overwrite: false, _folder.PathOf("data.csv"), null);
        Assert.True(Directory.Exists(folder));
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder));
    }

    [Fact]
    public void What_would_fail_after_the_work_fails_before_it()
    {
        var file = _folder.Write("file", "mine");
        Assert.Throws<OutputExistsException>(() => BeatReportFolder.Prepare(file, overwrite: true));
        Assert.Throws<IOException>(() => BeatReportFolder.Prepare(Path.Combine(file, "report"), overwrite: true));

        var table = _folder.Write(BeatReportFolder.TableName, "an earlier table");
        Assert.Throws<OutputExistsException>(() => BeatReportFolder.Prepare(_folder.Root, overwrite: false));
        BeatReportFolder.Prepare(_folder.Root, overwrite: true);
        Assert.Equal("an earlier table", File.ReadAllText(table));
        Assert.Throws<UsageException>(() => BeatReportFolder.Prepare(_folder.Root, overwrite: true, null, table));
    }

    [Fact]
    public void The_report_holds_every_file_and_the_drawn_rows()
    {
        var samples = new float[3 * HeartbeatSet.BeatLength];
        Array.Fill(samples, 0.5f);
        var beats = new HeartbeatSet(samples, new AamiClass[3]);
        using var method = RecoveryMethods.Find("zeros")!.CreateForBeats(references: null, threads: 1);
        var evaluation = BeatGapProtocol.Evaluate("zeros", beats, [method], cancellationToken: TestContext.Current.CancellationToken);
        var data = new BeatReportData(beats, "beats.csv", "5ea1", [method], [2]);
        BeatReportFolder.Write(_folder.Root, evaluation, data, "Zeros are zeros.", overwrite: false, TestContext.Current.CancellationToken);

        Assert.All(BeatReportFolder.Names, name => Assert.True(File.Exists(_folder.PathOf(name)), name));
        Assert.Equal(BeatEvaluationTable.Markdown(evaluation), File.ReadAllText(_folder.PathOf(BeatReportFolder.TableName)));
        var page = File.ReadAllText(_folder.PathOf("report.html"));
        Assert.All(["Zeros are zeros.", "beats.csv", "5ea1", "row 2"], part => Assert.Contains(part, page, StringComparison.Ordinal));
    }
}
