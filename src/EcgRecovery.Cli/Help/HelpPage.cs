namespace EcgRecovery.Cli.Help;

/// <summary>The texts of one command. Its help, its part of the man page and its completion in shells are written from them.</summary>
internal sealed record HelpPage
{
    /// <summary>The program's name, then the words of the command, as in <c>ecg-recovery prepare heartbeats</c>.</summary>
    public required string CommandLine { get; init; }

    /// <summary>A sentence or more.</summary>
    public required string Description { get; init; }

    /// <summary>The arguments, in the order of the command line.</summary>
    public IReadOnlyList<HelpParameter> Arguments { get; init; } = [];

    /// <summary>The options.</summary>
    public IReadOnlyList<HelpParameter> Options { get; init; } = [];

    /// <summary>The commands below this one.</summary>
    public IReadOnlyList<HelpPage> Commands { get; init; } = [];

    /// <summary>Whole command lines, with the program's name.</summary>
    public IReadOnlyList<string> Examples { get; init; } = [];

    /// <summary>The program's name.</summary>
    public string Program => CommandLine.Split(' ')[0];

    /// <summary>The words of the command without the program's name, as in <c>prepare heartbeats</c>; empty for the program.</summary>
    public string Path => CommandLine[Program.Length..].TrimStart();

    /// <summary>The last word.</summary>
    public string Name => CommandLine.Split(' ')[^1];

    /// <summary>The first sentence of the description, without its full stop.</summary>
    public string Summary => FirstSentence(Description);

    /// <summary>What follows the command on a command line, as in <c>&lt;IN&gt; &lt;OUT&gt; [options]</c>.</summary>
    public string Operands
    {
        get
        {
            var operands = Commands.Count > 0 ? "[command] [options]" : "[options]";
            return string.Join(' ', Arguments.Select(argument => argument.Label).Append(operands));
        }
    }

    /// <summary>Returns the page and all pages below it, each before those below it.</summary>
    public IEnumerable<HelpPage> All() => [this, .. Commands.SelectMany(command => command.All())];

    /// <summary>Returns the first sentence of a text, without its full stop.</summary>
    public static string FirstSentence(string text)
    {
        // A stop inside a sentence, as in ".hea", has no space behind it.
        var end = text.IndexOf(". ", StringComparison.Ordinal);
        return (end < 0 ? text : text[..end]).TrimEnd('.');
    }
}
