using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace EcgRecovery.Cli.Hosting;

/// <summary>A verb of the command line, with examples for its help.</summary>
/// <param name="name">The word that is typed.</param>
/// <param name="description">A sentence or two.</param>
/// <param name="examples">Command lines without the program's name; a test parses each.</param>
internal sealed class Verb(string name, string description, params string[] examples) : Command(name, description)
{
    /// <summary>Command lines without the program's name.</summary>
    public IReadOnlyList<string> Examples { get; } = examples;
}

/// <summary>Prints System.CommandLine's help and the verb's examples below it.</summary>
internal sealed class HelpWithExamples : SynchronousCommandLineAction
{
    // System.CommandLine does not wrap redirected output.
    private const int RedirectedWidth = 100;

    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        var output = parseResult.InvocationConfiguration.Output;
        var help = new HelpAction();
        if (Console.IsOutputRedirected || output != Console.Out)
            help.MaxWidth = RedirectedWidth;
        help.Invoke(parseResult);
        if (parseResult.CommandResult.Command is Verb { Examples.Count: > 0 } verb)
        {
            output.WriteLine("Examples:");
            foreach (var example in verb.Examples)
                output.WriteLine($"  {CommandHost.ProgramName} {example}");
            output.WriteLine();
        }

        return ExitCode.Done;
    }
}
