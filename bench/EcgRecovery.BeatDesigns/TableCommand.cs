using System.CommandLine;
using EcgRecovery.BeatDesigns.Scores;
using EcgRecovery.BeatDesigns.Tables;
using EcgRecovery.Benchmarks.Tables;
using EcgRecovery.Formats;
using EcgRecovery.Reporting.Drawing;

namespace EcgRecovery.BeatDesigns;

/// <summary><c>table</c>: the results as tables and as a figure.</summary>
internal static class TableCommand
{
    public static Command Create()
    {
        var designs = CommonOptions.Designs();
        var results = new Option<string>("--results")
        {
            Description = "The folder of the results; the project's, unless told.",
            HelpName = "DIR",
            DefaultValueFactory = _ => CommonOptions.OwnResults,
        };
        var write = new Option<bool>("--write")
        {
            Description = "Put the tables into docs/beat-model.md, and the learning curves into docs/images/beat-designs.svg.",
        };
        var command = new Command("table", "Prints the tables of the results that there are, in the order of the list.") { designs, results, write };
        command.SetAction(parse => Run(parse.GetValue(designs), parse.GetValue(results)!, parse.GetValue(write)));
        return command;
    }

    private static int Run(string? designs, string folder, bool write)
    {
        var runs = CommonOptions.List(designs).Select(entry => (Entry: entry, Results: DesignResults.Read(folder, entry))).ToList();
        foreach (var (entry, _) in runs.Where(run => run.Results.Count < DesignResults.Of(run.Entry).Count))
            Console.Error.WriteLine($"{entry.Name} has not been run");
        var blocks = DesignTables.Blocks(runs).ToList();
        foreach (var (name, contents) in blocks)
            Console.Out.WriteLine($"{name}\n\n{contents}");
        if (!write)
            return 0;

        var shown = runs.Where(run => run.Entry.IsShown && run.Results.Count > 0).Select(run => run.Results[^1]).ToList();
        var docs = Path.Combine(CommonOptions.Checkout, "docs");
        OutputFile.WriteText(Path.Combine(docs, "images", "beat-designs.svg"), overwrite: true, SvgFile.Document(DesignCurvesFigure.Draw(shown)));
        var page = Path.Combine(docs, "beat-model.md");
        var text = blocks.Aggregate(File.ReadAllText(page), (text, block) => MarkedDocument.Replace(text, block.Name, block.Contents));
        OutputFile.WriteText(page, overwrite: true, text);
        return 0;
    }
}
