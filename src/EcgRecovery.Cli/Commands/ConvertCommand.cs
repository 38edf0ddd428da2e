using System.CommandLine;
using EcgRecovery.Cli.Hosting;
using EcgRecovery.Cli.Inputs;
using EcgRecovery.Formats;
using EcgRecovery.Formats.Csv;
using EcgRecovery.Formats.Edf;
using EcgRecovery.Formats.Files;
using EcgRecovery.Formats.Wfdb;
using EcgRecovery.Gaps;
using EcgRecovery.Records;
using EcgRecovery.Signals;

namespace EcgRecovery.Cli.Commands;

/// <summary><c>convert</c>: writes a recording in another format and reports what is lost.</summary>
internal static class ConvertCommand
{
    public static Command Create()
    {
        var input = new RecordInput("IN");
        var target = new Argument<string>("OUT")
        {
            Description = $"The file to write. Its extension chooses the format ({string.Join(' ', RecordFormats.WrittenExtensions)}); "
                + "without one it is a WFDB record.",
        };
        var frequency = new Option<double?>("--frequency")
        {
            Description = "New sampling frequency of all leads, through an anti-alias filter; the samples are marked as derived.",
            HelpName = "HZ",
        };
        var format = new Option<int?>("--signal-format")
        {
            Description = $"WFDB: the signal format ({string.Join(' ', WfdbSignalFormat.All.Select(wfdb => wfdb.Code))}); by default the "
                + "smallest that holds every sample.",
            HelpName = "N",
            CompletionSources = { WfdbSignalFormat.All.Select(wfdb => $"{wfdb.Code}").ToArray() },
        };
        var delimiter = CharacterOption.Create("--write-delimiter", "CSV: the character between cells of OUT; \\t is a tab.");
        var decimalPoint = CharacterOption.Create(
            "--write-decimal-point", "CSV: the decimal point of OUT; with a comma the default delimiter is a semicolon.");
        var noTime = new Option<bool>("--no-time") { Description = "CSV: write values only, no times." };
        var timeGaps = new Option<bool>("--time-gaps")
        {
            Description = "EDF: leave out the time that all leads miss (EDF+D, which not every program opens) instead of writing it "
                + "without signal (EDF+C).",
        };
        var withoutRecovered = new Option<bool>("--without-recovered")
        {
            Description = "Write recovered samples as missing, and leave out their bounds.",
        };
        var overwrite = StandardOptions.Overwrite();
        var command = new Verb(
            "convert",
            "Writes a recording in another format and reports what that format cannot hold. All other samples are copied to the bit.",
            "convert mitdb/100 100.edf",
            "convert night.edf night.csv --from 1:00:00 --to 1:05:00",
            "convert mitdb/100 half/100 --frequency 180");
        input.AddTo(command); // IN comes before OUT
        command.Arguments.Add(target);
        foreach (var option in new Option[] { frequency, format, timeGaps, noTime, delimiter, decimalPoint, withoutRecovered, overwrite })
            command.Options.Add(option);
        command.SetAction((parse, token) =>
        {
            var csv = new CsvWriteOptions { Time = !parse.GetValue(noTime) };
            csv = csv with
            {
                Delimiter = parse.GetValue(delimiter) ?? csv.Delimiter,
                DecimalPoint = parse.GetValue(decimalPoint) ?? csv.DecimalPoint,
            };
            RecordWriteOptions[] options =
            [
                csv,
                new WfdbWriteOptions { SignalFormat = parse.GetValue(format) },
                new EdfWriteOptions { TimeGaps = parse.GetValue(timeGaps) },
            ];
            using var selection = input.Open(parse);
            var path = parse.GetRequiredValue(target);
            OutputFile.RefuseUnwritable(path);
            var record = Prepare(selection, parse.GetValue(withoutRecovered), parse.GetValue(frequency));
            if (parse.GetValue(frequency) is not null)
                ReportGrowth(parse.InvocationConfiguration.Error, Chosen(selection, parse.GetValue(withoutRecovered)), record, token);
            var lost = Write(record, path, parse.GetValue(overwrite), options, token);
            Report(parse.InvocationConfiguration, path, selection.Whole, record, lost);
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    private static EcgRecord Chosen(RecordSelection selection, bool withoutRecovered)
    {
        var record = selection.HasChosenLeads ? selection.Part.Choose(selection.Leads) : selection.Part;
        return withoutRecovered ? record.WithoutRecovered() : record;
    }

    private static EcgRecord Prepare(RecordSelection selection, bool withoutRecovered, double? frequencyHz)
    {
        var record = Chosen(selection, withoutRecovered);
        if (frequencyHz is not { } hz)
            return record;
        try
        {
            return RecordResampling.Resample(record, hz);
        }
        catch (ArgumentException exception)
        {
            throw UsageException.Of(exception, "--frequency");
        }
    }

    // Resampling makes gaps longer: samples near a gap cannot be filtered.
    private static void ReportGrowth(TextWriter error, EcgRecord before, EcgRecord after, CancellationToken cancellationToken)
    {
        var (seconds, longer) = (MissingSeconds(before, cancellationToken), MissingSeconds(after, cancellationToken));
        if (longer > seconds)
        {
            error.WriteLine(
                $"note: {seconds:0.###} s were missing, {longer:0.###} s are now: samples near a gap cannot be computed without it");
        }
    }

    private static double MissingSeconds(EcgRecord record, CancellationToken cancellationToken) =>
        GapFinder.Find(record.Leads, GapFinderOptions.Stated, cancellationToken: cancellationToken)
            .Zip(record.Leads, (spans, lead) => spans.Sum(span => span.Span.Length) / lead.SamplingFrequencyHz)
            .Sum();

    private static IReadOnlyList<string> Write(
        EcgRecord record, string path, bool overwrite, RecordWriteOptions[] options, CancellationToken cancellationToken)
    {
        try
        {
            return RecordFormats.Write(record, path, overwrite, cancellationToken, options);
        }
        catch (ArgumentException exception)
        {
            throw UsageException.Of(exception);
        }
    }

    private static void Report(InvocationConfiguration console, string path, EcgRecord input, EcgRecord record, IReadOnlyList<string> lost)
    {
        foreach (var remark in input.Remarks)
            console.Error.WriteLine($"note: {remark}");
        var output = console.Output;
        var leads = $"{Plural(record.Leads.Count, "lead")} at {Frequencies(record)} Hz";
        output.WriteLine(
            $"{path}: {leads}, {RecordTime.Describe(record.DurationSeconds)}, {Plural(record.Annotations.Count, "annotation")}");
        foreach (var sentence in lost)
            output.WriteLine($"lost: {sentence}");
    }

    private static string Frequencies(EcgRecord record) =>
        string.Join(", ", record.Leads.Select(lead => lead.SamplingFrequencyHz).Distinct());

    private static string Plural(int count, string noun) => $"{count:N0} {noun}{(count == 1 ? "" : "s")}";
}
