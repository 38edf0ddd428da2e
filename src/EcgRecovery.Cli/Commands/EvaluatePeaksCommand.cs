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
    public const string PageCommand = "ecg-recovery evaluate-peaks --records MITDB --output docs/r-peaks.md --overwrite";

    public static Command Create()
    {
        var records = new Option<string>("--records")
        {
            Description = "Folder with the 48 records of the MIT-BIH Arrhythmia Database (.hea, .dat, .atr).",
            Required = true,
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
            "Scores the R-peak detector on all 48 records of the MIT-BIH Arrhythmia Database.",
            "evaluate-peaks --records mitdb --output r-peaks.md")
        {
            records, output, overwrite, json,
        };
        command.SetAction((parse, token) =>
        {
            var page = parse.GetValue(output);
            if (page is not null)
                OutputFile.RefuseExisting(page, parse.GetValue(overwrite));
            var options = new RPeakDetectorOptions();
            using var progress = new RecordProgress(parse.InvocationConfiguration.Error);
            var report = RPeakEvaluation.Measure(parse.GetRequiredValue(records), options, progress, token);
            if (page is not null)
                OutputFile.WriteText(page, parse.GetValue(overwrite), RPeakPage.Markdown(report, options, PageCommand));
            parse.InvocationConfiguration.Output.Write(
                parse.GetValue(json) ? RPeakScores.Json(report)
                : Terminal.HasOutput ? RPeakPage.Text(report, Terminal.TableColumns)
                : RPeakPage.Table(report));
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    private sealed class RecordProgress(TextWriter error) : IProgress<string>, IDisposable
    {
        private readonly ProgressLine _line = new("finding R peaks", error);
        private int _done;

        public void Report(string value) => _line.Report((double)_done++ / MitBihDatabase.Records.Count, $"record {value}");

        public void Dispose() => _line.Dispose();
    }
}
