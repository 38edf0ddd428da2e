using System.CommandLine;
using System.Globalization;
using EcgRecovery.Beats;
using EcgRecovery.Cli.Hosting;
using EcgRecovery.Evaluation.Records;
using EcgRecovery.Recovery;

namespace EcgRecovery.Cli.Commands;

/// <summary><c>benchmark</c>: cuts gaps from recordings, recovers them by every method, and scores the recoveries.</summary>
internal static class BenchmarkCommand
{
    private const string All = "all";
    private const string One = "one";

    private static readonly string[] s_placements = [.. Enum.GetValues<GapPlacement>().Select(GapKind.NameOf)];

    // The longest gap, in seconds: beyond it a gap would not be recovered but invented.
    private const double MaximumGapSeconds = 60;

    public static Command Create()
    {
        var defaults = new RecordBenchmarkOptions();
        var records = new Option<string>("--records")
        {
            Description = "Folder of WFDB records (.hea, .dat; beats from .atr, or else from the file named like the lead).",
            Required = true,
            HelpName = "DIR",
        };
        var split = new Option<string>("--split")
        {
            Description =
                $"Which records: {string.Join(", ", RecordSplit.Names)}; all are the folder's, ludb-… LUDB's, the others MIT-BIH's.",
            HelpName = string.Join('|', RecordSplit.Names),
            DefaultValueFactory = _ => RecordSplit.Validation,
        };
        split.AcceptOnlyFromAmong([.. RecordSplit.Names]);
        var methods = new Option<string[]>("--method", "--methods")
        {
            Description = $"A method ({RecoveryMethods.Names(RecoveryMethods.ForRecords)}), a model file, or {All}; repeat it for several.",
            HelpName = "NAME|FILE|all",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => [All],
        };
        var estimate = StandardOptions.Estimate(
            $"The estimate that is tested; methods that do not have it are left out of {All}.");
        var gapSeconds = new Option<string>("--gap-seconds")
        {
            Description = "Lengths of gaps, as 0.15,0.30.",
            HelpName = "SECONDS,…",
            DefaultValueFactory = _ => string.Join(',', defaults.GapSeconds.Select(Seconds)),
        };
        var gapsPerRecord = StandardOptions.Bounded(
            new Option<int>("--gaps-per-record")
            {
                Description = "Gaps of each length in a record.",
                HelpName = "N",
                DefaultValueFactory = _ => defaults.GapsPerRecord,
            },
            1,
            100_000);
        var quick = new Option<bool>("--quick")
        {
            Description = $"A short run: gaps of 0.05 to 1 s at random places, {RecordBenchmarkOptions.QuickGaps} of each length or more, "
                + "spread over the records.",
        };
        var placement = new Option<string[]>("--placement")
        {
            Description = "Where gaps lie: at random times, or on the P wave, QRS complex or T wave of annotated beats; "
                + "repeat it for several.",
            HelpName = string.Join('|', s_placements),
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => [.. defaults.Placements.Select(GapKind.NameOf)],
        };
        placement.AcceptOnlyFromAmong(s_placements);
        var oneAtATime = new Option<bool>("--one-at-a-time")
        {
            Description = "Cut each gap by itself from the otherwise whole lead, instead of all of one length together.",
        };
        var lead = new Option<string>("--lead")
        {
            Description = "The lead, by its number from 0 or by its name.",
            HelpName = "N|NAME",
            DefaultValueFactory = _ => "0",
        };
        var loss = new Option<string>("--loss")
        {
            Description = $"Which leads are lost: {All}, or {One}, where methods see the other leads whole.",
            HelpName = $"{All}|{One}",
            DefaultValueFactory = _ => All,
        };
        loss.AcceptOnlyFromAmong(All, One);
        var frequency = StandardOptions.Bounded(
            new Option<double>("--frequency")
            {
                Description = "Resample records to this frequency before gaps are cut; by default they keep their own.",
                HelpName = "HZ",
            },
            RPeakDetector.MinimumSamplingFrequencyHz,
            10_000);
        var window = StandardOptions.Bounded(
            new Option<double>("--window")
            {
                Description = "Seconds before a gap, and after it, that methods look at.",
                HelpName = "SECONDS",
                DefaultValueFactory = _ => defaults.WindowSeconds,
            },
            1,
            86_400);
        var intervals = new Option<bool>("--intervals")
        {
            Description = "Also test the intervals, what is left missing and the times of R peaks: each lead is tested on hidden gaps of "
                + "its own first, as by recover.",
        };
        var selfTestGaps = StandardOptions.Bounded(
            new Option<int>("--self-test-gaps")
            {
                Description = "With --intervals: how many gaps are hidden for each record and length, or for each gap where they are cut "
                    + "one at a time; each takes as long as a gap.",
                HelpName = "N",
                DefaultValueFactory = _ => RecoveryOptions.DefaultSelfTestGaps,
            },
            1,
            10_000);
        var seed = StandardOptions.Seed();
        var threads = StandardOptions.Threads();
        var json = StandardOptions.Json();
        var command = new Verb(
            "benchmark",
            "Cuts gaps from recordings, recovers them by several methods, and reports errors, amplitude and R peaks.",
            "benchmark --records mitdb --split validation",
            "benchmark --records mitdb --method linear --gap-seconds 0.15,0.30 --one-at-a-time --frequency 120 --json",
            "benchmark --records mitdb --method similar --intervals",
            "benchmark --records mitdb --split ds2 --quick")
        {
            records, split, methods, estimate, quick, gapSeconds, gapsPerRecord, placement, oneAtATime, loss, lead, frequency, window,
            intervals, selfTestGaps, seed, threads, json,
        };
        command.SetAction((parse, token) =>
        {
            if (parse.GetResult(selfTestGaps) is { Implicit: false } && !parse.GetValue(intervals))
                throw new UsageException("--self-test-gaps needs --intervals");
            Option[] chosen = [gapSeconds, gapsPerRecord, placement];
            if (parse.GetValue(quick) && Array.Find(chosen, option => parse.GetResult(option) is { Implicit: false }) is { } other)
                throw new UsageException($"--quick and {other.Name} exclude each other");
            var request = new Request(
                parse.GetRequiredValue(records),
                parse.GetRequiredValue(split),
                parse.GetRequiredValue(methods),
                new RecordBenchmarkOptions
                {
                    Estimate = parse.GetValue(estimate),
                    GapSeconds = ParseLengths(parse.GetRequiredValue(gapSeconds)),
                    GapsPerRecord = parse.GetValue(gapsPerRecord),
                    Placements = [.. parse.GetRequiredValue(placement).Distinct().Select(Placement)],
                    OneAtATime = parse.GetValue(oneAtATime),
                    Lead = Number(parse.GetRequiredValue(lead)) ?? 0,
                    LeadName = Number(parse.GetRequiredValue(lead)) is null ? parse.GetRequiredValue(lead) : null,
                    Loss = parse.GetValue(loss) == One ? LeadLoss.One : LeadLoss.All,
                    FrequencyHz = parse.GetValue(frequency) is > 0 and var hertz ? hertz : null,
                    WindowSeconds = parse.GetValue(window),
                    SelfTestGaps = parse.GetValue(intervals) ? parse.GetValue(selfTestGaps) : 0,
                    Seed = parse.GetValue(seed),
                    Threads = parse.GetValue(threads),
                },
                parse.GetValue(quick),
                parse.GetValue(json));
            Run(request, parse.InvocationConfiguration.Output, parse.InvocationConfiguration.Error, token);
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    private static void Run(Request request, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        var methods = Methods(request.Methods, request.Options.Estimate);
        var records = RecordSplit.Records(request.Split, request.Records);
        var options = request.IsQuick ? request.Options.Quick(records.Count) : request.Options;
        RecordBenchmarkResult result;
        // The bar is removed before the table is printed.
        using (var progress = new Progress(error))
            result = RecordBenchmark.Run(request.Records, records, methods, options, progress, cancellationToken);
        result = result with { Split = request.Split };
        // Markdown is for documents; a terminal cuts its long lines inside words.
        output.Write(
            request.Json ? RecordBenchmarkJson.Write(result)
            : Terminal.HasOutput ? RecordBenchmarkTable.Text(result, Terminal.TableColumns)
            : RecordBenchmarkTable.Markdown(result));
    }

    private static List<RecoveryMethodInfo> Methods(IReadOnlyList<string> names, RecoveryEstimate estimate) =>
    [
        .. names.SelectMany(name => name == All ? RecoveryMethods.WithEstimate(estimate) : [Method(name, estimate)])
            .DistinctBy(method => method.Name),
    ];

    private static RecoveryMethodInfo Method(string name, RecoveryEstimate estimate)
    {
        var names = RecoveryMethods.Names(RecoveryMethods.ForRecords);
        var method = RecoveryMethods.Find(name)
            ?? throw new UsageException($"--method '{name}' is neither a name nor a file; expected {names}, {All} or a model file");
        if (!method.RecoversRecords)
            throw new UsageException($"--method {name} recovers single heartbeats only; expected {names} or {All}");
        return method.HasEstimate(estimate)
            ? method
            : throw new UsageException(
                $"--method {name} has no placed estimate; "
                    + $"expected {RecoveryMethods.Names(RecoveryMethods.WithEstimate(estimate))} or {All}");
    }

    private static GapPlacement Placement(string name) =>
        Enum.GetValues<GapPlacement>().First(placement => GapKind.NameOf(placement) == name);

    private static int? Number(string lead) =>
        int.TryParse(lead, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string Seconds(double length) => length.ToString("0.00", CultureInfo.InvariantCulture);

    private static List<double> ParseLengths(string text)
    {
        var lengths = new List<double>();
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            if (!double.TryParse(part, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var length)
                || !(length > 0 && length <= MaximumGapSeconds))
            {
                throw new UsageException(
                    $"--gap-seconds '{text}' is no list of lengths; expected seconds above 0 to {MaximumGapSeconds}, as 0.15,0.30");
            }

            if (!lengths.Contains(length))
                lengths.Add(length);
        }

        return lengths;
    }

    private sealed record Request(
        string Records, string Split, IReadOnlyList<string> Methods, RecordBenchmarkOptions Options, bool IsQuick, bool Json);

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
                var left = TimeProvider.System.GetElapsedTime(_start) * ((double)(value.Total - value.Done) / value.Done);
                var detail = $"record {value.Record}  {value.Method}  ETA {TrainingProgressView.FormatDuration(left)}";
                _line.Report((double)value.Done / value.Total, detail);
            }
        }

        public void Dispose() => _line.Dispose();
    }
}
