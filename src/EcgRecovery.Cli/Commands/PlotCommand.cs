using System.CommandLine;
using EcgRecovery.Cli.Hosting;
using EcgRecovery.Cli.Inputs;
using EcgRecovery.Cli.Outputs;
using EcgRecovery.Formats.Files;
using EcgRecovery.Records;
using EcgRecovery.Reporting.Records;

namespace EcgRecovery.Cli.Commands;

/// <summary><c>plot</c>: draws a recording on ECG paper, as an SVG image or an HTML page.</summary>
internal static class PlotCommand
{
    private const double DefaultSvgSeconds = 10;
    private const double DefaultPageSeconds = 60;

    public static Command Create()
    {
        var input = new RecordInput();
        var output = new Option<string>("--output")
        {
            Description = "The drawing: .svg for one window; .html for a page with an overview of the recording, one window and facts.",
            Required = true,
            HelpName = "FILE.svg|.html",
        };
        var speed = Choice("--speed", "Paper speed in mm/s: 12.5, 25 or 50.", 25, "12.5", "25", "50");
        var gain = Choice(
            "--gain", "Gain in mm/mV: 5, 10 or 20; where many leads would not fit a sheet, 5 by default.", 10, "5", "10", "20");
        var rowSeconds = StandardOptions.Bounded(
            new Option<double>("--row-seconds")
            {
                Description = "Duration of a row; a longer window has several rows.",
                HelpName = "N",
                DefaultValueFactory = _ => 10,
            },
            1,
            60);
        var overwrite = StandardOptions.Overwrite();
        var command = new Verb(
            "plot",
            "Draws a recording on ECG paper, to scale. Missing samples are left open, recovered ones are blue. Not for diagnosis.",
            "plot mitdb/208 --from 10:00 --to 10:20 --output 208.svg",
            "plot night.edf --lead ECG --output night.html");
        input.AddTo(command);
        foreach (var option in new Option[] { output, speed, gain, rowSeconds, overwrite })
            command.Options.Add(option);
        command.SetAction((parse, token) =>
        {
            var path = parse.GetRequiredValue(output);
            var isPage = IsPage(path);
            OutputFile.RefuseExisting(path, parse.GetValue(overwrite));
            using var selection = input.Open(parse);
            InputGuard.Refuse(path, [.. selection.Whole.Files]);
            var error = parse.InvocationConfiguration.Error;
            var (start, end) = Window(selection, parse.GetResult("--to") is { Tokens.Count: > 0 }, isPage, error);
            var leads = Leads(selection, end - start);
            var options = new RecordPlotOptions(start, end, leads, CommandHost.Version)
            {
                MillimetresPerSecond = parse.GetValue(speed),
                MillimetresPerMilliVolt = parse.GetResult(gain) is { Implicit: false } ? parse.GetValue(gain) : null,
                RowSeconds = parse.GetValue(rowSeconds),
                Marks = PlotMarks.Find(selection.Whole, leads, start, end, token),
            };
            var drawing = isPage ? Page(selection.Whole, options, error, token) : RecordPlot.Svg(selection.Whole, options, token);
            OutputFile.WriteText(path, parse.GetValue(overwrite), drawing);
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    private static Option<double> Choice(string name, string description, double defaultValue, params string[] choices)
    {
        var option = new Option<double>(name)
        {
            Description = description,
            HelpName = string.Join('|', choices),
            DefaultValueFactory = _ => defaultValue,
            CompletionSources = { choices },
        };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !choices.Contains(token.Value, StringComparer.Ordinal))
                result.AddError($"{name} is {token.Value}; expected {string.Join(", ", choices)}");
        });
        return option;
    }

    private static bool IsPage(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".svg" => false,
        ".html" or ".htm" => true,
        var other => throw new UsageException($"output {path} ends in '{other}'; expected .svg or .html"),
    };

    /// <summary>Returns the window in seconds since the record's start; without <c>--to</c> one that fits a sheet.</summary>
    private static (double Start, double End) Window(RecordSelection selection, bool hasEnd, bool isPage, TextWriter error)
    {
        var (record, frequency) = (selection.Whole, selection.Whole.SamplingFrequencyHz);
        if (record.SampleCount == 0)
            throw new InvalidDataException($"Record {record.Name} has no samples; expected some to draw.");
        var start = selection.StartSample / frequency;
        var end = (selection.StartSample + selection.Part.SampleCount) / frequency;
        var longest = isPage ? RecordPlot.MaximumPageSeconds : RecordPlot.MaximumSvgSeconds;
        var usual = isPage ? DefaultPageSeconds : DefaultSvgSeconds;
        if (hasEnd)
        {
            var where = isPage
                ? "a page"
                : $"an SVG; a page, --output X.html, holds {RecordPlot.MaximumPageSeconds} s and an overview of the recording";
            return end - start <= longest
                ? (start, end)
                : throw new UsageException($"the window lasts {end - start:0.###} s; expected at most {longest} s in {where}");
        }

        if (end - start > usual)
        {
            error.WriteLine($"drawing {usual} s from {start:0.###} s on; --from and --to choose another window");
            end = start + usual;
        }

        return end > start
            ? (start, end)
            : throw new InvalidDataException($"Record {record.Name} has samples {1 / frequency} s apart; they cannot be drawn.");
    }

    private static IReadOnlyList<int> Leads(RecordSelection selection, double seconds)
    {
        var leads = selection.HasChosenLeads ? selection.Leads : RecordPlot.DefaultLeads(selection.Whole);
        return leads.Count * seconds <= RecordPlot.MaximumLeadSeconds
            ? leads
            : throw new UsageException(
                $"{leads.Count} leads of {seconds:0.###} s are {leads.Count * seconds:0} s of paper; "
                + $"expected at most {RecordPlot.MaximumLeadSeconds}: choose leads with --lead, or a shorter window");
    }

    private static string Page(EcgRecord record, RecordPlotOptions options, TextWriter error, CancellationToken token)
    {
        using var progress = new ReadProgress(error);
        return RecordPlot.Page(record, options, progress, token);
    }

    private sealed class ReadProgress(TextWriter error) : IProgress<double>, IDisposable
    {
        private readonly ProgressLine _line = new("reading the recording", error);

        public void Report(double value) => _line.Report(value, "");

        public void Dispose() => _line.Dispose();
    }
}
