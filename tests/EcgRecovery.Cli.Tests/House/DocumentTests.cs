using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using EcgRecovery.Cli.Commands;
using EcgRecovery.Cli.Hosting;

namespace EcgRecovery.Cli.Tests.House;

/// <summary>Documents cannot lie: their commands parse, their C# compiles, their links lead somewhere.</summary>
public partial class DocumentTests
{
    private const string RunFromSource = "dotnet run -c Release --project src/EcgRecovery.Cli --";

    private static readonly string[] s_readmeCommands = [$"{RunFromSource} demo", "dotnet test"];

    public static TheoryData<string> Documents =>
        [
            .. Directory.EnumerateFiles(Checkout.Root, "*.md").Select(path => Path.GetFileName(path)),
            .. SourceTree.Files("docs").Where(path => path.EndsWith(".md", StringComparison.Ordinal)),
            .. SourceTree.Files("src").Where(path => path.EndsWith("/PACKAGE.md", StringComparison.Ordinal)),
        ];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Every_command_of_a_document_is_one_that_the_tool_understands(string document)
    {
        foreach (var command in Commands(Read(document)))
            Assert.True(Errors(command).Count == 0, $"{document}: {command}: {string.Join(' ', Errors(command))}");
    }

    [Theory]
    [InlineData("    ecg-recovery recover broken.csv --beats --model linear --output out.csv")]
    [InlineData("see `prepare heartbeats --records mitdb --output heartbeats`.")]
    [InlineData($"```\n{RunFromSource} info m.safetensors\n```")]
    public void A_command_of_a_document_is_found_and_understood(string text) => Assert.Empty(Errors(Assert.Single(Commands(text))));

    [Theory]
    [InlineData("    ecg-recovery recover broken.csv --beats --model linear --ouput out.csv")]
    [InlineData("`evaluate --mode all --data x.csv`")]
    [InlineData("`ecg-recovery prepare beats --records mitdb --output heartbeats`")]
    public void A_wrong_command_of_a_document_would_be_found(string text) => Assert.NotEmpty(Errors(Assert.Single(Commands(text))));

    [Fact]
    public void The_readme_and_the_command_page_hold_commands()
    {
        Assert.True(Commands(Read("README.md")).Count >= 5);
        Assert.True(Commands(Read("docs/command-line.md")).Count >= 10);
    }

    [Fact]
    public void The_readmes_two_commands_are_those_of_ci()
    {
        var ci = File.ReadAllLines(Checkout.PathOf(".ci", "run"));
        Assert.Contains($"```\n{string.Join('\n', s_readmeCommands)}\n```", Read("README.md"));
        foreach (var command in s_readmeCommands)
            Assert.Contains(ci, line => line.StartsWith(command, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void The_csharp_of_a_document_is_compiled(string document)
    {
        var regions = Region().Matches(Read("tests/EcgRecovery.Cli.Tests/House/DocumentSnippets.cs"))
            .Select(match => match.Groups["code"].Value.Replace("\n        ", "\n", StringComparison.Ordinal).Trim())
            .ToList();
        Assert.NotEmpty(regions);
        foreach (Match block in CSharpBlock().Matches(Read(document)))
            Assert.Contains(block.Groups["code"].Value.Trim(), regions);
    }

    // They stand beside `#:project`, in a block that no compiler reads.
    [Fact]
    public void The_namespaces_that_the_readme_lists_are_those_of_its_csharp()
    {
        var snippets = Read("tests/EcgRecovery.Cli.Tests/House/DocumentSnippets.cs");
        var listed = Using().Matches(Read("README.md")).Select(match => match.Value).ToList();
        Assert.Contains("using EcgRecovery;", listed); // the snippets lie inside this one
        Assert.All(listed.Skip(1), line => Assert.Contains($"{line}\n", snippets));
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void Links_inside_the_repository_lead_somewhere(string document)
    {
        var folder = Path.GetDirectoryName(Checkout.PathOf(document))!;
        foreach (var target in Link().Matches(Read(document)).Select(match => match.Groups["target"].Value))
            Assert.True(Path.Exists(Path.Combine(folder, target)), $"{document} links to {target}");
    }

    [Fact]
    public void Every_name_of_the_glossary_stands_in_the_code()
    {
        var code = string.Concat(SourceTree.Sources().Select(file => file.Text));
        var names = GlossaryName().Matches(Read("GLOSSARY.md")).Select(match => match.Groups["name"].Value).ToList();
        Assert.True(names.Count > 15, $"found {names.Count} names");
        Assert.All(names, name => Assert.All(name.Split('.'), part => Assert.Matches($@"\b{part}\b", code)));
    }

    [Fact]
    public void Every_verb_has_its_section_and_every_option_is_told_there()
    {
        var sections = Section().Matches(Read("docs/command-line.md"))
            .ToDictionary(match => match.Groups["verb"].Value, match => match.Groups["text"].Value);
        Assert.Equal(Verbs().Select(verb => verb.Path).Order(StringComparer.Ordinal), sections.Keys.Order(StringComparer.Ordinal));
        foreach (var (path, verb) in Verbs())
        {
            var told = OptionName().Matches(sections[path]).Select(match => match.Value).Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal);
            var names = verb.Options.SelectMany(option => option.Aliases.Append(option.Name))
                .Where(name => name.StartsWith("--", StringComparison.Ordinal));
            Assert.Equal(names.Order(StringComparer.Ordinal), told);
        }
    }

    [Fact]
    public void Every_verb_shows_examples_that_it_understands()
    {
        foreach (var (path, command) in Verbs())
        {
            var verb = Assert.IsType<Verb>(command);
            Assert.NotEmpty(verb.Examples);
            Assert.All(verb.Examples, example => Assert.StartsWith(path, example));
            Assert.All(verb.Examples, example => Assert.Empty(Errors(example)));
            Assert.All(
                verb.Options,
                option => Assert.False(string.IsNullOrWhiteSpace(option.Description), $"{path} {option.Name} has no description"));
        }
    }

    [Fact]
    public void Every_exit_code_is_told()
    {
        var codes = typeof(ExitCode).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (int)field.GetRawConstantValue()!)
            .Order();
        Assert.Equal(codes, ExitCode.Meanings.Select(code => code.Code));
        var told = ExitCodeRow().Matches(Read("docs/command-line.md").Replace("`", "", StringComparison.Ordinal))
            .Select(match => (int.Parse(match.Groups["code"].Value, CultureInfo.InvariantCulture), match.Groups["meaning"].Value));
        Assert.Equal(ExitCode.Meanings, told);
    }

    [Fact]
    public void Every_environment_variable_is_told()
    {
        var text = Read("docs/command-line.md");
        Assert.All(EnvironmentVariables.All, variable => Assert.Contains($"`{variable.Name}", text));
    }

    private static string Read(string document) => File.ReadAllText(Checkout.PathOf(document));

    /// <summary>Command lines without the program's name: of code blocks and of inline code.</summary>
    private static List<string> Commands(string text)
    {
        var verbs = string.Join('|', Verbs().Select(verb => Regex.Escape(verb.Path)));
        var bare = new Regex($"^(?:{verbs}) .*--", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
        return
        [
            .. CodeLine().Matches(Continuation().Replace(text, "")).Select(match => match.Groups["code"].Value.Trim())
                .Select(code => code.Replace(RunFromSource, CommandHost.ProgramName, StringComparison.Ordinal))
                .Select(code => bare.IsMatch(code) ? $"{CommandHost.ProgramName} {code}" : code)
                .Where(code => code.StartsWith($"{CommandHost.ProgramName} ", StringComparison.Ordinal))
                .Where(code => !code.Contains("VERB", StringComparison.Ordinal))
                .Where(code => !OptionOfVerb().IsMatch(code))
                .Select(code => Redirection().Replace(code, ""))
                .Select(code => code[(CommandHost.ProgramName.Length + 1)..]),
        ];
    }

    private static IReadOnlyList<ParseError> Errors(string command) =>
        CommandHost.Parse(CommandHost.CreateRoot(VerbList.Create()), [.. CommandLineParser.SplitCommandLine(command)]).Errors;

    private static IEnumerable<(string Path, Command Verb)> Verbs() => VerbList.Create().SelectMany(verb => Leaves(verb.Name, verb));

    private static IEnumerable<(string Path, Command Verb)> Leaves(string path, Command command) =>
        command.Subcommands.Count == 0 ? [(path, command)] : command.Subcommands.SelectMany(child => Leaves($"{path} {child.Name}", child));

    // A backslash continues a command on the next line, as in a shell.
    [GeneratedRegex(@"\\\n\s+")]
    private static partial Regex Continuation();

    // A line of a fenced or indented block, or inline code. The indent is optional: prose does not begin with the program's name.
    [GeneratedRegex(@"^(?: {4})?(?<code>(?:ecg-recovery|dotnet run) [^`\n]*)$|`(?<code>[^`\n]+)`", RegexOptions.Multiline)]
    private static partial Regex CodeLine();

    // What follows is for the shell.
    [GeneratedRegex(@" (\||>>?) .*$", RegexOptions.ExplicitCapture)]
    private static partial Regex Redirection();

    // The mention of an option, as in `recover --method`, is no command.
    [GeneratedRegex(@"^ecg-recovery [a-z-]+( heartbeats)? --[a-z-]+$", RegexOptions.ExplicitCapture)]
    private static partial Regex OptionOfVerb();

    [GeneratedRegex(@"#region [^\n]*\n(?<code>.*?)\n\s*#endregion", RegexOptions.Singleline)]
    private static partial Regex Region();

    [GeneratedRegex(@"```csharp\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex CSharpBlock();

    [GeneratedRegex(@"^using [\w.]+;", RegexOptions.Multiline)]
    private static partial Regex Using();

    [GeneratedRegex(@"\]\((?<target>[^)#:]+)(?:#[^)]*)?\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^## `(?<verb>[^`]+)`\n(?<text>.*?)(?=^## |\z)", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Section();

    [GeneratedRegex(@"(?<![\w-])--[a-z][a-z-]*")]
    private static partial Regex OptionName();

    // The last column's code that is a name of C#, such as `EcgLead`, or `RecoveredBeats.IsFilled`.
    [GeneratedRegex(@"`(?<name>[A-Z][\w.]*)`(?=[^|\n]*\|$)", RegexOptions.Multiline)]
    private static partial Regex GlossaryName();

    [GeneratedRegex(@"^\| (?<code>\d+) \| (?<meaning>[^|]+) \|$", RegexOptions.Multiline)]
    private static partial Regex ExitCodeRow();
}
