using System.CommandLine;

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
