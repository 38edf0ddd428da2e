using System.Globalization;
using System.Text;
using EcgRecovery.Evaluation.Scores;

namespace EcgRecovery.Cli.Help;

/// <summary>The man page of the program, with all of its commands, in the macros of man(7).</summary>
/// <remarks>Sources: groff_man(7) and groff_char(7). The text is ASCII; other signs are escapes that groff and mandoc know.</remarks>
internal static class ManPage
{
    // Lines of the source, which mandoc wants to be at most 80 bytes.
    private const int Columns = 78;

    /// <summary>Returns the source of the page.</summary>
    /// <param name="program">The page of the program.</param>
    /// <param name="version">Its version.</param>
    /// <param name="date">The date in the footer.</param>
    /// <param name="exitCodes">Exit codes and what they mean.</param>
    /// <param name="variables">Environment variables and what they do.</param>
    public static string Write(
        HelpPage program,
        string version,
        DateOnly date,
        IEnumerable<(string Code, string Meaning)> exitCodes,
        IEnumerable<(string Name, string Meaning)> variables)
    {
        var text = new StringBuilder();
        var name = program.Program;
        var day = date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        text.Append($".TH {Escape(name.ToUpperInvariant())} 1 {day} \"{Escape($"{name} {version}")}\" \"User Commands\"\n");
        // Neither hyphens in words nor spaces to fill lines: names are copied from here.
        text.Append(".nh\n.ad l\n");
        text.Append($".SH NAME\n{Escape(name)} \\- {Escape($"{char.ToLowerInvariant(program.Summary[0])}{program.Summary[1..]}")}\n");
        text.Append(".SH SYNOPSIS\n");
        text.AppendJoin(".br\n", Leaves(program).Select(page => $"{Usage(page)}\n"));
        text.Append(".SH DESCRIPTION\n");
        Paragraph(text, program.Description);
        text.Append(".SH OPTIONS\n");
        Entries(text, program.Options.Select(option => (Label(option), option.Text)));
        text.Append(".SH COMMANDS\n");
        foreach (var page in Leaves(program))
            Command(text, page);
        text.Append(".SH EXIT STATUS\n");
        Entries(text, exitCodes.Select(code => ($".B {Escape(code.Code)}", code.Meaning)));
        text.Append(".SH ENVIRONMENT\n");
        Entries(text, variables.Select(variable => ($".B {Escape(variable.Name)}", variable.Meaning)));
        return text.ToString();
    }

    private static IEnumerable<HelpPage> Leaves(HelpPage program) => program.All().Where(page => page.Commands.Count == 0);

    private static void Command(StringBuilder text, HelpPage page)
    {
        text.Append($".SS {Escape(page.Path)}\n");
        text.Append($"{Usage(page)}\n.PP\n");
        Paragraph(text, page.Description);
        Entries(text, page.Arguments.Concat(page.Options).Select(parameter => (Label(parameter), parameter.Text)));
        if (page.Examples.Count == 0)
            return;
        text.Append(".PP\nExamples:\n.PP\n.RS 4\n.nf\n");
        foreach (var line in page.Examples.SelectMany(example => HelpText.CommandLines(example, HelpText.MaximumColumns - 12)))
            text.Append($"{Escape(line)}\n");
        text.Append(".fi\n.RE\n");
    }

    private static string Usage(HelpPage page) => $".B {Escape(page.CommandLine)}\n{Escape(page.Operands)}";

    private static string Label(HelpParameter parameter)
    {
        var names = string.Join(", ", parameter.Names.Select(name => $"\\fB{Escape(name)}\\fR"));
        var value = parameter.Value is { Name: var of } ? $"\\fI{Escape($"<{of}>")}\\fR" : "";
        return $"{names} {value}".Trim();
    }

    private static void Entries(StringBuilder text, IEnumerable<(string Label, string Text)> entries)
    {
        foreach (var (label, meaning) in entries)
        {
            text.Append($".TP\n{label}\n");
            Paragraph(text, meaning);
        }
    }

    private static void Paragraph(StringBuilder text, string paragraph)
    {
        foreach (var line in TextTable.Wrap(Escape(paragraph), Columns))
            text.Append(line[0] is '.' or '\'' ? $"\\&{line}\n" : $"{line}\n");
    }

    private static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            escaped.Append(rune.Value switch
            {
                '\\' => "\\e",
                '-' => "\\-", // a hyphen could become a typographic one, which no shell knows
                '\'' => "\\(aq",
                '`' => "\\(ga",
                '^' => "\\(ha",
                '~' => "\\(ti",
                '"' => "\\(dq",
                > 126 => $"\\[u{rune.Value:X4}]",
                _ => rune.ToString(),
            });
        }

        return escaped.ToString();
    }
}
