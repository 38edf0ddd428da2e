using System.CommandLine;
using EcgRecovery.Cli.Hosting;
using EcgRecovery.Cli.Inputs;
using EcgRecovery.Cli.Outputs;
using EcgRecovery.Gaps;
using EcgRecovery.Records;

namespace EcgRecovery.Cli.Commands;

/// <summary><c>gaps</c>: finds the missing spans of a recording and their causes.</summary>
internal static class GapsCommand
{
    private static readonly GapFinderOptions s_defaults = new();

    public static Command Create()
    {
        var input = new RecordInput();
        var output = new FindingsOutput("gaps");
        var only = Causes("--only", "A cause to look for; repeat it for several causes.");
        var without = Causes("--without", "A cause not to look for; repeat it for several causes.");
        var flat = Seconds("--flat-line-seconds", "Minimum duration of an unchanged value to be a flat line.", s_defaults.FlatLineSeconds);
        var saturation = Seconds(
            "--saturation-seconds", "Minimum duration at an end of the range to be saturation.", s_defaults.SaturationSeconds);
        var packet = Seconds("--packet-seconds", "Duration of the shortest lost packet to look for.", s_defaults.ShortestPacketSeconds);
        var json = StandardOptions.Json();
        var command = new Verb(
            "gaps",
            "Finds the missing spans of every lead and their causes: samples that the file marks as missing, and samples without signal.",
            "gaps mitdb/116",
            "gaps night.edf --from 1:00:00 --to 2:00:00 --without saturation",
            "gaps mitdb/116 --output 116.gaps")
        {
            only, without, flat, saturation, packet, json,
        };
        input.AddTo(command);
        output.AddTo(command);
        command.SetAction((parse, token) =>
        {
            var path = output.Check(parse, input);
            var options = new GapFinderOptions
            {
                Causes = Chosen(parse.GetValue(only) ?? [], parse.GetValue(without) ?? []),
                FlatLineSeconds = parse.GetValue(flat),
                SaturationSeconds = parse.GetValue(saturation),
                ShortestPacketSeconds = parse.GetValue(packet),
            };
            using var selection = input.Open(parse);
            var listing = new GapListing(selection.Whole, Find(selection, options, parse.InvocationConfiguration.Error, token));
            var console = parse.InvocationConfiguration.Output;
            if (path is not null)
            {
                var lost = output.Write(parse, path, selection.Whole, listing.WriteCsv, listing.WriteJson, listing.Annotations);
                foreach (var sentence in lost)
                    parse.InvocationConfiguration.Error.WriteLine(sentence);
            }

            using var text = new BufferedText(console);
            if (parse.GetValue(json))
                listing.WriteJson(text);
            else if (path is null)
                listing.WriteTable(text);
            else
                listing.WriteTotals(text);
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    private static IReadOnlyList<LeadGaps> Find(
        RecordSelection selection, GapFinderOptions options, TextWriter error, CancellationToken cancellationToken)
    {
        // A lead that is named is judged, whatever its unit.
        options = options with { JudgeAnyUnit = selection.HasChosenLeads };
        using var line = new ProgressLine("looking for gaps", error);
        var leads = selection.Leads.Select(i => selection.Part.Leads[i]).ToArray();
        var found = GapFinder.Find(leads, options, new Fraction(line), cancellationToken);
        return
        [
            .. selection.Leads.Select((number, i) =>
            {
                var start = selection.StartOf(number);
                return new LeadGaps(
                    number,
                    selection.Whole.Leads[number],
                    start,
                    leads[i].SampleCount,
                    options.JudgeAnyUnit || leads[i].IsVoltage,
                    [.. found[i].Select(span => span with { Span = span.Span.Shift(start) })]);
            }),
        ];
    }

    private static HashSet<MissingCause> Chosen(string[] only, string[] without)
    {
        if (only.Length > 0 && without.Length > 0)
            throw new UsageException("--only and --without are both given; expected one of them");
        var causes = (only.Length > 0 ? only : CauseName.All).Select(CauseName.Parse).ToHashSet();
        causes.ExceptWith(without.Select(CauseName.Parse));
        return causes;
    }

    private static Option<string[]> Causes(string name, string description)
    {
        var option = new Option<string[]>(name) { Description = description, HelpName = "CAUSE" };
        option.AcceptOnlyFromAmong([.. CauseName.All]);
        return option;
    }

    // A day is longer than any sensible threshold.
    private static Option<double> Seconds(string name, string description, double defaultValue) =>
        StandardOptions.Bounded(
            new Option<double>(name) { Description = description, HelpName = "S", DefaultValueFactory = _ => defaultValue }, 0.001, 86_400);

    private sealed class Fraction(ProgressLine line) : IProgress<double>
    {
        public void Report(double value) => line.Report(value, "");
    }
}
