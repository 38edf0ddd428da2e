using EcgRecovery.Cli.Help;

namespace EcgRecovery.Cli.Tests.Help;

public sealed class ManPageTests : IDisposable
{
    private static readonly DateOnly s_day = new(2026, 2, 3);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_source_is_ascii_and_its_signs_are_those_of_the_text()
    {
        var page = new HelpPage
        {
            CommandLine = "a-tool",
            Description = "Does \"it\". 64 → 32, ~ 5 µV.",
            Options = [new HelpParameter { Names = ["-h", "--help"], Description = @".hea or '\t' or `x`." }],
            Commands =
            [
                new HelpPage
                {
                    CommandLine = "a-tool act",
                    Description = "Acts.",
                    Arguments = [new HelpParameter { Value = new HelpValue("IN", [], HelpFiles.Files), Description = "The input." }],
                    Examples = ["a-tool act in"],
                },
            ],
        };
        Assert.Equal(
            """
            .TH A\-TOOL 1 2026-02-03 "a\-tool 1.2.3" "User Commands"
            .nh
            .ad l
            .SH NAME
            a\-tool \- does \(dqit\(dq
            .SH SYNOPSIS
            .B a\-tool act
            <IN> [options]
            .SH DESCRIPTION
            Does \(dqit\(dq. 64 \[u2192] 32, \(ti 5 \[u00B5]V.
            .SH OPTIONS
            .TP
            \fB\-h\fR, \fB\-\-help\fR
            \&.hea or \(aq\et\(aq or \(gax\(ga.
            .SH COMMANDS
            .SS act
            .B a\-tool act
            <IN> [options]
            .PP
            Acts.
            .TP
            \fI<IN>\fR
            The input.
            .PP
            Examples:
            .PP
            .RS 4
            .nf
            a\-tool act in
            .fi
            .RE
            .SH EXIT STATUS
            .TP
            .B 0
            done
            .SH ENVIRONMENT
            .TP
            .B COLUMNS
            The width.

            """,
            ManPage.Write(page, "1.2.3", s_day, [("0", "done")], [("COLUMNS", "The width.")]));
    }

    [Fact]
    public void The_tools_page_has_all_that_its_help_has()
    {
        var source = InProcess.Run("man").Output;
        Assert.All(source.Split('\n'), line => Assert.True(line.Length <= 80 && line.All(char.IsAscii), line));
        var text = Plain(source);
        foreach (var page in HelpTextTests.Pages())
        {
            string[] texts =
            [
                .. page.Commands.Count > 0 ? Array.Empty<string>() : [page.CommandLine, page.Description, .. page.Examples],
                .. page.Arguments.Concat(page.Options).SelectMany(parameter => new[] { parameter.Label, parameter.Text }),
            ];
            Assert.All(texts, part => Assert.Contains(Squeezed(part), text));
        }
    }

    [Fact]
    public void Groff_and_mandoc_find_nothing_to_warn_of()
    {
        var file = _folder.Write("ecg-recovery.1", InProcess.Run("man").Output);
        (string Program, string[] Args)[] readers = [("groff", ["-man", "-Tutf8", "-ww", file]), ("mandoc", ["-Tlint", file])];
        foreach (var (program, args) in readers)
        {
            if (!ChildProcess.IsHere(program))
            {
                TestContext.Current.AddWarning($"{program} is not here: it did not read the man page");
                continue;
            }

            var result = ChildProcess.RunProgram(program, args, _folder.Root);
            Assert.Equal((0, ""), (result.ExitCode, result.Error));
            Assert.True(program != "mandoc" || result.Output.Length == 0, result.Output);
        }
    }

    // Text without fonts, escapes and lines; a request takes a line of its own.
    private static string Plain(string source)
    {
        var text = string.Join('\n', source.Split('\n').Where(line => !IsRequest(line)).Select(line => line.Replace(".B ", "")));
        foreach (var (escape, sign) in new[]
        {
            ("\\fB", ""), ("\\fI", ""), ("\\fR", ""), ("\\&", ""), ("\\-", "-"), ("\\(aq", "'"), ("\\(ga", "`"), ("\\(ha", "^"),
            ("\\(ti", "~"), ("\\(dq", "\""), ("\\e", "\\"), (" \\\n", " "),
        })
        {
            text = text.Replace(escape, sign, StringComparison.Ordinal);
        }

        return Squeezed(text);
    }

    private static bool IsRequest(string line) => line.StartsWith('.') && !line.StartsWith(".B ", StringComparison.Ordinal);

    // Signs outside ASCII as in the source; one space between words.
    private static string Squeezed(string text) => string.Join(
        ' ',
        string.Concat(text.EnumerateRunes().Select(rune => rune.IsAscii ? rune.ToString() : $"\\[u{rune.Value:X4}]"))
            .Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries));
}
