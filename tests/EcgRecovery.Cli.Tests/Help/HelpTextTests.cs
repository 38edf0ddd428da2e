using EcgRecovery.Cli.Commands;
using EcgRecovery.Cli.Help;
using EcgRecovery.Cli.Hosting;

namespace EcgRecovery.Cli.Tests.Help;

public class HelpTextTests
{
    private static readonly HelpPage s_small = new()
    {
        CommandLine = "tool act",
        Description = "Acts on the beats of a recording that is long enough to be acted on, and writes what it did. Twice.",
        Arguments = [new HelpParameter { Value = new HelpValue("IN", [], HelpFiles.Files), Description = "The input." }],
        Options =
        [
            new HelpParameter
            {
                Names = ["-m", "--method"],
                Value = new HelpValue("a|b", ["a", "b"], HelpFiles.None),
                Description = "The method that acts, by its name, which is one of two.",
                IsRequired = true,
                Default = "a",
            },
            new HelpParameter { Names = ["--quite-a-long-name-of-a-switch"], Description = "Is below." },
        ],
        Commands = [new HelpPage { CommandLine = "tool act now", Description = "Acts (as .edf). At once." }],
        Examples = ["tool act in", "tool act input --method a --quite-a-long-name-of-a-switch -m b"],
    };

    public static TheoryData<string> Commands => [.. Pages().Select(page => page.Path)];

    [Fact]
    public void Texts_stand_beside_their_names_and_below_long_ones() => Assert.Equal(
        """
        Description:
          Acts on the beats of a recording that is long enough to be
          acted on, and writes what it did. Twice.

        Usage:
          tool act <IN> [command] [options]

        Arguments:
          <IN>  The input.

        Options:
          -m, --method <a|b>  The method that acts, by its name, which
                              is one of two. [required] [default: a]
          --quite-a-long-name-of-a-switch
                              Is below.

        Commands:
          now  Acts (as .edf).

        Examples:
          tool act in
          tool act input --method a \
              --quite-a-long-name-of-a-switch -m b

        """,
        HelpText.Write(s_small, 62));

    [Theory]
    [MemberData(nameof(Commands))]
    public void The_help_of_every_command_fits_80_columns_and_those_of_a_narrower_terminal(string path)
    {
        var page = Pages().Single(page => page.Path == path);
        foreach (var columns in new[] { 60, 80, 200 })
        {
            var lines = HelpText.Write(page, columns).Split('\n');
            Assert.All(lines, line => Assert.True(line.Length <= Math.Min(columns, 80), $"{columns}: {line}"));
            Assert.All(lines, line => Assert.Equal(line.TrimEnd(), line));
        }

        string[] words = path.Length == 0 ? [] : path.Split(' ');
        Assert.Equal(HelpText.Write(page, 80), InProcess.Run([.. words, "--help"]).Output[..^1]);
    }

    [Fact]
    public void The_help_has_80_columns_on_a_wide_terminal_and_where_it_is_redirected()
    {
        var wide = ChildProcess.Bash("COLUMNS=200 \"$@\"", "benchmark", "--help").Output;
        Assert.Equal(InProcess.Run("benchmark", "--help").Output, wide);
        Assert.InRange(wide.Split('\n').Max(line => line.Length), 70, 80);
        Assert.InRange(ChildProcess.Bash("COLUMNS=60 \"$@\"", "benchmark", "--help").Output.Split('\n').Max(line => line.Length), 50, 60);
    }

    [Fact]
    public void A_long_example_goes_on_before_an_option_as_shells_read_it()
    {
        foreach (var example in Pages().SelectMany(page => page.Examples))
        {
            var lines = HelpText.CommandLines(example, 60);
            Assert.All(lines, line => Assert.True(line.Length <= 60, line));
            Assert.All(lines.Skip(1), line => Assert.StartsWith("    --", line));
            Assert.Equal(example, string.Join('\n', lines).Replace(" \\\n    ", " ", StringComparison.Ordinal));
        }
    }

    internal static IEnumerable<HelpPage> Pages() => Program().All();

    internal static HelpPage Program() => HelpPages.Of(CommandHost.CreateRoot(VerbList.Create()));
}
