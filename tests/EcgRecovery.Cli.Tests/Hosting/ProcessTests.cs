namespace EcgRecovery.Cli.Tests.Hosting;

/// <summary>What only a process of its own can show. Verbs under signals and full disks: see Commands.</summary>
public class ProcessTests
{
    [Fact]
    public void The_exit_code_reaches_the_shell()
    {
        Assert.Equal(0, ChildProcess.Run("--version").ExitCode);
        ChildProcess.Run("frobnicate").AssertOneErrorLine(2, "'frobnicate' is not a verb", "see 'ecg-recovery --help'");
    }

    [Fact]
    public void A_reader_that_stops_reading_is_no_error()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs bash");
        var result = ChildProcess.Bash("set -o pipefail; \"$@\" | head -n 1", "--help");
        Assert.Equal((0, "Description:\n", ""), (result.ExitCode, result.Output, result.Error));
    }

    [Fact]
    public void A_full_device_under_stdout_is_named()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "needs /dev/full");
        ChildProcess.Bash("\"$@\" > /dev/full", "--help").AssertOneErrorLine(1, "Cannot write stdout", "No space left on device");
    }

    [Fact]
    public void Closed_standard_streams_end_with_an_exit_code_and_no_crash()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs bash");
        ChildProcess.Bash("\"$@\" >&-", "--help").AssertOneErrorLine(1, "Cannot write stdout");
        Assert.Equal(2, ChildProcess.Bash("\"$@\" 2>&-", "frobnicate").ExitCode);
    }
}
