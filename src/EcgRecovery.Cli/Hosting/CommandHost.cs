using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using System.Text;
using EcgRecovery.Formats.Files;

namespace EcgRecovery.Cli.Hosting;

/// <summary>Creates, parses and runs the root command; turns every exception into one line and an exit code.</summary>
internal static class CommandHost
{
    /// <summary>The program's name on the command line.</summary>
    public const string ProgramName = "ecg-recovery";

    /// <summary>Parses and runs a command line on the process's own streams and signals; returns the exit code.</summary>
    public static int Run(IEnumerable<Command> verbs, string[] args)
    {
        // UTF-8, because texts hold σ, µ and names. The console's own stream ignores a closed pipe, so `| head` is no error.
        var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        Console.OutputEncoding = utf8;
        Console.SetOut(new StreamWriter(new NamedOutputStream(Console.OpenStandardOutput(), "stdout"), utf8) { AutoFlush = true });
        using var signals = new CancelSignals();
        return Run(verbs, args, Console.Out, Console.Error, signals.Token);
    }

    /// <summary>Parses and runs a command line on the given streams; returns the exit code.</summary>
    public static int Run(
        IEnumerable<Command> verbs, string[] args, TextWriter output, TextWriter error, CancellationToken cancellationToken = default)
    {
        try
        {
            var parse = Parse(CreateRoot(verbs), args);
            if (parse.Action is ParseErrorAction)
                throw new UsageException(UsageLine.Describe(parse));
            // No verb takes an empty argument, and .NET's file methods would throw an ArgumentException for it.
            if (parse.Tokens.Any(token => token.Type == TokenType.Argument && string.IsNullOrWhiteSpace(token.Value)))
                throw new UsageException($"an argument is empty{UsageLine.Hint(parse.CommandResult.Command)}");
            var configuration = new InvocationConfiguration
            {
                Output = output,
                Error = error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null, // CancelSignals handles the signals
            };
            var code = parse.InvokeAsync(configuration, cancellationToken).GetAwaiter().GetResult();
            output.Flush();
            return code;
        }
        catch (Exception exception)
        {
            return ErrorLine.Write(exception, error);
        }
    }

    /// <summary>Creates the root command with the given verbs.</summary>
    public static RootCommand CreateRoot(IEnumerable<Command> verbs)
    {
        var root = new RootCommand("Recovers lost segments of electrocardiograms. Not for diagnosis.") { HelpName = ProgramName };
        root.Directives.Clear();
        foreach (var verb in verbs)
            root.Subcommands.Add(verb);
        root.SetAction(RefuseNoVerb);
        root.Options.OfType<HelpOption>().Single().Action = new PrintHelp();
        root.Options.OfType<VersionOption>().Single().Action = new PrintVersion();
        return root;

        int RefuseNoVerb(ParseResult parse) => throw new UsageException($"a verb is missing{UsageLine.Hint(root)}");
    }

    /// <summary>Parses a command line without running it.</summary>
    /// <remarks>An argument <c>@name</c> is the name of a file, not a file of further arguments.</remarks>
    public static ParseResult Parse(RootCommand root, IReadOnlyList<string> args) =>
        root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null, EnablePosixBundling = false });

    /// <summary>The tool's version, as in <c>0.1.0</c>.</summary>
    public static string Version => typeof(CommandHost).Assembly.GetName().Version!.ToString(fieldCount: 3);

    private sealed class PrintVersion : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            parseResult.InvocationConfiguration.Output.WriteLine($"{ProgramName} {Version}");
            return ExitCode.Done;
        }
    }
}
