namespace EcgRecovery.Cli.Tests.Commands;

public class CompletionCommandTests
{
    [Theory]
    [InlineData("bash", "# ")]
    [InlineData("zsh", "#compdef ecg-recovery\n# ")]
    [InlineData("fish", "# ")]
    [InlineData("pwsh", "# ")]
    public void The_script_says_what_it_is_and_how_it_was_written(string shell, string start)
    {
        var result = InProcess.Run("completion", shell);
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.StartsWith($"{start}Completion of ecg-recovery 0.1.0, written by: ecg-recovery completion {shell}\n", result.Output);
        Assert.EndsWith("\n", result.Output);
    }

    [Fact]
    public void Another_shell_is_refused_in_one_line()
    {
        InProcess.Run("completion", "tcsh").AssertOneErrorLine(
            2, "'tcsh' is not a shell with completion; known here: bash, zsh, fish, pwsh; see 'ecg-recovery completion --help'");
        InProcess.Run("completion").AssertOneErrorLine(2, "SHELL is missing");
    }
}
