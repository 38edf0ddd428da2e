using EcgRecovery.Cli.Hosting;
using EcgRecovery.Formats.Files;
using EcgRecovery.Recovery;
using EcgRecovery.Reporting.Records;

namespace EcgRecovery.Cli.Outputs;

/// <summary>The folder of a recovery's report: the page.</summary>
internal static class RecoveryReportFolder
{
    /// <summary>Checks before the work that a report can be written.</summary>
    /// <param name="folder">The report's folder; created where it is missing.</param>
    /// <param name="overwrite">Whether an earlier report may be replaced.</param>
    /// <param name="outputs">The input files and the output, which must not be replaced by the report.</param>
    /// <exception cref="OutputExistsException">The report exists and may not be replaced, or the folder is a file.</exception>
    /// <exception cref="UsageException">The report is one of the other files.</exception>
    /// <exception cref="IOException">The folder cannot be written to.</exception>
    public static void Prepare(string folder, bool overwrite, params ReadOnlySpan<string?> outputs)
    {
        if (File.Exists(folder))
            throw new OutputExistsException($"Output {folder} is a file; expected a folder.");
        var path = Path.Combine(folder, RecoveryReport.PageName);
        OutputFile.RefuseExisting(path, overwrite);
        InputGuard.Refuse(path, outputs);
        var trial = Path.Combine(folder, $"{Guid.NewGuid():N}.tmp");
        OutputFile.WriteText(trial, overwrite: false, "");
        File.Delete(trial);
    }

    /// <summary>Writes the report.</summary>
    /// <param name="folder">The report's folder.</param>
    /// <param name="recovered">The recording, which must be open, and what became of its gaps.</param>
    /// <param name="method">The method that was asked for.</param>
    /// <param name="overwrite">Whether an earlier report may be replaced.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    public static void Write(
        string folder, RecoveredRecord recovered, string method, bool overwrite, CancellationToken cancellationToken)
    {
        var test = new SelfTestListing(recovered.Record, method, recovered.SelfTest);
        var content = new RecoveryReportContent(recovered, method, CommandHost.Version)
        {
            Tables = recovered.SelfTest.Count == 0
                ? []
                : [new("What hidden gaps tell", SelfTestListing.About, SelfTestListing.Headings, [.. test.Rows()])],
        };
        var page = RecoveryReport.Page(content, cancellationToken);
        OutputFile.WriteText(Path.Combine(folder, RecoveryReport.PageName), overwrite, page);
    }
}
