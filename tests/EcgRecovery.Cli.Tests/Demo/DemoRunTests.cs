using EcgRecovery.Cli.Demo;
using EcgRecovery.Cli.Hosting;
using EcgRecovery.Formats.Heartbeats;

namespace EcgRecovery.Cli.Tests.Demo;

public class DemoRunTests
{
    [Fact]
    public void Training_and_test_beats_share_no_sample()
    {
        using var folder = new TemporaryFolder();
        using var recording = DemoRecording.Open(folder.Root);
        var beats = DemoBeats.Of(recording);
        Assert.InRange(beats.Train.Count, 390, 410);
        Assert.Equal(beats.BeatsFound - 2, beats.Train.Count + beats.Test.Count);
        // Each training row ends a fifth into the interval after it: before the next beat but one, where the test rows begin.
        var lastTrain = beats.Train.Sources![^1].Sample;
        var firstTest = beats.Test.Sources![0].Sample;
        Assert.True(lastTrain + (3 * beats.Train.RealLength(beats.Train.Count - 1)) < firstTest);
    }

    [Fact]
    public void A_run_writes_beats_models_and_a_report_for_each_gap_and_a_second_one_replaces_them()
    {
        using var folder = new TemporaryFolder();
        var output = Run(folder.Root);
        Assert.All(DemoFiles.All, name => Assert.True(File.Exists(folder.PathOf(name)), name));
        Assert.Contains("lost four pieces", output, StringComparison.Ordinal);
        Assert.Contains("At 100..137, where only", output, StringComparison.Ordinal);
        Assert.Contains("At 20..57, where all", output, StringComparison.Ordinal);
        Assert.Contains(folder.PathOf("gap-20-57/report.html"), output, StringComparison.Ordinal);
        Assert.NotEmpty(Directory.EnumerateFiles(folder.PathOf("gap-20-57/figures"), "*.svg"));
        // The files are what the other verbs read.
        using var recording = DemoRecording.Open(folder.PathOf(DemoRecoveryFiles.Folder));
        Assert.Equal(DemoBeats.Of(recording).Test.Samples, HeartbeatCsv.Read(folder.PathOf(DemoFiles.Test)).Set.Samples);

        Assert.Equal(output, Run(folder.Root));
    }

    [Fact]
    public void A_folder_of_someone_else_is_one_line()
    {
        using var folder = new TemporaryFolder();
        folder.Write("mine.txt", "");
        InProcess.Run("demo", "--output", folder.Root).AssertOneErrorLine(ExitCode.Usage, folder.Root, "--output");
    }

    // No hidden gaps, one epoch each: what comes out is poor, how it comes out is the same.
    private static string Run(string folder)
    {
        using var output = new StringWriter();
        DemoFolder.Prepare(folder);
        new DemoRun
        {
            Folder = folder,
            Threads = 2,
            SelfTestGaps = 0,
            Training = name => DemoModels.OptionsOf(name) with { Epochs = 1 },
            Output = output,
            Error = TextWriter.Null,
        }.All(TestContext.Current.CancellationToken);
        return output.ToString();
    }
}
