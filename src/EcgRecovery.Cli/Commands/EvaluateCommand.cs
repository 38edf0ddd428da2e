using System.CommandLine;
using EcgRecovery.Beats;
using EcgRecovery.Cli.Hosting;
using EcgRecovery.Cli.Inputs;
using EcgRecovery.Cli.Outputs;
using EcgRecovery.Evaluation.Beats;
using EcgRecovery.Evaluation.Splits;
using EcgRecovery.Formats.Heartbeats;
using EcgRecovery.Records;
using EcgRecovery.Recovery.Beats;
using EcgRecovery.Recovery.Beats.Neighbours;
using EcgRecovery.Reporting.Beats;

namespace EcgRecovery.Cli.Commands;

/// <summary><c>evaluate</c>: runs the original's protocol on every row of a heartbeat file, with a fixed gap or random gaps.</summary>
internal static class EvaluateCommand
{
    private const string All = "all";

    public static Command Create()
    {
        var methods = new Option<string[]>("--method", "--model")
        {
            Description = $"A method ({RecoveryMethods.Names(RecoveryMethods.ForBeats)}), a model file, or {All}; repeat it for several. "
                + "A model is compared with the reference methods.",
            Required = true,
            HelpName = "NAME|FILE|all",
            CompletionSources = { RecoveryMethods.ForBeats.Select(method => method.Name).Append(All).ToArray() },
        };
        var data = new Option<string>("--data")
        {
            Description = "Heartbeat CSV to test on, as mitbih_test.csv.",
            Required = true,
            HelpName = "FILE",
        };
        var learning = RecoveryMethods.Names(RecoveryMethods.ForBeats.Where(method => method.NeedsReferenceBeats));
        var references = new Option<string>("--reference-data")
        {
            Description = $"Heartbeat CSV to learn from, as mitbih_train.csv, for {learning}.",
            HelpName = "FILE",
        };
        var gap = StandardOptions.BeatGap($"Samples to remove from every beat; {BeatGapOptions.OriginalGap} by default.");
        var randomGap = StandardOptions.Bounded(
            new Option<int>("--random-gap")
            {
                Description = "Instead: number of samples to remove at a random place in each beat's real signal; "
                    + "shorter beats are left out.",
                HelpName = "SAMPLES",
            },
            1,
            BeatGapPlan.MaximumRandomLength);
        var (rows, summary, table) = (BeatReportFolder.RowsName, BeatReportFolder.SummaryName, BeatReportFolder.TableName);
        var report = new Option<string>("--report")
        {
            Description = $"Folder for {BeatReport.PageName}, its figures, {rows}, {summary} and {table}.",
            HelpName = "DIR",
        };
        var beats = new Option<string>("--beats")
        {
            Description = "Rows to draw in the report with every method, counted from 0, as 13359,10030; by default the best, median and "
                + "worst of each class.",
            HelpName = "ROWS",
        };
        var seed = StandardOptions.Seed();
        var threads = StandardOptions.Threads();
        var json = StandardOptions.Json();
        var overwrite = StandardOptions.Overwrite();
        var command = new Verb(
            "evaluate",
            "Removes samples from every beat, recovers them, and reports the errors.",
            "evaluate --method all --data mitbih_test.csv --reference-data mitbih_train.csv --report report",
            "evaluate --method linear --data mitbih_test.csv --gap 40..60 --json",
            "evaluate --method all --data ds2.csv --reference-data ds1.csv --random-gap 37")
        {
            methods, data, references, gap, randomGap, report, beats, seed, threads, json, overwrite,
        };
        command.SetAction((parse, token) =>
        {
            var request = new Request(
                parse.GetRequiredValue(methods),
                parse.GetRequiredValue(data),
                parse.GetValue(references),
                parse.GetValue(report),
                parse.GetValue(beats),
                new BeatGapOptions
                {
                    Gaps = Gaps(parse.GetValue(gap), parse.GetValue(randomGap), parse.GetValue(seed)),
                    Seed = parse.GetValue(seed),
                    Threads = parse.GetValue(threads),
                },
                parse.GetValue(json),
                parse.GetValue(overwrite));
            Run(request, parse.InvocationConfiguration.Output, parse.InvocationConfiguration.Error, token);
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    private static BeatGapPlan Gaps(SampleSpan? everywhere, int randomLength, int seed) => (everywhere, randomLength) switch
    {
        ({ }, > 0) => throw new UsageException("--gap and --random-gap are both given; expected one of them"),
        (null, > 0) => BeatGapPlan.Random(randomLength, seed),
        _ => BeatGapPlan.Fixed(everywhere ?? BeatGapOptions.OriginalGap),
    };

    private static void Run(Request request, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        var entries = Entries(request);
        var figureRows = ParseRows(request.FigureRows);
        var (beats, hash) = ReadTestBeats(request.Data, cancellationToken);
        CheckRows(figureRows, request, beats);
        if (request.ReportFolder is { } folder)
            BeatReportFolder.Prepare(folder, request.Overwrite, request.Data, request.ReferenceData);
        var methods = new List<BeatRecoveryMethod>();
        try
        {
            methods.AddRange(CreateMethods(request, entries, beats, hash, cancellationToken));
            methods.ForEach(method => UnverifiedModel.Warn(method, error));
            var name = string.Join(',', request.Methods);
            BeatEvaluation evaluation;
            // The bar is removed before the table is printed.
            using (var progress = new Progress(methods.Count, error))
                evaluation = BeatGapProtocol.Evaluate(name, beats, methods, request.Options, progress, cancellationToken);
            if (request.ReportFolder is { } report)
            {
                var data = new BeatReportData(beats, Path.GetFileName(request.Data), hash, methods, figureRows);
                var headline = BeatEvaluationHeadline.Write(evaluation);
                BeatReportFolder.Write(report, evaluation, data, headline, request.Overwrite, cancellationToken);
            }

            output.Write(
                request.Json ? BeatEvaluationJson.Write(evaluation) : BeatEvaluationTable.Text(evaluation, Terminal.TableColumns));
        }
        finally
        {
            foreach (var method in methods)
                method.Dispose();
        }

        if (request.ReportFolder is { } written)
            error.WriteLine($"Report: {Path.GetFullPath(written)}");
    }

    /// <summary>Returns the methods to run: reference methods, simplest first, then models. A model is compared with all of them.</summary>
    private static List<RecoveryMethodInfo> Entries(Request request)
    {
        var asked = request.Methods
            .SelectMany(name => name == All ? RecoveryMethods.ForBeats.Where(method => method.IsModel) : [Asked(name)])
            .ToList();
        asked.ForEach(method => Allowed(method, request));
        if (asked is [{ IsModel: false }])
            return asked;
        var references = RecoveryMethods.ForBeats.Where(method => !method.IsModel && IsAllowed(method, request));
        return [.. references, .. asked.Where(method => method.IsModel).DistinctBy(method => method.Name)];
    }

    private static bool IsAllowed(RecoveryMethodInfo entry, Request request) =>
        !entry.NeedsReferenceBeats || request.ReferenceData is not null;

    private static RecoveryMethodInfo Asked(string name)
    {
        var names = RecoveryMethods.Names(RecoveryMethods.ForBeats);
        return RecoveryMethods.Find(name)
            ?? throw new UsageException($"--method '{name}' is neither a name nor a file; expected {names}, {All} or a model file");
    }

    private static RecoveryMethodInfo Allowed(RecoveryMethodInfo method, Request request) => IsAllowed(method, request)
        ? method
        : throw new UsageException($"--method {method.Name} learns from beats: give them with --reference-data FILE");

    /// <summary>Returns the rows of <c>--beats</c>; null without the option.</summary>
    private static List<int>? ParseRows(string? text)
    {
        if (text is null)
            return null;
        var rows = new List<int>();
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            if (!int.TryParse(part, System.Globalization.NumberStyles.None, provider: null, out var row))
                throw new UsageException($"--beats '{text}' is not a list of rows; expected whole numbers from 0, as 13359,10030");
            if (!rows.Contains(row))
                rows.Add(row);
        }

        return rows;
    }

    private static void CheckRows(List<int>? rows, Request request, HeartbeatSet beats)
    {
        var gaps = request.Options.Gaps;
        foreach (var row in rows ?? [])
        {
            if (row >= beats.Count)
                throw new UsageException($"--beats {row} is not a row of {request.Data}; expected rows of 0..{beats.Count}");
            if (gaps.Of(beats, row) is null)
            {
                var needed = $"a random gap of {gaps.Length} needs {gaps.MinimumRealLength}";
                throw new UsageException($"--beats {row} has {beats.RealLength(row)} samples of real signal; {needed}");
            }
        }
    }

    /// <summary>Returns the beats and the file's hash; the records are from the companion, or known for the official test file.</summary>
    private static (HeartbeatSet Beats, string Sha256) ReadTestBeats(string path, CancellationToken cancellationToken)
    {
        var file = HeartbeatCsv.Read(path, new HeartbeatCsvOptions { ComputeSha256 = true }, cancellationToken);
        var beats = file.Set;
        if (beats.Sources is null && OfficialSplit.IsOfficialTest(file.Sha256))
            beats = new HeartbeatSet(beats.Samples, beats.Classes, [.. OfficialSplit.TestRecords().Select(HeartbeatSource.RecordOnly)]);
        return (beats, file.Sha256!);
    }

    private static HeartbeatSet ReadReferenceBeats(Request request, string testSha256, CancellationToken cancellationToken)
    {
        var file = HeartbeatCsv.Read(request.ReferenceData!, new HeartbeatCsvOptions { ComputeSha256 = true }, cancellationToken);
        return file.Sha256 != testSha256 ? file.Set : throw new UsageException(
            $"--reference-data {request.ReferenceData} is the file under test, {request.Data}: it holds the very beats to recover");
    }

    private static IEnumerable<BeatRecoveryMethod> CreateMethods(
        Request request, List<RecoveryMethodInfo> entries, HeartbeatSet beats, string sha256, CancellationToken cancellationToken)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        HeartbeatSet? references = null;
        if (entries.Exists(entry => entry.NeedsReferenceBeats))
            references = ReadReferenceBeats(request, sha256, cancellationToken);

        var learned = references is null ? null : new ReferenceBeats(references, samePatients: PatientOverlap.Count(beats, references) > 0);
        foreach (var entry in entries)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var method = entry.CreateForBeats(learned, request.Options.Threads);
            if (!names.Add(method.Name))
                throw new UsageException($"--method has two methods of the name {method.Name}; rename one of the model files");
            yield return method;
        }
    }

    private sealed record Request(
        IReadOnlyList<string> Methods,
        string Data,
        string? ReferenceData,
        string? ReportFolder,
        string? FigureRows,
        BeatGapOptions Options,
        bool Json,
        bool Overwrite);

    /// <summary>The progress of all methods on one line.</summary>
    private sealed class Progress(int methodCount, TextWriter error) : IProgress<BeatGapProgress>, IDisposable
    {
        private readonly ProgressLine _line = new("evaluating", error);
        private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

        public void Report(BeatGapProgress value)
        {
            _seen.Add(value.Method);
            var methodShare = (double)value.RowsDone / value.RowCount;
            _line.Report((_seen.Count - 1 + methodShare) / methodCount, value.Method);
        }

        public void Dispose() => _line.Dispose();
    }
}
