using System.CommandLine;
using EcgRecovery.Cli.Hosting;
using EcgRecovery.Cli.Inputs;
using EcgRecovery.Cli.Outputs;
using EcgRecovery.Gaps;
using EcgRecovery.Records;
using EcgRecovery.Recovery;
using EcgRecovery.Recovery.Records;

namespace EcgRecovery.Cli.Commands;

/// <summary><c>recover</c> for recordings: fills their gaps, marks them, and reports what is left missing.</summary>
/// <param name="input">The recording and the part that is recovered.</param>
/// <param name="shared">The options of either kind of input.</param>
internal sealed class RecoverRecording(RecordInput input, RecoverOptions shared)
{
    private readonly CauseOptions _causes = new(
        "Recordings: a cause of the gaps to recover; repeat it for several. Without it, what the file itself states as missing. "
            + "Samples of flat-line, saturation and packet-loss are replaced.",
        "Recordings: recover the gaps of all causes but this; repeat it for several.");

    private readonly GapListInput _gaps = new();

    private readonly Option<RecoveryEstimate> _estimate = StandardOptions.Estimate(
        "Recordings: mean has the least error, but is a blur where a beat's time is uncertain; placed has typical beats at the expected "
            + $"times ({RecoveryMethods.Names(RecoveryMethods.WithEstimate(RecoveryEstimate.Placed))}).");

    private readonly Option<double> _maximumGap = StandardOptions.Seconds(
        "--max-gap",
        "Recordings: the longest gap to fill from its own lead, in seconds; longer ones are left missing.",
        RecoveryOptions.DefaultMaximumGapSeconds);

    private readonly Option<double> _maximumGapFromLeads = StandardOptions.Seconds(
        "--max-gap-from-leads",
        "Recordings: the longest gap to fill from other leads that are observed through it, in seconds.",
        RecoveryOptions.DefaultMaximumGapFromLeadsSeconds);

    private readonly Option<double> _window = StandardOptions.Seconds(
        "--window",
        "Recordings: how much signal before a gap, and after it, the method looks at, in seconds.",
        RecoveryOptions.DefaultWindowSeconds);

    private readonly Option<int> _selfTestGaps = StandardOptions.Bounded(
        new Option<int>("--self-test-gaps")
        {
            Description = "Recordings: how many observed stretches of each lead and length of gap are hidden and recovered, to learn how "
                + "large the errors are; each takes as long as a gap. 0: no intervals but a model's own, and nothing that can be filled is "
                + "left.",
            HelpName = "N",
            DefaultValueFactory = _ => RecoveryOptions.DefaultSelfTestGaps,
        },
        0,
        10_000);

    private readonly Option<bool> _selfTest = new("--self-test")
    {
        Description = "Recordings: hide and recover observed stretches like the gaps, or of 0.15 to 2 s where there is none, print how "
            + "well that goes, and write nothing.",
    };

    private readonly Option<double> _interval = new("--interval")
    {
        Description = "Recordings: the share of the true samples that lie within their interval: 0.5, 0.8 or 0.95.",
        HelpName = "SHARE",
        DefaultValueFactory = _ => RecoveryOptions.DefaultIntervalLevel,
        CompletionSources = { RecoveryOptions.IntervalLevels.Select(level => $"{level}").ToArray() },
    };

    private readonly Option<bool> _noBounds = new("--no-bounds")
    {
        Description = "Recordings: do not write the bounds of the intervals, two leads for each lead that has recovered samples.",
    };

    private readonly Option<bool> _dryRun = new("--dry-run")
    {
        Description = "Recordings: find the gaps and decide about them, but fill and write nothing.",
    };

    private readonly Option<string?> _report = new("--report")
    {
        Description = "Recordings: a folder for report.html: every gap on ECG paper, what was recovered, and how sure it is.",
        HelpName = "DIR",
    };

    private readonly Option<bool> _json = StandardOptions.Json();

    /// <summary>The options that heartbeats do not have.</summary>
    public IReadOnlyList<Option> Options =>
    [
        _estimate, _maximumGap, _maximumGapFromLeads, .. _causes.All, _gaps.Option, .. input.Options, _window, _interval, _noBounds,
        _selfTestGaps, _selfTest, _dryRun, _report, _json,
    ];

    /// <summary>Recovers the recording; returns the exit code.</summary>
    public int Run(ParseResult parse, CancellationToken cancellationToken)
    {
        var console = parse.InvocationConfiguration;
        var isTest = parse.GetValue(_selfTest);
        if (isTest && (parse.GetValue(shared.Output) is not null || parse.GetValue(_dryRun)))
            throw new UsageException("--self-test writes nothing and recovers nothing; expected no --output and no --dry-run");
        var path = parse.GetValue(_dryRun) || isTest ? null : RecoverOptions.Require(parse, shared.Output);
        var estimate = parse.GetValue(_estimate);
        var entry = FindMethod(parse.GetValue(shared.Method) ?? RecoveryOptions.DefaultMethod, estimate);
        var name = RecoveryMethod.NameWith(entry.Name, estimate);
        using var selection = input.Open(parse);
        var record = WithFile(selection.Whole, parse.GetValue(_gaps.Option));
        if (path is not null)
            RefuseUnwritable(record, path, parse.GetValue(shared.Overwrite));
        RefuseReport(parse, record, path);
        var options = Read(parse, selection, entry.Name);
        WriteNotes(selection, console.Error);
        var plan = Plan(record, options, console.Error, cancellationToken);
        if (isTest)
            return Test(record, plan, entry, options, parse, cancellationToken);
        var listing = path is null
            ? Listing(record, name, plan.Leads.Select(lead => (lead.Number, Expected(lead, name))))
            : Recover(record, path, plan, entry, options, parse, cancellationToken);
        if (listing.GapCount == 0)
            console.Error.WriteLine($"note: there is no gap to recover in {Names(listing.Leads.Select(lead => lead.Lead))}");
        using var text = new BufferedText(console.Output);
        if (parse.GetValue(_json))
            listing.WriteJson(text);
        else
            listing.WriteText(text, Terminal.TableColumns);
        return listing.LeftCount == 0 ? ExitCode.Done : ExitCode.PartlyRecovered;
    }

    private static RecoveryMethodInfo FindMethod(string nameOrFile, RecoveryEstimate estimate)
    {
        var names = RecoveryMethods.Names(RecoveryMethods.ForRecords);
        var entry = RecoveryMethods.Find(nameOrFile)
            ?? throw new UsageException($"--method '{nameOrFile}' is neither a name nor a file; expected {names} or a model file");
        if (!entry.RecoversRecords)
            throw new UsageException($"--method {entry.Name} recovers single heartbeats only; for recordings expected {names}");
        return entry.HasEstimate(estimate)
            ? entry
            : throw new UsageException(
                $"--method {entry.Name} has no placed estimate; expected {RecoveryMethods.Names(RecoveryMethods.WithEstimate(estimate))}");
    }

    // The list of gaps is an input too.
    private static EcgRecord WithFile(EcgRecord record, string? file) =>
        File.Exists(file) ? new EcgRecord(record) { Files = [.. record.Files, file] } : record;

    private static void RefuseUnwritable(EcgRecord record, string path, bool overwrite)
    {
        try
        {
            RecordFormats.RefuseUnwritable(record, path, overwrite);
        }
        catch (ArgumentException exception)
        {
            throw UsageException.Of(exception);
        }
    }

    private void RefuseReport(ParseResult parse, EcgRecord record, string? path)
    {
        if (parse.GetValue(_report) is not { } folder)
            return;
        if (path is null)
            throw new UsageException($"{_report.Name} shows what was recovered; {_dryRun.Name} recovers nothing");
        RecoveryReportFolder.Prepare(folder, parse.GetValue(shared.Overwrite), [path, .. record.Files]);
    }

    private RecordRecoveryOptions Read(ParseResult parse, RecordSelection selection, string method)
    {
        var leads = selection.HasChosenLeads ? selection.Leads : null;
        var gaps = _gaps.Read(parse, selection.Whole, leads ?? RecoveryPlan.DefaultLeads(selection.Whole));
        return new RecordRecoveryOptions
        {
            Method = method,
            Estimate = parse.GetValue(_estimate),
            MaximumGapSeconds = parse.GetValue(_maximumGap),
            MaximumGapFromLeadsSeconds = parse.GetValue(_maximumGapFromLeads),
            WindowSeconds = parse.GetValue(_window),
            SelfTestGaps = parse.GetValue(_selfTestGaps),
            IntervalLevel = parse.GetValue(_interval),
            AddBounds = !parse.GetValue(_noBounds),
            Threads = parse.GetValue(shared.Threads),
            Leads = leads,
            Time = selection.Time,
            Causes = _causes.Read(parse) ?? (gaps is null ? GapFinderOptions.Stated.Causes : []),
            Gaps = gaps ?? [],
        };
    }

    private static void WriteNotes(RecordSelection selection, TextWriter error)
    {
        foreach (var remark in selection.Whole.Remarks)
            error.WriteLine($"note: {remark}");
        var taken = RecordViews.TakenForEcg(selection.Whole);
        EcgLead[] others = selection.HasChosenLeads
            ? []
            : [.. selection.Whole.Leads.Where((lead, i) => !lead.IsVoltage && !taken.Contains(i))];
        if (others.Length > 0)
            error.WriteLine($"note: not recovered, because no voltage: {Names(others)}; name a lead with --lead to recover it");
    }

    private static RecoveryPlan Plan(
        EcgRecord record, RecordRecoveryOptions options, TextWriter error, CancellationToken cancellationToken)
    {
        using var line = new ProgressLine("looking for gaps", error);
        try
        {
            return RecoveryPlan.Make(record, options, line, cancellationToken);
        }
        catch (ArgumentException exception)
        {
            throw UsageException.Of(exception);
        }
    }

    private RecoveryListing Recover(
        EcgRecord record,
        string path,
        RecoveryPlan plan,
        RecoveryMethodInfo entry,
        RecordRecoveryOptions options,
        ParseResult parse,
        CancellationToken cancellationToken)
    {
        using var method = entry.CreateForRecords(options.Estimate);
        RecoveredRecord recovered;
        using (var progress = new RecoveryProgressView(method.Name, parse.InvocationConfiguration.Error))
            recovered = RecordRecovery.Fill(record, plan, method, options, progress, cancellationToken);
        var lost = RecordFormats.Write(recovered.Record, path, parse.GetValue(shared.Overwrite), cancellationToken);
        if (parse.GetValue(_report) is { } folder)
            RecoveryReportFolder.Write(folder, recovered, method.Name, parse.GetValue(shared.Overwrite), cancellationToken);
        return Listing(record, method.Name, plan.Leads.Select(lead => (lead.Number, recovered.Gaps[lead.Number])), path, lost);
    }

    private int Test(
        EcgRecord record,
        RecoveryPlan plan,
        RecoveryMethodInfo entry,
        RecordRecoveryOptions options,
        ParseResult parse,
        CancellationToken cancellationToken)
    {
        using var method = entry.CreateForRecords(options.Estimate);
        IReadOnlyList<SelfTestCell> cells;
        using (var progress = new RecoveryProgressView(method.Name, parse.InvocationConfiguration.Error))
            cells = RecordRecovery.Test(plan, method, options, progress, cancellationToken);
        var listing = new SelfTestListing(record, method.Name, cells);
        using var text = new BufferedText(parse.InvocationConfiguration.Output);
        if (parse.GetValue(_json))
            listing.WriteJson(text);
        else
            listing.WriteText(text, Terminal.TableColumns);
        return ExitCode.Done;
    }

    private static RecoveryListing Listing(
        EcgRecord record,
        string method,
        IEnumerable<(int Number, IReadOnlyList<RecoveredGap> Gaps)> leads,
        string? path = null,
        IReadOnlyList<string>? lost = null) => new()
        {
            Record = record.Name,
            Output = path,
            Method = method,
            Version = RecordRecovery.Version,
            Leads = [.. leads.Select(lead => new LeadOutcome(lead.Number, record.Leads[lead.Number], lead.Gaps))],
            Lost = lost ?? [],
        };

    private static IReadOnlyList<RecoveredGap> Expected(LeadPlan lead, string method) =>
    [
        .. lead.Gaps.Select(gap => new RecoveredGap(gap.Span, gap.ReasonToLeave.Length == 0 ? method : null, gap.ReasonToLeave)),
    ];

    private static string Names(IEnumerable<EcgLead> leads)
    {
        string[] names = [.. leads.Select(lead => lead.Name)];
        return names.Length == 0 ? "no lead" : string.Join(", ", names.Take(16)) + (names.Length > 16 ? ", …" : "");
    }
}
