using System.Text;
using System.Text.RegularExpressions;
using EcgRecovery.Evaluation.Scores;

namespace EcgRecovery.Cli.Help;

/// <summary>The help of a command as plain text, never wider than 80 columns.</summary>
internal static partial class HelpText
{
    /// <summary>The width of a line, at most.</summary>
    public const int MaximumColumns = 80;

    // Below this, texts beside names would be a word a line.
    private const int MinimumColumns = 40;

    // A longer label has its text below it: all texts begin in one column, and their lines stay readable.
    private const int MaximumLabel = 24;

    private const int Indent = 2;

    /// <summary>Returns the text.</summary>
    /// <param name="page">The command.</param>
    /// <param name="columns">The terminal's width; the text has at most <see cref="MaximumColumns"/>.</param>
    public static string Write(HelpPage page, int columns)
    {
        columns = Math.Clamp(columns, MinimumColumns, MaximumColumns);
        var text = new StringBuilder();
        Section(text, "Description", Indented(TextTable.Wrap(page.Description, columns - Indent)));
        Section(text, "Usage", Indented(TextTable.Wrap($"{page.CommandLine} {page.Operands}", columns - Indent)));
        Section(text, "Arguments", Entries(page.Arguments.Select(argument => (argument.Label, argument.Text)), columns));
        Section(text, "Options", Entries(page.Options.Select(option => (option.Label, option.Text)), columns));
        Section(text, "Commands", Entries(page.Commands.Select(command => (command.Name, $"{command.Summary}.")), columns));
        Section(text, "Examples", page.Examples.SelectMany(example => CommandLines(example, columns - Indent)).Select(line => $"  {line}"));
        return text.ToString();
    }

    /// <summary>Returns a command line in lines that a shell reads as one: all but the last end with a backslash.</summary>
    /// <param name="commandLine">The command line.</param>
    /// <param name="columns">The width of a line.</param>
    public static IReadOnlyList<string> CommandLines(string commandLine, int columns)
    {
        const string Continuation = "    ";
        if (commandLine.Length <= columns)
            return [commandLine];
        // An option and its value stay together.
        var parts = TextTable.Wrap(BeforeOption().Split(commandLine).AsEnumerable(), columns - Continuation.Length - " \\".Length);
        return [.. parts.Select((part, i) => $"{(i > 0 ? Continuation : "")}{part}{(i < parts.Count - 1 ? " \\" : "")}")];
    }

    private static void Section(StringBuilder text, string title, IEnumerable<string> lines)
    {
        var body = string.Concat(lines.Select(line => $"{line}\n"));
        if (body.Length > 0)
            text.Append($"{(text.Length > 0 ? "\n" : "")}{title}:\n{body}");
    }

    private static IEnumerable<string> Indented(IEnumerable<string> lines) => lines.Select(line => $"{new string(' ', Indent)}{line}");

    // A label and its text beside it.
    private static IEnumerable<string> Entries(IEnumerable<(string Label, string Text)> entries, int columns)
    {
        var all = entries.ToList();
        var start = Indent + all.Select(entry => entry.Label.Length).Where(length => length <= MaximumLabel).DefaultIfEmpty(0).Max() + 2;
        foreach (var (label, text) in all)
        {
            var isBeside = Indent + label.Length + 2 <= start;
            if (!isBeside)
            {
                foreach (var line in Indented(TextTable.Wrap(label, columns - Indent)))
                    yield return line;
            }

            foreach (var (i, line) in TextTable.Wrap(text, columns - start).Index())
                yield return $"{(i == 0 && isBeside ? $"  {label}" : "").PadRight(start)}{line}".TrimEnd();
        }
    }

    [GeneratedRegex(" (?=--?[a-z])")]
    private static partial Regex BeforeOption();
}
