using EcgRecovery.Cli.Help.Completion;

namespace EcgRecovery.Cli.Tests.Help.Completion;

/// <summary>The script in a real bash.</summary>
public sealed class BashCompletionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public BashCompletionTests()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs bash");
        _folder.Write("script", InProcess.Run("completion", "bash").Output);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Commands_and_options_of_every_command_are_completed()
    {
        foreach (var page in HelpTextTests.Pages())
        {
            Assert.Equal(page.Options.SelectMany(option => option.Names), Complete($"{page.Path} -".TrimStart()));
            if (page.Commands.Count > 0)
                Assert.Equal(page.Commands.Select(command => command.Name), Complete($"{page.Path} ".TrimStart()));
        }
    }

    [Fact]
    public void Every_listed_value_is_completed_after_a_space_and_after_an_equals_sign()
    {
        var places = ValuePlace.Of(HelpTextTests.Program()).Where(place => place.Value.Choices.Count > 0).ToList();
        Assert.True(places.Count > 20, $"found {places.Count} places");
        foreach (var (command, option, value) in places)
        {
            var line = option.Length > 0 ? $"{command} {option}" : command;
            Assert.Equal(value.Choices, Complete($"{line} ").Except(["script"]));
            var first = value.Choices[0][0];
            if (option.Length > 0)
                Assert.Equal(value.Choices.Where(choice => choice[0] == first), Complete($"{line} = {first}"));
        }
    }

    [Theory]
    [InlineData("recover --json --method sim", "similar")]
    [InlineData("benchmark --method linear cu", "cubic")]
    [InlineData("recover --method linear cu", "")]
    [InlineData("recover --method linear --estimate pl", "placed")]
    [InlineData("info scr", "script")]
    [InlineData("train --seed ", "")]
    [InlineData("no-command --method li", "")]
    public void What_stands_before_decides(string line, string expected) => Assert.Equal(expected, string.Join(' ', Complete(line)));

    // Readline itself asks the script here, and completes files.
    [Fact]
    public void Tab_completes_a_typed_line()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs a terminal made by the script of util-linux");
        Directory.CreateDirectory(_folder.PathOf("reports"));
        _folder.Write("reports.csv", "");
        _folder.Write("my night.edf", "");
        _folder.Write("setup", $"{TypedLine.Echo}\nsource ./script\n");
        var arguments = TypedLine.Arguments(
            _folder.Root,
            "bash --norc --noprofile -i",
            "source ./setup",
            "ecg-recovery rec\tmy\t--meth\tlin\t--report rep\t --estimate=pl\t--output=reports.\t");
        Assert.Equal(
            ["recover", "my night.edf", "--method", "linear", "--report", "reports/", "--estimate=placed", "--output=reports.csv"],
            arguments);
    }

    // Calls the script as readline does; the words are divided as at COMP_WORDBREAKS.
    private string[] Complete(string line)
    {
        const string Call = """
            source ./script
            COMP_WORDS=(ecg-recovery "$@")
            COMP_CWORD=$#
            _ecg_recovery
            printf '%s\n' "${COMPREPLY[@]}"
            """;
        var result = ChildProcess.RunProgram("bash", ["--norc", "-c", Call, "bash", .. line.Split(' ')], _folder.Root);
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        return result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
