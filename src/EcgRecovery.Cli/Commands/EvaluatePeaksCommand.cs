using System.CommandLine;
using EcgRecovery.Beats;
using EcgRecovery.Cli.Hosting;
using EcgRecovery.Cli.Outputs;
using EcgRecovery.Evaluation.RPeaks;
using EcgRecovery.Evaluation.Splits;
using EcgRecovery.Formats.Files;
using EcgRecovery.Reporting.RPeaks;

namespace EcgRecovery.Cli.Commands;

/// <summary><c>evaluate-peaks</c>: scores the R-peak detector on the MIT-BIH Arrhythmia Database.</summary>
internal static class EvaluatePeaksCommand
{
    /// <summary>The command that writes docs/r-peaks.md.</summary>
    public const string PageCommand = "ecg-recovery evaluate-peaks --records MITDB --ludb LUDB --output docs/r-peaks.md --overwrite";

    public static Command Create()
    {
        var records = new Option<string>("--records")
        {
            Description = "Folder with the 48 records of the MIT-BIH Arrhythmia Database (.hea, .dat, .atr).",
            Required = true,
            HelpName = "DIR",
        };
        var ludb = new Option<string?>("--ludb")
        {
            Description = "Folder with the 200 records of the Lobachevsky University Database (.hea, .dat, .i, .ii, .v2, .v5).",
            HelpName = "DIR",
        };
        var output = new Option<string?>("--output")
        {
            Description = "A page to write, in Markdown, with the scores of every record.",
            HelpName = "FILE.md",
        };
        var overwrite = StandardOptions.Overwrite();
        var json = StandardOptions.Json();
        var command = new Verb(
            "evaluate-peaks",
            "Scores the search for R peaks on the MIT-BIH Arrhythmia Database and on the Lobachevsky University Database.",
            "evaluate-peaks --records mitdb --output r-peaks.md")
        {
            records, ludb, output, overwrite, json,
        };
        command.SetAction((parse, token) =>
        {
            var page = parse.GetValue(output);
            if (page is not null)
                OutputFile.RefuseExisting(page, parse.GetValue(overwrite));
            var options = new RPeakDetectorOptions();
            using var progress = new RecordProgress(parse.InvocationConfiguration.Error);
            var study = RPeakStudy.Measure(parse.GetRequiredValue(records), parse.GetValue(ludb), options, progress, token);
            if (page is not null)
                OutputFile.WriteText(page, parse.GetValue(overwrite), RPeakPage.Markdown(study, options, PageCommand));
            parse.InvocationConfiguration.Output.Write(
                parse.GetValue(json) ? RPeakScores.Json(study)
                : Terminal.HasOutput ? RPeakPage.Text(study, Terminal.TableColumns)
                : RPeakPage.Tables(study));
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    private sealed class RecordProgress(TextWriter error) : IProgress<string>, IDisposable
    {
        private readonly ProgressLine _line = new("finding R peaks", error);
        private int _done;

        public void Report(string value) => _line.Report(Math.Min(1, (double)_done++ / MitBihDatabase.Records.Count), $"record {value}");

        public void Dispose() => _line.Dispose();
    }
}
