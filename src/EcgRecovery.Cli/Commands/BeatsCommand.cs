using System.CommandLine;
using EcgRecovery.Beats;
using EcgRecovery.Cli.Hosting;
using EcgRecovery.Cli.Inputs;
using EcgRecovery.Cli.Outputs;
using EcgRecovery.Records;

namespace EcgRecovery.Cli.Commands;

/// <summary><c>beats</c>: finds the R peaks of a recording.</summary>
internal static class BeatsCommand
{
    public static Command Create()
    {
        var input = new RecordInput();
        var output = new FindingsOutput("qrs");
        var json = StandardOptions.Json();
        var command = new Verb(
            "beats",
            "Finds the R peaks of one lead of a recording: the lead of --lead, or the first lead that is a voltage.",
            "beats mitdb/100",
            "beats mitdb/100 --lead V5 --from 5:00 --to 10:00 --output peaks.csv",
            "beats mitdb/100 --output 100.qrs")
        {
            json,
        };
        input.AddTo(command);
        output.AddTo(command);
        command.SetAction((parse, token) =>
        {
            var path = output.Check(parse, input);
            using var selection = input.Open(parse);
            var number = Lead(selection);
            var start = selection.StartOf(number);
            var peaks = RPeakDetector.Detect(selection.Part.Leads[number], options: null, token);
            var listing = new BeatListing(selection.Whole, number, Array.ConvertAll(peaks, peak => peak + start));
            if (path is not null)
            {
                var lost = output.Write(parse, path, selection.Whole, listing.WriteCsv, listing.WriteJson, listing.Annotations);
                foreach (var sentence in lost)
                    parse.InvocationConfiguration.Error.WriteLine(sentence);
            }

            using var text = new BufferedText(parse.InvocationConfiguration.Output);
            if (parse.GetValue(json))
                listing.WriteJson(text);
            else if (path is null)
                listing.WriteTable(text);
            else
                listing.WriteSummary(text);
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    private static int Lead(RecordSelection selection)
    {
        var record = selection.Whole;
        if (selection.HasChosenLeads && selection.Leads.Count > 1)
            throw new UsageException($"--lead has {selection.Leads.Count} leads; R peaks are found in one");
        var candidates = selection.HasChosenLeads ? selection.Leads : RecordViews.TakenForEcg(record);
        if (candidates.Count == 0)
            throw new InvalidDataException($"Record {record.Name} has no lead that is a voltage, or in counts; name another with --lead.");
        var lead = record.Leads[candidates[0]];
        return lead.SamplingFrequencyHz is >= RPeakDetector.MinimumSamplingFrequencyHz and <= RPeakDetector.MaximumSamplingFrequencyHz
            ? candidates[0]
            : throw new InvalidDataException(
                $"Lead {lead.Name} of record {record.Name} has {lead.SamplingFrequencyHz} samples a second; "
                + $"R peaks are found in {RPeakDetector.MinimumSamplingFrequencyHz} to {RPeakDetector.MaximumSamplingFrequencyHz}.");
    }
}
