using System.CommandLine;
using System.CommandLine.Invocation;
using EcgRecovery.Cli.Help;

namespace EcgRecovery.Cli.Hosting;

/// <summary>Prints the help of a command, in 80 columns or those of a narrower terminal.</summary>
internal sealed class PrintHelp : SynchronousCommandLineAction
{
    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        var output = parseResult.InvocationConfiguration.Output;
        var columns = output == Console.Out ? Terminal.TextColumns : HelpText.MaximumColumns;
        output.WriteLine(HelpText.Write(HelpPages.Of(parseResult.CommandResult.Command), columns));
        return ExitCode.Done;
    }
}
