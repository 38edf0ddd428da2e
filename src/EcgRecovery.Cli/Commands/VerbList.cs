using System.CommandLine;

namespace EcgRecovery.Cli.Commands;

/// <summary>The list of verbs.</summary>
internal static class VerbList
{
    /// <summary>Creates the verbs in the order of the help.</summary>
    public static Command[] Create() =>
    [
        DemoCommand.Create(),
        DownloadCommand.Create(),
        PrepareCommand.Create(),
        TrainCommand.Create(),
        EvaluateCommand.Create(),
        BenchmarkCommand.Create(),
        RecoverCommand.Create(),
        InfoCommand.Create(),
        ExportCommand.Create(),
        ImportCommand.Create(),
        ConvertCommand.Create(),
        PlotCommand.Create(),
        GapsCommand.Create(),
        BeatsCommand.Create(),
        EvaluatePeaksCommand.Create(),
        CompletionCommand.Create(),
        ManCommand.Create(),
    ];
}
