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
            "Finds the R peaks of a recording, in the leads of --lead or in all ECG leads, and says where they are not to be trusted.",
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
            var listing = new BeatListing(selection.Whole, Find(selection, token), selection.Part.DurationSeconds);
            if (path is not null)
            {
                var lost = output.Write(parse, path, selection.Whole, listing.WriteCsv, listing.WriteJson, listing.Annotations);
                foreach (var sentence in lost)
                    parse.InvocationConfiguration.Error.WriteLine(sentence);
            }

            using var text = new BufferedText(parse.InvocationConfiguration.Output);
            if (parse.GetValue(json))
            {
                listing.WriteJson(text);
            }
            else
            {
                if (path is null)
                    listing.WriteTable(text);
                listing.WriteSummary(text);
            }

            if (listing.Warning is { } warning)
                parse.InvocationConfiguration.Error.WriteLine(warning);
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    private static FoundRPeaks Find(RecordSelection selection, CancellationToken cancellationToken)
    {
        var leads = selection.HasChosenLeads ? selection.Leads : LeadNames.EcgLeads(selection.Whole.Leads);
        if (leads.Count == 0)
        {
            throw new InvalidDataException(
                $"Record {selection.Whole.Name} has no lead that its name and unit allow to be an ECG "
                + $"({string.Join(", ", selection.Whole.Leads.Select(lead => $"{lead.Name} in {lead.Unit}"))}); name one with --lead.");
        }

        var found = selection.Part.FindRPeaks(leads, cancellationToken);
        return found.Moved(number => number, selection.StartOf(found.Lead));
    }
}
