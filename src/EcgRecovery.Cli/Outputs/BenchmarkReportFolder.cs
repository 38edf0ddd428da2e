using EcgRecovery.Evaluation.Records;
using EcgRecovery.Evaluation.Records.Entrants;
using EcgRecovery.Evaluation.Records.Files;
using EcgRecovery.Evaluation.Records.Plans;
using EcgRecovery.Evaluation.Records.Results;
using EcgRecovery.Formats.Files;
using EcgRecovery.Recovery.Records;
using EcgRecovery.Reporting.Benchmarks;

namespace EcgRecovery.Cli.Outputs;

/// <summary>The folder of a benchmark's report, and of what a stopped run has done.</summary>
internal sealed class BenchmarkReportFolder : IDisposable
{
    /// <summary>The file with what a run has done; removed at its end.</summary>
    public const string ProgressName = "scores.jsonl";

    /// <summary>The file with the plan.</summary>
    public const string PlanName = "plan.json";

    /// <summary>The file with the scores of every gap.</summary>
    public const string GapsName = "gaps.csv";

    /// <summary>The file with the output of <c>benchmark --json</c>.</summary>
    public const string SummaryName = "summary.json";

    private readonly string _folder;
    private readonly bool _overwrite;

    private BenchmarkReportFolder(string folder, bool overwrite, ScoreStore store)
    {
        (_folder, _overwrite) = (folder, overwrite);
        Store = store;
    }

    /// <summary>What is done.</summary>
    public ScoreStore Store { get; }

    /// <summary>Opens the folder, before the long work; null where none is wanted.</summary>
    /// <exception cref="OutputExistsException">A report exists and may not be replaced, or the folder is a file.</exception>
    /// <exception cref="InvalidDataException">The folder has what another run has done.</exception>
    public static BenchmarkReportFolder? Open(
        string? folder,
        bool overwrite,
        RecordSource source,
        BenchmarkPlan plan,
        IReadOnlyList<Entrant> entrants,
        RecordBenchmarkOptions options)
    {
        if (folder is null)
            return null;
        BenchmarkReport.Prepare(folder, overwrite);
        foreach (var name in (string[])[PlanName, GapsName, SummaryName])
            OutputFile.RefuseExisting(Path.Combine(folder, name), overwrite);
        // Threads change no figure.
        string[] run =
        [
            // A build with other methods or scores is another one.
            Build(typeof(RecordRecovery)),
            Build(typeof(RecordBenchmark)),
            source.Identity,
            PlanFile.Write(plan),
            .. entrants.Select(entrant => entrant.Identity),
            (options with { Threads = 1 }).ToString(),
        ];
        return new BenchmarkReportFolder(folder, overwrite, ScoreStore.Open(Path.Combine(folder, ProgressName), string.Join('\n', run)));
    }

    /// <summary>Writes the report, and removes what the run has saved.</summary>
    public void Write(
        RecordBenchmarkResult result, RecordSource source, IReadOnlyList<Entrant> entrants, CancellationToken cancellationToken)
    {
        BenchmarkReport.Write(_folder, new BenchmarkContent(result, source, entrants, cancellationToken).Make(), _overwrite);
        using (var group = new OutputGroup(_overwrite))
        {
            Text(PlanName, PlanFile.Write(result.Plan));
            Text(SummaryName, RecordBenchmarkJson.Write(result));
            using (var writer = new StreamWriter(group.Create(Path.Combine(_folder, GapsName)), leaveOpen: true))
                GapsCsv.Write(writer, result);
            group.Commit();

            void Text(string name, string text) => group.WriteText(Path.Combine(_folder, name), text);
        }

        Store.Dispose();
        File.Delete(Path.Combine(_folder, ProgressName));
    }

    /// <inheritdoc/>
    public void Dispose() => Store.Dispose();

    private static string Build(Type type) => type.Module.ModuleVersionId.ToString();
}
