using System.CommandLine;
using System.CommandLine.Parsing;

namespace EcgRecovery.Cli.Hosting;

/// <summary>What is wrong with a command line, in one line that ends with where to read on.</summary>
internal static class UsageLine
{
    /// <param name="parse">A parse with errors.</param>
    public static string Describe(ParseResult parse)
    {
        var command = parse.CommandResult.Command;
        return $"{Complaint(parse, command)}{Hint(command)}";
    }

    /// <summary>As in <c>; see 'ecg-recovery train --help'</c>.</summary>
    public static string Hint(Command command)
    {
        var verb = command is RootCommand ? "" : $"{command.Name} ";
        return $"; see '{CommandHost.ProgramName} {verb}--help'";
    }

    // An unknown word is named before what is missing: it is most often the cause.
    private static string Complaint(ParseResult parse, Command command)
    {
        if (parse.UnmatchedTokens is [var unknown, ..])
        {
            if (command is RootCommand && !unknown.StartsWith('-'))
                return $"'{unknown}' is not a verb; the verbs are {string.Join(", ", command.Subcommands.Where(c => !c.Hidden).Select(c => c.Name))}";
            return unknown.StartsWith('-') ? $"{unknown} is not an option here" : $"'{unknown}' is one argument too many";
        }

        var error = parse.Errors[0];
        return Reworded(error) ?? error.Message.TrimEnd('.');
    }

    // The library's own texts name .NET types.
    private static string? Reworded(ParseError error) => error.SymbolResult switch
    {
        OptionResult { Tokens: [] } missing when missing.Implicit || missing.IdentifierToken is null => $"{missing.Option.Name} is missing",
        OptionResult { Tokens: [] } bare => $"{bare.Option.Name} needs a value",
        OptionResult { Tokens: [_, _, ..] } twice => $"{twice.Option.Name} was given more than once",
        OptionResult { Tokens: [var token] } one when error.Message.Contains("System.") =>
            $"'{token.Value}' is not {KindOf(one.Option.ValueType)} for {one.Option.Name}",
        ArgumentResult { Tokens: [] } argument => $"{argument.Argument.Name} is missing",
        _ => null,
    };

    private static string KindOf(Type type)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        if (plain == typeof(int) || plain == typeof(long) || plain == typeof(uint) || plain == typeof(ulong))
            return "a whole number in range";
        return plain == typeof(double) || plain == typeof(float) ? "a number" : "a value";
    }
}
