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
        var causes = new CauseOptions(
            "A cause to look for; repeat it for several causes.", "A cause not to look for; repeat it for several causes.");
        var flat = StandardOptions.Seconds(
            "--flat-line-seconds", "Minimum duration of an unchanged value to be a flat line.", s_defaults.FlatLineSeconds);
        var saturation = StandardOptions.Seconds(
            "--saturation-seconds", "Minimum duration at an end of the range to be saturation.", s_defaults.SaturationSeconds);
        var packet = StandardOptions.Seconds(
            "--packet-seconds", "Duration of the shortest lost packet to look for.", s_defaults.ShortestPacketSeconds);
        var json = StandardOptions.Json();
        var command = new Verb(
            "gaps",
            "Finds the missing spans of every lead and their causes: samples that the file marks as missing, and samples without signal.",
            "gaps mitdb/116",
            "gaps night.edf --from 1:00:00 --to 2:00:00 --without saturation",
            "gaps mitdb/116 --output 116.gaps")
        {
            causes.All[0], causes.All[1], flat, saturation, packet, json,
        };
        input.AddTo(command);
        output.AddTo(command);
        command.SetAction((parse, token) =>
        {
            var path = output.Check(parse, input);
            var options = new GapFinderOptions
            {
                Causes = causes.Read(parse) ?? s_defaults.Causes,
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
                listing.WriteTable(text, Terminal.TableColumns);
            else
                listing.WriteTotals(text, Terminal.TableColumns);
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    private static IReadOnlyList<LeadGaps> Find(
        RecordSelection selection, GapFinderOptions options, TextWriter error, CancellationToken cancellationToken)
    {
        // A lead that is named is judged, whatever its unit.
        options = options with
        {
            JudgeAnyUnit = selection.HasChosenLeads,
            JudgeCounts = !selection.Whole.Leads.Any(lead => lead.IsVoltage),
        };
        using var line = new ProgressLine("looking for gaps", error);
        // The bounds of recovered samples are missing everywhere else: no gap of the recording.
        var bounds = RecordViews.Bounds(selection.Whole);
        int[] numbers =
        [
            .. selection.Leads.Where(number => selection.HasChosenLeads || !bounds.Contains(selection.Whole.Leads[number])),
        ];
        var leads = Array.ConvertAll(numbers, number => selection.Part.Leads[number]);
        var found = GapFinder.Find(leads, options, line, cancellationToken);
        return
        [
            .. numbers.Select((number, i) =>
            {
                var start = selection.StartOf(number);
                return new LeadGaps(
                    number,
                    selection.Whole.Leads[number],
                    start,
                    leads[i].SampleCount,
                    options.Judges(leads[i]),
                    [.. found[i].Select(span => span with { Span = span.Span.Shift(start) })]);
            }),
        ];
    }
}
