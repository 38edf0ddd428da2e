using System.CommandLine;
using EcgRecovery.Cli.Help;
using EcgRecovery.Cli.Hosting;
using EcgRecovery.Cli.Tests.Help;

namespace EcgRecovery.Cli.Tests.Hosting;

public class HelpPagesTests
{
    // Names of values that are neither listed nor files: numbers, times, names in a file.
    private static readonly string[] s_free =
    [
        "C", "DB,…", "HZ", "N", "N|NAME|all", "NAME", "NAME=DIR", "NAME|N", "ROWS", "S", "SAMPLES", "SECONDS", "SECONDS,…", "START..END",
        "TIME", "UNIT", "URL",
    ];

    private enum Pace
    {
        Fast,
        Slow,
    }

    [Fact]
    public void A_page_has_what_the_command_has()
    {
        var method = new Option<string[]>("--method", "--model", "-m")
        {
            Description = "The method.",
            HelpName = "NAME|FILE",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => ["a", "b"],
            CompletionSources = { "a", "b" },
        };
        var act = new Verb("act", "Acts.", "act in.csv")
        {
            new Argument<string>("IN") { Description = "The input." },
            method,
            new Option<Pace>("--pace") { DefaultValueFactory = _ => Pace.Slow },
            new Option<string>("--report") { HelpName = "DIR", Required = true },
            new Option<double>("--share") { DefaultValueFactory = _ => 0.5 },
            new Option<bool>("--quick"),
            new Option<int>("--secret") { Hidden = true },
            StandardOptions.Threads(),
        };
        var page = Assert.Single(HelpPages.Of(CommandHost.CreateRoot([new Command("group", "Groups.") { act }])).Commands[0].Commands);
        Assert.Equal(("ecg-recovery group act", "group act", "act"), (page.CommandLine, page.Path, page.Name));
        Assert.Equal(("<IN> [options]", "ecg-recovery act in.csv"), (page.Operands, Assert.Single(page.Examples)));
        Assert.Equal(
            [
                "-m, --method, --model <NAME|FILE>: The method. [default: a, b]",
                "--pace <fast|slow>: [default: slow]",
                "--report <DIR>: [required]",
                "--share <share>: [default: 0.5]",
                "--quick: ",
                "--threads <N>: Worker threads; the result does not depend on them. By default as many as the processor runs, at most 64.",
                "-h, --help: Show help and usage information",
            ],
            page.Options.Select(option => $"{option.Label}: {option.Text}"));
        var value = page.Options[0].Value!;
        Assert.Equal((HelpFiles.Files, true, true), (value.Files, value.IsRepeatable, value.TakesSeveral));
        Assert.Equal(["a", "b"], value.Choices);
        Assert.Equal(["fast", "slow"], page.Options[1].Value!.Choices);
        Assert.Equal(HelpFiles.Folders, page.Options[2].Value!.Files);
        Assert.Equal(HelpFiles.Files, page.Arguments[0].Value!.Files);
    }

    [Theory]
    [InlineData("FILE", nameof(HelpFiles.Files))]
    [InlineData("FILE|START..END,…", nameof(HelpFiles.Files))]
    [InlineData("model.safetensors", nameof(HelpFiles.Files))]
    [InlineData("FILE.svg|.html", nameof(HelpFiles.Files))]
    [InlineData("OUT", nameof(HelpFiles.Files))]
    [InlineData("DIR", nameof(HelpFiles.Folders))]
    [InlineData("NAME=DIR", nameof(HelpFiles.None))]
    [InlineData("START..END", nameof(HelpFiles.None))]
    public void A_values_name_tells_whether_it_is_a_file(string name, string expected)
    {
        var act = new Command("act") { new Option<string>("--value") { HelpName = name } };
        var page = Assert.Single(HelpPages.Of(CommandHost.CreateRoot([act])).Commands);
        Assert.Equal(expected, page.Options[0].Value!.Files.ToString());
    }

    // A new option whose values a shell could complete is not forgotten.
    [Fact]
    public void Every_value_of_the_tool_is_listed_or_a_file_or_known_to_be_neither()
    {
        var values = HelpTextTests.Pages().SelectMany(page => page.Options.Concat(page.Arguments)).Select(parameter => parameter.Value)
            .OfType<HelpValue>()
            .Where(value => value is { Choices.Count: 0, Files: HelpFiles.None })
            .Select(value => value.Name)
            .ToHashSet();
        Assert.Equal(s_free.Order(StringComparer.Ordinal), values.Order(StringComparer.Ordinal));
    }
}
