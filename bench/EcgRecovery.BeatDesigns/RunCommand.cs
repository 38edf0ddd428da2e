using System.CommandLine;
using EcgRecovery.BeatDesigns.Beats;
using EcgRecovery.BeatDesigns.Designs;
using EcgRecovery.BeatDesigns.Scores;
using EcgRecovery.BeatDesigns.Training;

namespace EcgRecovery.BeatDesigns;

/// <summary><c>run</c>: trains the designs that have no result yet.</summary>
internal static class RunCommand
{
    public static Command Create()
    {
        var records = new Option<DirectoryInfo>("--records")
        {
            Description = "The folder of the MIT-BIH Arrhythmia Database's records.",
            HelpName = "MITDB",
            Required = true,
        };
        var designs = CommonOptions.Designs();
        var output = new Option<string>("--output")
        {
            Description = "Receives a JSON file a design; what has one there is not run again. The project's results, unless told.",
            HelpName = "DIR",
            DefaultValueFactory = _ => CommonOptions.OwnResults,
        };
        var only = new Option<string[]>("--only")
        {
            Description = "Only these designs, as in a00-base,a08-rmse.",
            HelpName = "NAME,…",
            CustomParser = argument => [.. argument.Tokens.SelectMany(token => token.Value.Split(',', StringSplitOptions.RemoveEmptyEntries))],
        };
        var threads = new Option<int>("--threads") { Description = "Threads; no figure depends on it.", HelpName = "N", DefaultValueFactory = _ => 1 };
        threads.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 1)
                result.AddError("--threads must be at least 1.");
        });
        var command = new Command("run", "Trains the designs that have no result yet, and scores them on the validation patients of DS1.")
        {
            records, designs, output, only, threads,
        };
        command.SetAction(parse => Run(
            parse.GetRequiredValue(records).FullName, parse.GetValue(designs), parse.GetValue(output)!, parse.GetValue(only) ?? [], parse.GetValue(threads)));
        return command;
    }

    private static int Run(string records, string? designs, string output, string[] only, int threads)
    {
        var log = Console.Error;
        var list = CommonOptions.List(designs);
        var chosen = only.Length == 0 ? list : [.. only.Select(Find)];
        var runner = new DesignRunner(new Workbench(new DesignBeats(records), threads, log), output, log);
        foreach (var entry in chosen)
        {
            if (DesignResults.Of(entry).All(name => File.Exists(DesignResult.PathOf(output, name))))
                DesignResults.Read(output, entry);
            else
                runner.Run(entry, list);
        }

        return 0;

        Entry Find(string name) => list.FirstOrDefault(entry => entry.Name == name)
            ?? throw new InvalidDataException($"{name} is not in the list of designs.");
    }
}
