using System.CommandLine;
using EcgRecovery.Cli.Hosting;
using EcgRecovery.Cli.Inputs;
using EcgRecovery.Cli.Outputs;
using EcgRecovery.Gaps;
using EcgRecovery.Records;

namespace EcgRecovery.Cli.Commands;

/// <summary><c>gaps</c>: what is missing in a recording, and why.</summary>
internal static class GapsCommand
{
    private static readonly GapFinderOptions s_defaults = new();

    public static Command Create()
    {
        var input = new RecordInput();
        var output = new FindingsOutput("gaps");
        var only = Causes("--only", "Look for this cause alone; several times for several.");
        var without = Causes("--without", "Do not look for this cause; several times for several.");
        var flat = Seconds("--flat-line-seconds", "An unchanged value is a flat line from this long on.", s_defaults.FlatLineSeconds);
        var saturation = Seconds("--saturation-seconds", "An end of the range is saturation from this long on.", s_defaults.SaturationSeconds);
        var packet = Seconds("--packet-seconds", "The shortest packet whose loss is looked for.", s_defaults.ShortestPacketSeconds);
        var json = StandardOptions.Json();
        var command = new Verb(
            "gaps",
            "Finds what is missing in a recording, lead by lead, and why: what the file says is missing, and samples that are there but are no signal.",
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
                foreach (var sentence in output.Write(parse, path, selection.Whole, listing.WriteCsv, listing.WriteJson, listing.Annotations))
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

    private static IReadOnlyList<LeadGaps> Find(RecordSelection selection, GapFinderOptions options, TextWriter error, CancellationToken cancellationToken)
    {
        // Whoever names a lead wants it judged, whatever its unit.
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
            throw new UsageException("--only and --without were both given; expected one of them");
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

    // A day is longer than anything that these thresholds can mean.
    private static Option<double> Seconds(string name, string description, double defaultValue) =>
        StandardOptions.Bounded(new Option<double>(name) { Description = description, HelpName = "S", DefaultValueFactory = _ => defaultValue }, 0.001, 86_400);

    private sealed class Fraction(ProgressLine line) : IProgress<double>
    {
        public void Report(double value) => line.Report(value, "");
    }
}
