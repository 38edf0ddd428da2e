using EcgRecovery.Cli.Demo;
using EcgRecovery.Cli.Hosting;
using EcgRecovery.Records;

namespace EcgRecovery.Cli.Tests.Demo;

public class DemoRecoveryTests
{
    [Fact]
    public void Each_gap_lies_around_an_R_peak_by_a_rule()
    {
        using var folder = new TemporaryFolder();
        using var recording = DemoRecording.Open(folder.Root);
        var losses = recording.Losses;
        Assert.Equal([202, 54, 360, 202], losses.Select(loss => loss.Span.Length));
        var fifth = recording.RPeaks.Length / 5;
        Assert.Equal(
            [recording.RPeaks[fifth], recording.RPeaks[2 * fifth], recording.RPeaks[3 * fifth], recording.RPeaks[4 * fifth]],
            losses.Select(loss => (loss.Span.Start + loss.Span.End) / 2));
        using var broken = recording.Broken();
        var samples = broken.Leads[0].ToMilliVolts();
        Assert.Equal(losses.Sum(loss => loss.Span.Length), samples.Count(float.IsNaN));
    }

    // The README shows what the tool writes: after a change that is meant, copy the files from a run of the demo.
    [Fact]
    public void The_readmes_table_and_picture_are_those_that_the_demo_writes()
    {
        using var folder = new TemporaryFolder();
        var output = Run(folder, new() { Threads = 2 });
        Assert.Equal(DemoRecoveryFiles.All.Order(StringComparer.Ordinal), folder.Names().Order(StringComparer.Ordinal));
        var readme = File.ReadAllText(Checkout.PathOf("README.md"));
        Assert.Equal(File.ReadAllText(folder.PathOf(DemoRecoveryFiles.Table)).TrimEnd(), Block(readme, "table"));
        Assert.Contains($"docs/images/{DemoRecoveryFiles.Picture}", Block(readme, "picture"), StringComparison.Ordinal);
        Assert.Equal(
            File.ReadAllText(Checkout.PathOf("docs", "images", DemoRecoveryFiles.Picture)),
            File.ReadAllText(folder.PathOf(DemoRecoveryFiles.Picture)));
        Assert.Contains(folder.PathOf("report.html"), output, StringComparison.Ordinal);

        using var recording = DemoRecording.Open(folder.Root);
        using var recovered = EcgRecord.Open(folder.PathOf(DemoRecoveryFiles.Recovered));
        Assert.Equal(recording.Losses.Select(loss => loss.Span), recovered.Provenance.Select(span => span.Span));
        Assert.DoesNotContain(float.NaN, recovered.Leads[0].ToMilliVolts());
    }

    [Fact]
    public void The_broken_recording_is_one_that_recover_takes()
    {
        using var folder = new TemporaryFolder();
        Run(folder, new() { Threads = 2, Method = "linear", SelfTestGaps = 0 });
        var result = InProcess.Run("recover", folder.PathOf(DemoRecoveryFiles.Broken), "--dry-run");
        Assert.Equal(ExitCode.Done, result.ExitCode);
        Assert.Contains("4 of 4 gaps would be filled", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_self_test_there_are_errors_and_no_intervals()
    {
        using var folder = new TemporaryFolder();
        Run(folder, new() { Threads = 2, Method = "linear", SelfTestGaps = 0 });
        var row = File.ReadLines(folder.PathOf(DemoRecoveryFiles.Table))
            .Single(line => line.StartsWith("| one second", StringComparison.Ordinal))
            .Split('|', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(row[3], row[2]); // the line's own error, twice
        Assert.Equal(["none", "none"], row[4..6]);
    }

    private static string Run(TemporaryFolder folder, Recovery.RecordRecoveryOptions options)
    {
        using var output = new StringWriter();
        using var recording = DemoRecording.Open(folder.Root);
        new DemoRecovery { Folder = folder.Root, Options = options, Output = output, Error = TextWriter.Null }
            .Run(recording, TestContext.Current.CancellationToken);
        return output.ToString();
    }

    private static string Block(string document, string name)
    {
        var parts = document.Split($"<!-- written by: ecg-recovery demo ({name}) -->\n");
        Assert.Equal(2, parts.Length);
        return parts[1][..parts[1].IndexOf("<!-- end -->", StringComparison.Ordinal)].TrimEnd();
    }
}
