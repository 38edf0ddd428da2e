using System.CommandLine;
using System.CommandLine.Parsing;

namespace EcgRecovery.Cli.Hosting;

/// <summary>Describes the error of a command line, in one line that ends with the command that shows the help.</summary>
internal static class UsageLine
{
    /// <param name="parse">A parse with errors.</param>
    public static string Describe(ParseResult parse)
    {
        var command = parse.CommandResult.Command;
        return $"{Complaint(parse, command)}{Hint(command)}";
    }

    /// <summary>Returns the reference to the help, as in <c>; see 'ecg-recovery train --help'</c>.</summary>
    public static string Hint(Command command) => $"; see '{CommandHost.ProgramName} {Verbs(command)}--help'";

    // "prepare heartbeats ", empty for the root.
    private static string Verbs(Command command) =>
        command is RootCommand ? "" : $"{string.Concat(command.Parents.OfType<Command>().Select(Verbs))}{command.Name} ";

    // Unknown words come first: they are most often why something else is missing.
    private static string Complaint(ParseResult parse, Command command)
    {
        if (parse.UnmatchedTokens is [var unknown, ..])
        {
            if (unknown.StartsWith('-'))
                return $"{unknown} is not an option here";
            return command.Subcommands.Count > 0 ? $"'{unknown}' is not a verb; {Known(command)}" : $"'{unknown}' is one argument too many";
        }

        if (command.Subcommands.Count > 0 && command.Action is null)
            return $"a verb is missing after {command.Name}; {Known(command)}";
        var error = parse.Errors[0];
        return Reworded(error) ?? error.Message.TrimEnd('.');
    }

    private static string Known(Command command) =>
        $"known here: {string.Join(", ", command.Subcommands.Where(c => !c.Hidden).Select(c => c.Name))}";

    // System.CommandLine's own texts name .NET types.
    private static string? Reworded(ParseError error) => error.SymbolResult switch
    {
        OptionResult { Tokens: [] } missing when missing.Implicit || missing.IdentifierToken is null => $"{missing.Option.Name} is missing",
        OptionResult { Tokens: [] } bare => $"{bare.Option.Name} needs a value",
        OptionResult { Tokens: [_, _, ..] } twice => $"{twice.Option.Name} was given more than once",
        OptionResult { Tokens: [var token] } one when error.Message.Contains("as expected type") =>
            $"'{token.Value}' is not {KindOf(one.Option.ValueType)} for {one.Option.Name}",
        ArgumentResult { Tokens: [] } argument => $"{argument.Argument.Name} is missing",
        _ => null,
    };

    private static string KindOf(Type type)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        if (plain.IsEnum)
            return $"one of {string.Join(", ", Enum.GetNames(plain)).ToLowerInvariant()}";
        if (plain == typeof(int) || plain == typeof(long) || plain == typeof(uint) || plain == typeof(ulong))
            return "a whole number in range";
        return plain == typeof(double) || plain == typeof(float) ? "a number" : "a value";
    }
}
