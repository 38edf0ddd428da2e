using System.CommandLine;
using EcgRecovery.Cli.Hosting;
using EcgRecovery.Cli.Inputs;
using EcgRecovery.Cli.Outputs;
using EcgRecovery.Evaluation.Diagnosis;
using EcgRecovery.Evaluation.Records;
using EcgRecovery.Evaluation.Records.Entrants;
using EcgRecovery.Evaluation.Records.Files;
using EcgRecovery.Evaluation.Records.Plans;
using EcgRecovery.Evaluation.Records.Results;
using EcgRecovery.Evaluation.Records.Scoring;
using EcgRecovery.Evaluation.Splits;
using EcgRecovery.Formats.Files;
using EcgRecovery.Recovery;

namespace EcgRecovery.Cli.Commands;

/// <summary><c>benchmark</c>: cuts gaps from recordings, recovers them by every method, and scores the recoveries.</summary>
internal static class BenchmarkCommand
{
    private static readonly BenchmarkGaps s_gaps = new();

    private static readonly Option<string> s_records = new("--records")
    {
        Description = "Folder of WFDB records (.hea, .dat; beats from .atr, or else from the file named like the lead).",
        Required = true,
        HelpName = "DIR",
    };

    private static readonly Option<string> s_split = new("--split")
    {
        Description = $"Which records: {string.Join(", ", RecordSplit.Names)}; all are the folder's, ludb-… LUDB's, the others MIT-BIH's.",
        HelpName = string.Join('|', RecordSplit.Names),
        DefaultValueFactory = _ => RecordSplit.Validation,
    };

    private static readonly Option<string[]> s_methods = new("--method", "--methods", "--model")
    {
        Description = $"A method ({BenchmarkMethods.Names}), a model file, or {BenchmarkMethods.All}; repeat it for several.",
        HelpName = "NAME|FILE|all",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [BenchmarkMethods.All],
        CompletionSources = { BenchmarkMethods.Choices },
    };

    private static readonly Option<RecoveryEstimate> s_estimate = StandardOptions.Estimate(
        $"The estimate that is tested; methods that do not have it are left out of {BenchmarkMethods.All}.");

    private static readonly Option<string[]> s_predictions = new("--predictions")
    {
        Description = "A folder of recordings that another program has filled, as exported by --export, and its name in the tables; "
            + "repeat it for several.",
        HelpName = "NAME=DIR",
        AllowMultipleArgumentsPerToken = true,
    };

    private static readonly Option<double> s_window = StandardOptions.Bounded(
        new Option<double>("--window")
        {
            Description = "Seconds before a gap, and after it, that methods look at.",
            HelpName = "SECONDS",
            DefaultValueFactory = _ => RecoveryOptions.DefaultWindowSeconds,
        },
        1,
        86_400);

    private static readonly Option<bool> s_intervals = new("--intervals")
    {
        Description = "Also test the intervals, what is left missing and the times of R peaks: each lead is tested on hidden gaps of its "
            + "own first, as by recover. The whole protocol does so for single gaps of up to 2 s at random.",
    };

    private static readonly Option<int> s_selfTestGaps = StandardOptions.Bounded(
        new Option<int>("--self-test-gaps")
        {
            Description = "How many gaps are hidden for each record and length, or for each gap where they are cut one at a time; each "
                + "takes as long as a gap. 0 for no intervals in the whole protocol.",
            HelpName = "N",
            DefaultValueFactory = _ => RecoveryOptions.DefaultSelfTestGaps,
        },
        0,
        10_000);

    private static readonly Option<string> s_export = new("--export")
    {
        Description = "Write the gapped recordings for other programs to this folder, and test nothing.",
        HelpName = "DIR",
    };

    private static readonly Option<string> s_writePlan = new("--write-plan")
    {
        Description = "Write the gaps to a plan's file, and test nothing.",
        HelpName = "FILE.json",
    };

    private static readonly Option<string> s_report = new("--report")
    {
        Description = "Write a report to this folder: pages, tables, the scores of every gap, the plan. A run that was stopped goes on "
            + "where it was.",
        HelpName = "DIR",
    };

    private static readonly Option<bool> s_overwrite = StandardOptions.Overwrite();
    private static readonly Option<int> s_threads = StandardOptions.Threads();
    private static readonly Option<bool> s_json = StandardOptions.Json();

    public static Command Create()
    {
        s_split.AcceptOnlyFromAmong([.. RecordSplit.Names]);
        var command = new Verb(
            "benchmark",
            "Cuts gaps from recordings, recovers them by several methods, and reports errors, amplitude, R peaks and beats.",
            "benchmark --records mitdb --split validation --quick",
            "benchmark --records mitdb --split ds2 --report report",
            "benchmark --records mitdb --method linear --gap-seconds 0.15,0.30 --one-at-a-time --frequency 120 --json",
            "benchmark --records mitdb --split ds2 --quick --export gapped",
            "benchmark --records mitdb --plan gapped/plan.json --predictions mine=filled")
        {
            s_records, s_split, s_methods, s_estimate, s_predictions,
        };
        foreach (var option in s_gaps.All)
            command.Add(option);
        Option[] others = [s_window, s_intervals, s_selfTestGaps, s_export, s_writePlan, s_report, s_overwrite, s_threads, s_json];
        foreach (var option in others)
            command.Add(option);
        command.SetAction((parse, token) =>
        {
            Run(parse, token);
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    private static void Run(ParseResult parse, CancellationToken cancellationToken)
    {
        CheckOutputs(parse);
        var methods = BenchmarkMethods.Find(parse.GetRequiredValue(s_methods), parse.GetValue(s_estimate));
        BenchmarkMethods.RefuseAlike(methods);
        var predictions = Predictions(parse, methods);
        var (source, plan) = Plan(parse, cancellationToken);
        if (parse.GetValue(s_writePlan) is { } file)
        {
            OutputFile.WriteText(file, parse.GetValue(s_overwrite), PlanFile.Write(plan));
        }
        else if (parse.GetValue(s_export) is { } folder)
        {
            using var progress = new ProgressLine("export", parse.InvocationConfiguration.Error);
            new PlanExport(folder, parse.GetValue(s_overwrite), cancellationToken).Write(source, plan, progress);
        }
        else
        {
            Test(parse, source, plan, methods, predictions, cancellationToken);
        }
    }

    /// <summary>Refuses outputs of a test where nothing is tested, and two outputs of gaps.</summary>
    private static void CheckOutputs(ParseResult parse)
    {
        if ((Given(parse, s_writePlan) ?? Given(parse, s_export)) is not { } only)
            return;
        Option[] others = [s_export, s_report, s_predictions, s_json, s_intervals, s_selfTestGaps];
        if (others.FirstOrDefault(other => other != only && Given(parse, other) is not null) is { } given)
            throw new UsageException($"{only.Name} and {given.Name} exclude each other");
    }

    private static Option? Given(ParseResult parse, Option option) => parse.GetResult(option) is { Implicit: false } ? option : null;

    private static (RecordSource Source, BenchmarkPlan Plan) Plan(ParseResult parse, CancellationToken cancellationToken)
    {
        var folder = parse.GetRequiredValue(s_records);
        var noise = s_gaps.NoiseFolder(parse);
        if (s_gaps.PlanFile(parse) is { } file)
        {
            if (parse.GetResult(s_split) is { Implicit: false })
                throw new UsageException($"--plan and {s_split.Name} exclude each other");
            var read = PlanFile.Read(file);
            return (RecordSource.Of(folder, [.. read.Records.Select(record => record.Record)], read.FrequencyHz, noise), read);
        }

        var split = parse.GetRequiredValue(s_split);
        var records = RecordSplit.Records(split, folder);
        var options = s_gaps.Options(parse, split, records.Count);
        var source = RecordSource.Of(folder, records, options.FrequencyHz, noise);
        return (source, RecordBenchmark.Plan(source, options, parse.GetValue(s_threads), cancellationToken));
    }

    private static void Test(
        ParseResult parse,
        RecordSource source,
        BenchmarkPlan plan,
        List<BenchmarkMethod> methods,
        List<FileEntrant> predictions,
        CancellationToken cancellationToken)
    {
        predictions.ForEach(prediction => prediction.RefuseEmpty(plan.Cells));
        var options = Options(parse, plan);
        var entrants = new List<Entrant>();
        try
        {
            entrants.AddRange(methods.Select(method => EntrantOf(method, plan, options)));
            entrants.AddRange(predictions);
            using var classifier = BeatClassifier.Load();
            using var report = BenchmarkReportFolder.Open(
                parse.GetValue(s_report), parse.GetValue(s_overwrite), source, plan, entrants, options);
            RecordBenchmarkResult result;
            // The bar is removed before the table is printed.
            using (var progress = new Progress(parse.InvocationConfiguration.Error))
            {
                result = RecordBenchmark.Run(
                    source, plan, entrants, new GapScorer(classifier), options, report?.Store, progress, cancellationToken);
            }

            report?.Write(result, source, entrants, cancellationToken);
            // Markdown is for documents; a terminal cuts its long lines inside words.
            parse.InvocationConfiguration.Output.Write(
                parse.GetValue(s_json) ? RecordBenchmarkJson.Write(result)
                : Terminal.HasOutput ? RecordBenchmarkTable.Text(result, Terminal.TableColumns)
                : RecordBenchmarkTable.Markdown(result));
        }
        finally
        {
            entrants.ForEach(entrant => entrant.Dispose());
        }

        if (parse.GetValue(s_report) is { } written)
            parse.InvocationConfiguration.Error.WriteLine($"Report: {Path.GetFullPath(written)}");
    }

    private static RecordBenchmarkOptions Options(ParseResult parse, BenchmarkPlan plan)
    {
        var isTested = parse.GetValue(s_intervals) || plan.Name == PlanOptions.FullName;
        var hidden = parse.GetValue(s_selfTestGaps);
        if (parse.GetResult(s_selfTestGaps) is { Implicit: false } && !isTested)
            throw new UsageException("--self-test-gaps needs --intervals");
        if (parse.GetValue(s_intervals) && hidden == 0)
            throw new UsageException("--self-test-gaps is 0; expected 1 to 10000 with --intervals");
        return new RecordBenchmarkOptions
        {
            WindowSeconds = parse.GetValue(s_window),
            SelfTestGaps = isTested ? hidden : 0,
            Seed = plan.Seed,
            Threads = parse.GetValue(s_threads),
        };
    }

    private static Entrant EntrantOf(BenchmarkMethod method, BenchmarkPlan plan, RecordBenchmarkOptions options)
    {
        var recovery = new RecoveryOptions
        {
            Estimate = method.Estimate,
            WindowSeconds = options.WindowSeconds,
            SelfTestGaps = options.SelfTestGaps,
        };
        return method.Info is { } info
            ? new MethodEntrant(info, recovery, kind => options.IsSelfTested(plan.Name, kind))
            : new OracleTimesEntrant(recovery);
    }

    private static List<FileEntrant> Predictions(ParseResult parse, List<BenchmarkMethod> methods)
    {
        var taken = methods.ConvertAll(method => method.Name);
        var entrants = new List<FileEntrant>();
        foreach (var text in parse.GetValue(s_predictions) ?? [])
        {
            var at = text.IndexOf('=', StringComparison.Ordinal);
            if (at <= 0 || at == text.Length - 1)
                throw new UsageException($"--predictions '{text}' is no name with a folder; expected NAME=DIR");
            var name = text[..at];
            // Tables and lists are written with commas and bars.
            if (!name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.') || RecoveryMethods.IsReference(name))
            {
                throw new UsageException(
                    $"--predictions '{text}' has the name '{name}'; expected letters, digits, -, _ and ., and no method's");
            }

            if (taken.Contains(name))
                throw new UsageException($"--predictions '{text}' has a name that is taken; expected another one");
            taken.Add(name);
            entrants.Add(new FileEntrant(name, text[(at + 1)..]));
        }

        return entrants;
    }

    /// <summary>The progress of all methods on one line. Reports come from several threads.</summary>
    private sealed class Progress(TextWriter error) : IProgress<RecordBenchmarkProgress>, IDisposable
    {
        private readonly Lock _lock = new();
        private readonly ProgressLine _line = new("benchmark", error);
        private readonly long _start = TimeProvider.System.GetTimestamp();

        public void Report(RecordBenchmarkProgress value)
        {
            lock (_lock)
            {
                var done = Math.Max(1, value.Done - value.DoneBefore);
                var left = TimeProvider.System.GetElapsedTime(_start) * ((double)(value.Total - value.Done) / done);
                var detail = $"record {value.Record}  {value.Method}  ETA {TrainingProgressView.FormatDuration(left)}";
                _line.Report((double)value.Done / value.Total, detail);
            }
        }

        public void Dispose() => _line.Dispose();
    }
}
