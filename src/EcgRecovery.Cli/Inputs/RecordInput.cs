using System.CommandLine;
using System.Globalization;
using EcgRecovery.Cli.Hosting;
using EcgRecovery.Formats.Csv;
using EcgRecovery.Formats.Mat;
using EcgRecovery.Formats.Wfdb;
using EcgRecovery.Records;

namespace EcgRecovery.Cli.Inputs;

/// <summary>The recording that a verb reads: its argument, and the options by which a stretch of time and leads are chosen, the same for all verbs.</summary>
internal sealed class RecordInput
{
    private readonly Option<RecordTime?> _from = Time("--from", "-f", "Begin here: seconds, MM:SS, HH:MM:SS, sN for sample N, or [HH:MM:SS] for a time of day.");
    private readonly Option<RecordTime?> _to = Time("--to", "-t", "End before this; e is the end.");

    private readonly Option<string[]> _leads = new("--lead")
    {
        Description = "Only this lead, by its name or its number from 0; several times for several.",
        HelpName = "NAME|N",
    };

    private readonly Option<string?> _annotator = new("--annotator", "-a")
    {
        Description = "WFDB: whose annotations belong to it; the extension of their file.",
        HelpName = "NAME",
    };

    private readonly Option<double?> _samplingFrequency = new("--sampling-frequency")
    {
        Description = "CSV, MATLAB: samples a second, where the file has no times.",
        HelpName = "HZ",
    };

    private readonly Option<bool> _skipChecksums = new("--skip-checksums")
    {
        Description = "WFDB: open it although checksums or initial values are not those of the header.",
    };

    /// <summary>A recording as the first argument.</summary>
    /// <param name="name">What the help calls it.</param>
    /// <param name="orElse">What else it may be; null: nothing.</param>
    public RecordInput(string name = "RECORD", string? orElse = null)
    {
        File = new Argument<string>(name)
        {
            Description = (orElse is null ? "" : orElse + ". Or ") + $"{(orElse is null ? "A" : "a")} recording ({string.Join(' ', RecordFormats.ReadExtensions)}), or a WFDB record's name without extension.",
        };
        _samplingFrequency.Validators.Add(result =>
        {
            if (result.Tokens is [var token]
                && double.TryParse(token.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
                && !(value > 0 && double.IsFinite(value)))
            {
                result.AddError($"--sampling-frequency is {token.Value}; expected more than 0");
            }
        });
    }

    /// <summary>The recording's name or file.</summary>
    public Argument<string> File { get; }

    /// <summary>Gives a verb the argument and the options.</summary>
    public void AddTo(Command command)
    {
        command.Arguments.Add(File);
        foreach (var option in new Option[] { _from, _to, _leads, _annotator, _samplingFrequency, _skipChecksums })
            command.Options.Add(option);
    }

    /// <summary>Opens the recording and cuts out what was asked for.</summary>
    /// <exception cref="UsageException">The stretch lies outside the recording, or it has no such lead.</exception>
    /// <exception cref="FileNotFoundException">A file is missing.</exception>
    /// <exception cref="InvalidDataException">A file is broken, or no recording.</exception>
    public RecordSelection Open(ParseResult parse)
    {
        var samplingFrequencyHz = parse.GetValue(_samplingFrequency);
        var whole = RecordFormats.Open(
            parse.GetRequiredValue(File),
            new WfdbReadOptions { Annotator = parse.GetValue(_annotator), VerifyChecksums = !parse.GetValue(_skipChecksums) },
            new CsvReadOptions { SamplingFrequencyHz = samplingFrequencyHz },
            new MatReadOptions { SamplingFrequencyHz = samplingFrequencyHz });
        try
        {
            return Select(whole, parse.GetValue(_from), parse.GetValue(_to), parse.GetValue(_leads) ?? []);
        }
        catch
        {
            whole.Dispose();
            throw;
        }
    }

    /// <summary>The file that <c>--annotator</c> names, which lies beside the record; null where it was not given.</summary>
    public string? AnnotationFile(ParseResult parse) =>
        parse.GetValue(_annotator) is { } annotator ? Path.ChangeExtension(parse.GetRequiredValue(File), annotator) : null;

    private static RecordSelection Select(EcgRecord whole, RecordTime? from, RecordTime? to, string[] leads)
    {
        var chosen = leads.Select(lead => Find(whole, lead)).Distinct().ToArray();
        if (from is null && to is null)
            return new RecordSelection(whole, whole, 0, chosen);
        var start = from?.Resolve(whole) ?? 0;
        var end = to?.Resolve(whole) ?? whole.SampleCount;
        if (start >= end)
            throw new UsageException($"nothing lies between {from?.ToString() ?? "the start"} and {to?.ToString() ?? "the end"} of record {whole.Name}");
        return new RecordSelection(whole, whole.Cut(new SampleSpan(start, end)), start, chosen);
    }

    private static int Find(EcgRecord record, string lead)
    {
        foreach (var comparison in new[] { StringComparison.Ordinal, StringComparison.OrdinalIgnoreCase })
        {
            var named = Enumerable.Range(0, record.Leads.Count).Where(i => record.Leads[i].Name.Equals(lead, comparison)).ToArray();
            if (named.Length == 1)
                return named[0];
            if (named.Length > 1)
                throw new UsageException($"record {record.Name} has {named.Length} leads '{lead}', numbers {string.Join(", ", named)}; give --lead a number");
        }

        return int.TryParse(lead, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < record.Leads.Count
            ? number
            : throw new UsageException($"record {record.Name} has no lead '{lead}'; expected {Known(record)}");
    }

    private static string Known(EcgRecord record) => record.Leads.Count == 0
        ? "none: it has no leads"
        : $"{string.Join(", ", record.Leads.Take(16).Select(known => known.Name))}{(record.Leads.Count > 16 ? ", …" : "")}, or a number below {record.Leads.Count}";

    private static Option<RecordTime?> Time(string name, string alias, string description) => new(name, alias)
    {
        Description = description,
        HelpName = "TIME",
        CustomParser = result =>
        {
            try
            {
                return RecordTime.Parse(result.Tokens[0].Value);
            }
            catch (FormatException exception)
            {
                result.AddError($"{name}: {exception.Message}");
                return null;
            }
        },
    };
}
