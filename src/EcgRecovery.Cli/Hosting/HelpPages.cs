using System.Collections;
using System.CommandLine;
using System.CommandLine.Completions;
using System.Globalization;
using System.Text.RegularExpressions;
using EcgRecovery.Cli.Help;

namespace EcgRecovery.Cli.Hosting;

/// <summary>Reads the texts of commands from System.CommandLine's model, so that help, man page and completion have one source.</summary>
internal static partial class HelpPages
{
    // Names of values that are files; a name with an extension, as in TRAIN.csv, is one too.
    private static readonly string[] s_files = ["FILE", "IN", "OUT"];

    /// <summary>Returns the page of a command, with those of the commands below it.</summary>
    public static HelpPage Of(Command command) => new()
    {
        CommandLine = CommandLine(command),
        Description = command.Description ?? "",
        Arguments = [.. command.Arguments.Where(argument => !argument.Hidden).Select(Argument)],
        Options = [.. OptionsOf(command).Where(option => !option.Hidden).Select(Option)],
        Commands = [.. command.Subcommands.Where(child => !child.Hidden).Select(Of)],
        Examples = command is Verb verb ? [.. verb.Examples.Select(example => $"{CommandHost.ProgramName} {example}")] : [],
    };

    private static string CommandLine(Command command) =>
        command is RootCommand ? CommandHost.ProgramName : $"{Parents(command).Select(CommandLine).Single()} {command.Name}";

    private static IEnumerable<Command> Parents(Command command) => command.Parents.OfType<Command>();

    // Those of a parent too where it shares them, as --help.
    private static IEnumerable<Option> OptionsOf(Command command) =>
        command.Options.Concat(Parents(command).SelectMany(OptionsOf).Where(option => option.Recursive));

    private static HelpParameter Argument(Argument argument)
    {
        var choices = Choices(argument);
        var value = new HelpValue(argument.Name, choices, choices.Count > 0 ? FilesOf(argument.Name) : HelpFiles.Files);
        return new HelpParameter { Value = value, Description = argument.Description ?? "" };
    }

    private static HelpParameter Option(Option option)
    {
        // "-?", "/?" and "/h" are understood, for those who type them from habit; they need no mention, and "?" is a wildcard in shells.
        var names = option.Aliases.Prepend(option.Name).Where(name => name[0] == '-' && name != "-?").Distinct(StringComparer.Ordinal);
        var isSwitch = option.ValueType == typeof(bool) || option.ValueType == typeof(void);
        return new HelpParameter
        {
            Names = [.. names.OrderBy(name => name.StartsWith("--", StringComparison.Ordinal))],
            Value = isSwitch ? null : ValueOf(option),
            Description = option.Description ?? "",
            IsRequired = option.Required,
            Default = isSwitch || !option.HasDefaultValue || option is ThreadsOption ? "" : DefaultText(option.GetDefaultValue()),
        };
    }

    private static HelpValue ValueOf(Option option)
    {
        var choices = Choices(option);
        var name = option.HelpName ?? (choices.Count > 0 ? string.Join('|', choices) : option.Name.TrimStart('-'));
        return new HelpValue(
            name,
            choices,
            FilesOf(name),
            IsRepeatable: option.Arity.MaximumNumberOfValues > 1,
            TakesSeveral: option.AllowMultipleArgumentsPerToken);
    }

    private static IReadOnlyList<string> Choices(Symbol symbol)
    {
        var labels = symbol.GetCompletions(CompletionContext.Empty).Select(item => item.Label);
        // System.CommandLine takes the names of an enum in any case; they are lower-case in documents.
        var isEnum = symbol is Option option && (Nullable.GetUnderlyingType(option.ValueType) ?? option.ValueType).IsEnum;
        return [.. isEnum ? labels.Select(label => label.ToLowerInvariant()) : labels];
    }

    private static HelpFiles FilesOf(string valueName)
    {
        var names = valueName.Split('|');
        return names.Contains("DIR") ? HelpFiles.Folders
            : names.Any(name => s_files.Contains(name) || FileName().IsMatch(name)) ? HelpFiles.Files
            : HelpFiles.None;
    }

    private static string DefaultText(object? value) => value switch
    {
        null => "",
        string text => text,
        Enum choice => choice.ToString().ToLowerInvariant(),
        IEnumerable items => string.Join(", ", items.Cast<object?>().Select(DefaultText)),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    [GeneratedRegex(@"^\w+\.[a-z]+$")]
    private static partial Regex FileName();
}
