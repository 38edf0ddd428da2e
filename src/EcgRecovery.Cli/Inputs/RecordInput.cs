using System.CommandLine;
using System.Globalization;
using EcgRecovery.Cli.Hosting;
using EcgRecovery.Formats.Arrays;
using EcgRecovery.Formats.Wfdb;
using EcgRecovery.Records;

namespace EcgRecovery.Cli.Inputs;

/// <summary>The argument of a verb that reads a recording, and the options that choose a part of its time and leads.</summary>
internal sealed class RecordInput
{
    private readonly Option<RecordTime?> _from;
    private readonly Option<RecordTime?> _to;
    private readonly Option<string[]> _leads;

    private readonly Option<string?> _annotator = new("--annotator", "-a")
    {
        Description = "WFDB: the annotator, which is the extension of the annotation file.",
        HelpName = "NAME",
    };

    private readonly Option<double?> _samplingFrequency = new("--sampling-frequency")
    {
        Description = "CSV, MATLAB, NumPy, HDF5: samples per second, where the file gives none.",
        HelpName = "HZ",
    };

    private readonly Option<string?> _variable = new("--variable")
    {
        Description = "MATLAB, NumPy, HDF5: the array with the samples, as in ECG.data or /group/data.",
        HelpName = "NAME",
    };

    private readonly Option<string?> _unit = new("--unit")
    {
        Description = "Text, arrays: the unit of the leads, as in uV; it overrules a voltage or count that the file names.",
        HelpName = "UNIT",
    };

    private readonly TextInput _text = new();

    private readonly Option<bool> _skipChecksums = new("--skip-checksums")
    {
        Description = "WFDB: open the record even if checksums or initial values differ from the header.",
    };

    /// <param name="name">The argument's name in the help.</param>
    /// <param name="orElse">Other inputs that the verb takes; null for none.</param>
    /// <param name="use">What the verb does with the part that the options choose.</param>
    public RecordInput(string name = "RECORD", string? orElse = null, string use = "read")
    {
        _from = Time(
            "--from",
            "-f",
            $"Start of the part to {use}: seconds, MM:SS, HH:MM:SS, sN for sample N, or [HH:MM:SS] for a time of day.");
        _to = Time("--to", "-t", $"End of the part to {use}, not included; e is the end of the recording.");
        _leads = new("--lead")
        {
            Description = $"A lead to {use}, by its name or its number from 0; repeat it for several leads.",
            HelpName = "NAME|N",
        };
        File = new Argument<string>(name)
        {
            Description = (orElse is null ? "A" : $"{orElse}. Or a")
                + $" recording ({string.Join(' ', RecordFormats.ReadExtensions)}), or a WFDB record's name without extension.",
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

    /// <summary>The argument: a file, or the name of a WFDB record.</summary>
    public Argument<string> File { get; }

    /// <summary>The options.</summary>
    public IReadOnlyList<Option> Options =>
        [_from, _to, _leads, _annotator, _samplingFrequency, _variable, _unit, .. _text.Options, _skipChecksums];

    /// <summary>Adds the argument and the options to a verb.</summary>
    public void AddTo(Command command)
    {
        command.Arguments.Add(File);
        foreach (var option in Options)
            command.Options.Add(option);
    }

    /// <summary>Opens the recording and selects the part that the options choose.</summary>
    /// <exception cref="UsageException">The part lies outside the recording, or there is no such lead.</exception>
    /// <exception cref="FileNotFoundException">A file is missing.</exception>
    /// <exception cref="InvalidDataException">A file is broken, or not a recording.</exception>
    public RecordSelection Open(ParseResult parse)
    {
        var samplingFrequencyHz = parse.GetValue(_samplingFrequency);
        var whole = RecordFormats.Open(
            parse.GetRequiredValue(File),
            new WfdbReadOptions { Annotator = parse.GetValue(_annotator), VerifyChecksums = !parse.GetValue(_skipChecksums) },
            _text.Read(parse, samplingFrequencyHz, parse.GetValue(_unit)),
            new ArrayReadOptions
            {
                SamplingFrequencyHz = samplingFrequencyHz,
                Variable = parse.GetValue(_variable),
                Unit = parse.GetValue(_unit),
            });
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

    /// <summary>Returns the annotation file that <c>--annotator</c> names; null without that option.</summary>
    public string? AnnotationFile(ParseResult parse) =>
        parse.GetValue(_annotator) is { } annotator ? Path.ChangeExtension(parse.GetRequiredValue(File), annotator) : null;

    private static RecordSelection Select(EcgRecord whole, RecordTime? from, RecordTime? to, string[] leads)
    {
        var chosen = leads.Select(lead => Find(whole, lead)).Distinct().ToArray();
        if (from is null && to is null)
            return new RecordSelection(whole, whole, time: null, chosen);
        var start = from?.Resolve(whole) ?? 0;
        var end = to?.Resolve(whole) ?? whole.SampleCount;
        if (start >= end)
        {
            var (first, last) = (from?.ToString() ?? "the start", to?.ToString() ?? "the end");
            throw new UsageException($"nothing lies between {first} and {last} of record {whole.Name}");
        }

        var time = new SampleSpan(start, end);
        return new RecordSelection(whole, whole.Cut(time), time, chosen);
    }

    private static int Find(EcgRecord record, string lead)
    {
        foreach (var comparison in new[] { StringComparison.Ordinal, StringComparison.OrdinalIgnoreCase })
        {
            var named = Enumerable.Range(0, record.Leads.Count).Where(i => record.Leads[i].Name.Equals(lead, comparison)).ToArray();
            if (named.Length == 1)
                return named[0];
            if (named.Length > 1)
            {
                throw new UsageException(
                    $"record {record.Name} has {named.Length} leads '{lead}', numbers {string.Join(", ", named)}; give --lead a number");
            }
        }

        return int.TryParse(lead, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < record.Leads.Count
            ? number
            : throw new UsageException($"record {record.Name} has no lead '{lead}'; expected {Known(record)}");
    }

    private static string Known(EcgRecord record)
    {
        if (record.Leads.Count == 0)
            return "none: it has no leads";
        var names = string.Join(", ", record.Leads.Take(16).Select(known => known.Name));
        return $"{names}{(record.Leads.Count > 16 ? ", …" : "")}, or a number below {record.Leads.Count}";
    }

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
