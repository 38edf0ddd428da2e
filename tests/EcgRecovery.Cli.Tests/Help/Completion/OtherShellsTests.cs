using EcgRecovery.Cli.Help.Completion;

namespace EcgRecovery.Cli.Tests.Help.Completion;

/// <summary>The scripts in real shells that not every machine has; a test warns where its shell is missing.</summary>
public sealed class OtherShellsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public OtherShellsTests()
    {
        Directory.CreateDirectory(_folder.PathOf("reports"));
        _folder.Write("reports.csv", "");
        _folder.Write("my night.edf", "");
    }

    /// <summary>Lines and their completions, in fish and PowerShell; the current folder is that of the constructor.</summary>
    public static TheoryData<string, string> Lines => new()
    {
        { "rec", "recover" },
        { "prepare ", "heartbeats" },
        { "prepare heartbeats --split ", "inter-patient official" },
        { "recover --meth", "--method" },
        { "recover --method li", "linear" },
        { "recover --method=li", "--method=linear" },
        { "recover --json my", "my night.edf" },
        { "recover --report rep", "reports" },
        { "recover --output rep", "reports reports.csv" },
        { "recover --without pa", "packet-loss" },
        { "info au", "autoencoder" },
        { "info my", "my night.edf" },
        { "train --schedule ", "constant cosine" },
        { "train --data rep", "reports reports.csv" },
        { "completion ", "bash fish pwsh zsh" },
        { "download ", "mitdb nstdb" },
    };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Scripts_are_those_of_the_shells_that_the_command_lists() =>
        Assert.Equal(["bash", "zsh", "fish", "pwsh"], CompletionScript.All.Select(script => script.Shell));

    [Fact]
    public void Zsh_completes_a_typed_line()
    {
        if (IsMissing("zsh"))
            return;
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs a terminal made by the script of util-linux");
        _folder.Write("script", InProcess.Run("completion", "zsh").Output);
        _folder.Write("setup", $"autoload -Uz compinit && compinit -u -D\n{TypedLine.Echo}\nsource ./script\n");
        string[] lines =
        [
            "source ./setup",
            "ecg-recovery rec\tmy\t--meth\tlin\t--report rep\t --estimate=pl\t--output=reports.\t",
            "ecg-recovery prep\th\t--spl\tint\t",
            "ecg-recovery info au\t",
            "ecg-recovery comp\tfi\t",
        ];
        Assert.Equal(
            [
                "recover", "my night.edf", "--method=linear", "--report", "reports", "--estimate=placed", "--output=reports.csv",
                "prepare", "heartbeats", "--split=inter-patient",
                "info", "autoencoder",
                "completion", "fish",
            ],
            TypedLine.Arguments(_folder.Root, "zsh -f -i", lines));
    }

    // As a file of fpath, which compinit loads at the first Tab.
    [Fact]
    public void Zsh_loads_the_script_from_a_folder_of_functions()
    {
        if (IsMissing("zsh"))
            return;
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs a terminal made by the script of util-linux");
        _folder.Write("_ecg-recovery", InProcess.Run("completion", "zsh").Output);
        _folder.Write("setup", $"fpath=($PWD $fpath)\nautoload -Uz compinit && compinit -u -D\n{TypedLine.Echo}\n");
        Assert.Equal(
            ["recover", "--method=linear"],
            TypedLine.Arguments(_folder.Root, "zsh -f -i", "source ./setup", "ecg-recovery rec\t--meth\tlin\t"));
    }

    [Fact]
    public void Fish_completes_commands_options_values_and_files()
    {
        if (IsMissing("fish"))
            return;
        var script = _folder.Write("script", InProcess.Run("completion", "fish").Output);
        foreach (var (line, expected) in Lines.Select(row => row.Data))
        {
            var result = ChildProcess.RunProgram(
                "fish", ["--no-config", "-c", "source $argv[1]; complete -C $argv[2]", script, $"ecg-recovery {line}"], _folder.Root);
            Assert.Equal((0, ""), (result.ExitCode, result.Error));
            AssertCompletions(line, expected, result.Output.Split('\n').Select(one => one.Split('\t')[0]));
        }
    }

    [Fact]
    public void PowerShell_completes_commands_options_values_and_files()
    {
        if (IsMissing("pwsh"))
            return;
        _folder.Write("script.ps1", InProcess.Run("completion", "pwsh").Output);
        var ask = _folder.Write(
            "ask.ps1",
            """
            . ./script.ps1
            foreach ($line in $args) {
                "LINE $line"
                (TabExpansion2 "ecg-recovery $line" "ecg-recovery $line".Length).CompletionMatches | ForEach-Object CompletionText
            }
            """);
        string[] lines = [.. Lines.Select(row => row.Data.Item1), "recover -", ""];
        var result = ChildProcess.RunProgram("pwsh", ["-NoProfile", "-File", ask, .. lines], _folder.Root);
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        var blocks = result.Output.ReplaceLineEndings("\n").Split("LINE ", StringSplitOptions.RemoveEmptyEntries)
            .ToDictionary(block => block.Split('\n')[0], block => block.Split('\n').Skip(1));
        foreach (var (line, expected) in Lines.Select(row => row.Data))
            AssertCompletions(line, expected, blocks[line].Select(one => one.Trim('\'')));
        var program = HelpTextTests.Program();
        Assert.Equal(program.Commands.Select(command => command.Name), blocks[""].Where(one => one.Length > 0));
        Assert.Equal(
            program.Commands.Single(command => command.Name == "recover").Options.SelectMany(option => option.Names),
            blocks["recover -"].Where(one => one.Length > 0));
    }

    // In any order; a folder is written with or without "./" before and "/" behind.
    private static void AssertCompletions(string line, string expected, IEnumerable<string> found)
    {
        var names = found.Select(one => (one.StartsWith("./", StringComparison.Ordinal) ? one[2..] : one).TrimEnd('/', '\r'))
            .Select(one => one.Replace("\\ ", " ", StringComparison.Ordinal))
            .Where(one => one.Length > 0)
            .Order(StringComparer.Ordinal);
        Assert.True(expected == string.Join(' ', names), $"{line}: {string.Join(' ', names)}; expected {expected}");
    }

    private static bool IsMissing(string shell)
    {
        if (ChildProcess.IsHere(shell))
            return false;
        TestContext.Current.AddWarning($"{shell} is not here: its completion was not tested");
        return true;
    }
}
