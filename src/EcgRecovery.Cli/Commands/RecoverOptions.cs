using System.CommandLine;
using EcgRecovery.Cli.Hosting;
using EcgRecovery.Recovery;

namespace EcgRecovery.Cli.Commands;

/// <summary>The options of <c>recover</c> that heartbeats and recordings share.</summary>
internal sealed class RecoverOptions
{
    /// <summary>The method.</summary>
    public Option<string?> Method { get; } = new("--method", "--model")
    {
        Description = $"Recordings: a method ({RecoveryMethods.Names(RecoveryMethods.ForRecords)}), {RecoveryOptions.DefaultMethod} by "
            + $"default. Heartbeats: a method ({RecoveryMethods.Names(RecoveryMethods.ForBeats)}) or a model file; it must be given.",
        HelpName = "NAME|FILE",
        CompletionSources = { RecoveryMethods.All.Select(method => method.Name).ToArray() },
    };

    /// <summary>The output.</summary>
    public Option<string?> Output { get; } = new("--output")
    {
        Description = "The file to write. Recordings: its extension chooses the format "
            + $"({string.Join(' ', RecordFormats.WrittenExtensions)}); without one it is a WFDB record. Heartbeats, OUT.csv; beside it: "
            + "OUT.mask.csv marks every filled sample with 1, OUT.provenance.json names the method and its hash, "
            + "OUT.interval.csv has the 95 % intervals, if the method has intervals.",
        HelpName = "OUT",
    };

    /// <summary>The number of threads.</summary>
    public Option<int> Threads { get; } = StandardOptions.Threads();

    /// <summary>Whether existing files are replaced.</summary>
    public Option<bool> Overwrite { get; } = StandardOptions.Overwrite();

    /// <summary>Returns the value of an option that must be given.</summary>
    /// <exception cref="UsageException">It is not given.</exception>
    public static string Require(ParseResult parse, Option<string?> option) =>
        parse.GetValue(option) ?? throw new UsageException($"{option.Name} is missing{UsageLine.Hint(parse.CommandResult.Command)}");
}
