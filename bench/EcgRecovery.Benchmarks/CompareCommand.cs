using System.CommandLine;
using EcgRecovery.Benchmarks.Comparison;
using EcgRecovery.Benchmarks.Engines;
using EcgRecovery.Benchmarks.Machine;
using EcgRecovery.Benchmarks.Profile;
using EcgRecovery.Benchmarks.Tables;
using EcgRecovery.Benchmarks.Workloads;

namespace EcgRecovery.Benchmarks;

/// <summary>The command <c>compare</c>: the engine against its rivals and against the machine.</summary>
internal static class CompareCommand
{
    private const double PeakSeconds = 0.2;
    private static readonly Effort s_full = new(Sittings: 2, Rounds: 5, Seconds: 0.2);
    private static readonly Effort s_quick = new(Sittings: 1, Rounds: 2, Seconds: 0.1);
    private static readonly string[] s_sections = ["peak", "training", "inference", "profile"];

    public static Command Create()
    {
        var quick = new Option<bool>("--quick") { Description = "One sitting of two short rounds, as a test of the program." };
        var sections = new Option<string[]>("--sections")
        {
            Description = $"Sections to measure: {string.Join(", ", s_sections)}. Default: all.",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => s_sections,
        };
        sections.AcceptOnlyFromAmong(s_sections);
        var only = new Option<string?>("--only")
        {
            Description = "Only workloads whose name contains this, as in \"T = 512\".",
            HelpName = "TEXT",
        };
        var write = new Option<bool>("--write") { Description = "Write the tables of a full run to docs/performance.md." };
        var command = new Command(
            "compare", "Checks values, then times the engine, its rivals and the machine's FMA peak in turn; prints tables.")
        {
            quick, sections, only, write,
        };
        command.Validators.Add(result =>
        {
            var isFull = !result.GetValue(quick) && result.GetValue(only) is null && result.GetResult(sections) is not { Implicit: false };
            if (result.GetValue(write) && !isFull)
                result.AddError("--write needs a full run; no other option may be given with it.");
        });
        command.SetAction(parse => Run(
            parse.GetValue(quick) ? s_quick : s_full, parse.GetValue(sections)!, parse.GetValue(only), parse.GetValue(write)));
        return command;
    }

    private static int Run(Effort effort, string[] sections, string? only, bool write)
    {
        var log = Console.Error;
        var arena = new Arena(effort, log);
        List<Contest> contests = [];
        if (sections.Contains("training"))
            contests.AddRange(ContestList.Training);
        if (sections.Contains("inference"))
            contests.AddRange(ContestList.Inference);
        contests.RemoveAll(contest => only is not null && !contest.Workload.Name.Contains(only, StringComparison.Ordinal));

        var peak = sections.Contains("peak") ? PeakCheck.Run(PeakSeconds, withC: effort == s_full) : null;
        var profiled = WorkloadList.Profiled
            .Where(workload => sections.Contains("profile") && workload.Name.Contains(only ?? "", StringComparison.Ordinal));
        var profileSeconds = effort.Seconds * effort.Sittings * effort.Rounds;
        var results = new Results(
            peak,
            [.. contests.Select(arena.Hold)],
            [.. profiled.Select(workload => PhaseProfile.Measure(workload, ContestList.Threads, profileSeconds))],
            effort);
        var blocks = Report.Blocks(results, DateTime.UtcNow).ToList();
        foreach (var (name, contents) in blocks)
            Console.Out.WriteLine($"{name}\n\n{contents}");

        // Without correct values of our engine a comparison is meaningless, and nothing is written.
        var wrong = results.Contests
            .Where(result => result.Contest.Contestants.Any(c => c.Engine is OurEngine or OurStream && result[c].Refused is not null))
            .ToList();
        foreach (var result in wrong)
            log.WriteLine($"error: our engine was not timed at {result.Workload.Name}");
        if (wrong.Count > 0)
            return 1;
        if (write)
            Write(blocks);
        return 0;
    }

    private static void Write(List<(string Name, string Contents)> blocks)
    {
        var path = Path.Combine(Tools.FindCheckout(), "docs", "performance.md");
        var document = blocks.Aggregate(File.ReadAllText(path), (text, block) => MarkedDocument.Replace(text, block.Name, block.Contents));
        File.WriteAllText(path, document);
    }
}
