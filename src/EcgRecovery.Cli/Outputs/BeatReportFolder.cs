using EcgRecovery.Beats;
using EcgRecovery.Cli.Hosting;
using EcgRecovery.Evaluation.Beats;
using EcgRecovery.Formats.Files;
using EcgRecovery.Recovery.Beats;
using EcgRecovery.Recovery.Beats.Model;
using EcgRecovery.Recovery.Training;
using EcgRecovery.Reporting.Beats;

namespace EcgRecovery.Cli.Outputs;

/// <summary>The folder of an evaluation's report: the page with its figures, the errors of every row, the JSON and the tables.</summary>
internal static class BeatReportFolder
{
    /// <summary>The file with the errors of every row.</summary>
    public const string RowsName = "rows.csv";

    /// <summary>The file with the output of <c>evaluate --json</c>.</summary>
    public const string SummaryName = "summary.json";

    /// <summary>The file with the tables in Markdown.</summary>
    public const string TableName = "table.md";

    /// <summary>The files of every report, without its figures.</summary>
    public static IReadOnlyList<string> Names { get; } = [RowsName, SummaryName, TableName, BeatReport.PageName];

    /// <summary>Checks before the long work that a report can be written.</summary>
    /// <param name="folder">The report's folder; created where it is missing.</param>
    /// <param name="overwrite">Whether files of an earlier report may be replaced.</param>
    /// <param name="inputs">The input files; null for one that was not given.</param>
    /// <exception cref="OutputExistsException">A file of the report exists and may not be replaced, or the folder is a file.</exception>
    /// <exception cref="UsageException">A file of the report is one of the inputs.</exception>
    /// <exception cref="IOException">The folder cannot be written to.</exception>
    public static void Prepare(string folder, bool overwrite, params ReadOnlySpan<string?> inputs)
    {
        if (File.Exists(folder))
            throw new OutputExistsException($"Output {folder} is a file; expected a folder.");
        foreach (var name in Names)
        {
            var path = Path.Combine(folder, name);
            OutputFile.RefuseExisting(path, overwrite);
            InputGuard.Refuse(path, inputs);
        }

        var trial = Path.Combine(folder, $"{Guid.NewGuid():N}.tmp");
        OutputFile.WriteText(trial, overwrite: false, "");
        File.Delete(trial);
    }

    /// <summary>Writes the report.</summary>
    /// <param name="folder">The report's folder.</param>
    /// <param name="evaluation">The result.</param>
    /// <param name="data">The tested beats and the methods.</param>
    /// <param name="headline">The result in one sentence, or null.</param>
    /// <param name="overwrite">Whether files of an earlier report may be replaced.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    public static void Write(
        string folder,
        BeatEvaluation evaluation,
        BeatReportData data,
        string? headline,
        bool overwrite,
        CancellationToken cancellationToken)
    {
        var curves = data.Methods.OfType<BeatModel>()
            .Where(model => model.File.Card.Curve.Count > 0)
            .Select(model => new LearningCurve(model.Name, model.File.Card.Curve));
        var content = new BeatReportContent(
            evaluation,
            BeatGapProtocol.Trace(data.Beats, data.FigureRows ?? [], data.Methods, evaluation.Gaps, cancellationToken),
            [.. curves],
            data.FileName,
            data.Sha256,
            CommandHost.Version,
            headline)
        {
            Examples = data.FigureRows is null ? BeatExamples.Find(data.Beats, evaluation, data.Methods, cancellationToken) : null,
            Losses = BeatGapLosses.Of(data.Beats, evaluation.Gaps),
        };
        OutputFile.Write(Path.Combine(folder, RowsName), overwrite, stream => BeatEvaluationCsv.Write(stream, evaluation, data.Beats));
        OutputFile.WriteText(Path.Combine(folder, SummaryName), overwrite, BeatEvaluationJson.Write(evaluation));
        OutputFile.WriteText(Path.Combine(folder, TableName), overwrite, BeatEvaluationTable.Markdown(evaluation));
        BeatReport.Write(folder, content, overwrite);
    }
}

/// <summary>The tested beats and the methods of a report.</summary>
/// <param name="Beats">The tested beats.</param>
/// <param name="FileName">The name of their file.</param>
/// <param name="Sha256">The hash of their file.</param>
/// <param name="Methods">The evaluated methods, in the order of the tables.</param>
/// <param name="FigureRows">The rows to draw; null for the best, median and worst of each class.</param>
internal sealed record BeatReportData(
    HeartbeatSet Beats, string FileName, string Sha256, IReadOnlyList<BeatRecoveryMethod> Methods, IReadOnlyList<int>? FigureRows);
