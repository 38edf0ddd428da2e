using System.CommandLine;
using System.Globalization;
using EcgRecovery.Beats;
using EcgRecovery.Cli.Hosting;
using EcgRecovery.Evaluation.Records.Noise;
using EcgRecovery.Evaluation.Records.Plans;

namespace EcgRecovery.Cli.Inputs;

/// <summary>The options of <c>benchmark</c> that decide which samples are lost.</summary>
internal sealed class BenchmarkGaps
{
    // The longest gap, in seconds: beyond it a gap would not be recovered but invented.
    private const double MaximumGapSeconds = 60;

    private static readonly PlanOptions s_defaults = new();

    private readonly Option<bool> _quick = new("--quick")
    {
        Description = "A short plan: gaps of 0.05 to 1 s at random places, all leads lost, 200 of each length or more, spread over the "
            + "records.",
    };

    private readonly Option<string> _plan = new("--plan")
    {
        Description = "A plan's file: the records, their gaps and the seed are those of the file.",
        HelpName = "FILE.json",
    };

    private readonly Option<string> _gapSeconds = new("--gap-seconds")
    {
        Description = "Lengths of single gaps, as 0.15,0.30.",
        HelpName = "SECONDS,…",
        DefaultValueFactory = _ => string.Join(',', PlanOptions.CustomSeconds.Select(Seconds)),
    };

    private readonly Option<int> _gapsPerRecord = StandardOptions.Bounded(
        new Option<int>("--gaps-per-record")
        {
            Description = "Single gaps of each length in a record.",
            HelpName = "N",
            DefaultValueFactory = _ => s_defaults.GapsPerRecord,
        },
        1,
        100_000);

    private readonly Option<string[]> _placement = Several<GapPlacement>(
        "--placement",
        "Where single gaps lie: at random times, or on the P wave, QRS complex or T wave of annotated beats; repeat it for several.",
        GapPlacement.Random);

    private readonly Option<string[]> _loss = Several<LeadLoss>(
        "--loss",
        "Which leads are lost: all; one, the tested one; all but lead II; or, of ten seconds of twelve leads, what the layouts of paper "
            + "leave out. Repeat it for several.",
        LeadLoss.All);

    private readonly Option<string[]> _pattern = Several<LossPattern>(
        "--pattern",
        "How gaps follow each other: single gaps, bursts of lost packets (Gilbert-Elliott), lost Bluetooth packets, or the losses of one "
            + "real recording. Patterns have their own lengths. Repeat it for several.",
        LossPattern.Single);

    private readonly Option<bool> _oneAtATime = new("--one-at-a-time")
    {
        Description = "Cut each gap by itself from the otherwise whole recording, instead of all of one length together.",
    };

    private readonly Option<string> _lead = new("--lead")
    {
        Description = "The tested lead, by its number from 0 or by its name, or all. Without it: lead 0 where all leads are lost, the "
            + "first that does not follow from others where one is, all lost leads otherwise.",
        HelpName = $"N|NAME|{PlanOptions.AllLeads}",
    };

    private readonly Option<double> _frequency = StandardOptions.Bounded(
        new Option<double>("--frequency")
        {
            Description = "Resample records to this frequency before gaps are cut; by default they keep their own.",
            HelpName = "HZ",
        },
        RPeakDetector.MinimumSamplingFrequencyHz,
        10_000);

    private readonly Option<string> _noise = new("--noise")
    {
        Description = "Folder of the MIT-BIH Noise Stress Test Database (bw, ma): adds its noise to the recordings in further cells of the "
            + "whole protocol, or in all cells with --snr.",
        HelpName = "DIR",
    };

    private readonly Option<string> _snr = new("--snr")
    {
        Description = "With --noise: signal-to-noise ratios in dB, as 24,12.",
        HelpName = "DB,…",
    };

    private readonly Option<int> _seed = StandardOptions.Seed();

    /// <summary>The options, in the order of the help text.</summary>
    public IEnumerable<Option> All =>
    [
        _quick, _plan, _gapSeconds, _gapsPerRecord, _placement, _loss, _pattern, _oneAtATime, _lead, _frequency, _noise, _snr, _seed,
    ];

    /// <summary>Options that make a plan of one's own.</summary>
    private Option[] Custom => [_gapSeconds, _gapsPerRecord, _placement, _loss, _pattern, _oneAtATime, _snr];

    /// <summary>Options of single gaps alone.</summary>
    private Option[] Single => [_gapSeconds, _placement];

    /// <summary>Returns the plan's file; null where the gaps are drawn.</summary>
    /// <exception cref="UsageException">Options exclude each other.</exception>
    public string? PlanFile(ParseResult parse)
    {
        if (parse.GetValue(_plan) is not { } file)
            return null;
        Refuse(parse, _plan, [.. Custom, _quick, _lead, _frequency, _seed]);
        return file;
    }

    /// <summary>Returns the folder of the noise; null without.</summary>
    public string? NoiseFolder(ParseResult parse) => parse.GetValue(_noise);

    /// <summary>Returns which gaps are drawn.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="split">Name of the records' split.</param>
    /// <param name="records">Their number.</param>
    /// <exception cref="UsageException">An option is wrong, or options exclude each other.</exception>
    public PlanOptions Options(ParseResult parse, string split, int records)
    {
        var options = new PlanOptions
        {
            Split = split,
            GapsPerRecord = parse.GetValue(_gapsPerRecord),
            OneAtATime = parse.GetValue(_oneAtATime),
            FrequencyHz = parse.GetValue(_frequency) is > 0 and var hertz ? hertz : null,
            Seed = parse.GetValue(_seed),
            Leads = parse.GetValue(_lead) is { } lead ? [lead] : null,
        };
        var hasNoise = parse.GetValue(_noise) is not null;
        if (parse.GetValue(_snr) is not null && !hasNoise)
            throw new UsageException("--snr needs --noise");
        if (parse.GetValue(_quick))
        {
            Refuse(parse, _quick, [.. Custom, _noise]);
            return options.Quick(records);
        }

        if (!Array.Exists(Custom, option => IsGiven(parse, option)))
            return options.Full(records, hasNoise);
        if (hasNoise && parse.GetValue(_snr) is null)
            throw new UsageException("--noise needs --snr in a plan of one's own");
        return options with { Cells = [.. Disturbed(parse, Cells(parse))] };
    }

    private IEnumerable<CellKind> Cells(ParseResult parse)
    {
        var patterns = Values<LossPattern>(parse, _pattern);
        var losses = Values<LeadLoss>(parse, _loss);
        LeadLoss[] cut = [.. losses.Where(loss => loss != LeadLoss.Layout)];
        // Layouts and patterns have their own lengths and places.
        if (cut.Length == 0 && Array.Find([_pattern, .. Single], option => IsGiven(parse, option)) is { } unused)
            throw new UsageException($"{_loss.Name} {CellNames.Of(LeadLoss.Layout)} and {unused.Name} exclude each other");
        if (!patterns.Contains(LossPattern.Single) && Array.Find(Single, option => IsGiven(parse, option)) is { } single)
            throw new UsageException($"{single.Name} needs {_pattern.Name} {CellNames.Of(LossPattern.Single)}");
        var several = PlanOptions.Patterns([.. patterns.Where(pattern => pattern != LossPattern.Single)], cut, withTwins: false);
        return
        [
            .. patterns.Contains(LossPattern.Single)
                ? PlanOptions.Grid(ParseNumbers(parse, _gapSeconds, MaximumGapSeconds), Values<GapPlacement>(parse, _placement), cut)
                : [],
            .. several,
            .. losses.Length > cut.Length ? PlanOptions.Layouts : [],
        ];
    }

    private IEnumerable<CellKind> Disturbed(ParseResult parse, IEnumerable<CellKind> cells) => parse.GetValue(_snr) is null
        ? cells
        : from kind in Enum.GetValues<NoiseKind>()
          from snr in ParseNumbers(parse, _snr, maximum: 100)
          from cell in cells
          select cell with { Noise = new CellNoise(kind, snr) };

    private static void Refuse(ParseResult parse, Option option, Option[] others)
    {
        if (Array.Find(others, other => IsGiven(parse, other)) is { } given)
            throw new UsageException($"{option.Name} and {given.Name} exclude each other");
    }

    private static bool IsGiven(ParseResult parse, Option option) => parse.GetResult(option) is { Implicit: false };

    private static Option<string[]> Several<T>(string name, string description, T defaultValue)
        where T : struct, Enum
    {
        var names = CellNames.All<T>();
        var option = new Option<string[]>(name)
        {
            Description = description,
            HelpName = string.Join('|', names),
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => [CellNames.Of(defaultValue)],
        };
        option.AcceptOnlyFromAmong(names);
        return option;
    }

    private static T[] Values<T>(ParseResult parse, Option<string[]> option)
        where T : struct, Enum =>
        [.. parse.GetRequiredValue(option).Distinct().Select(name => CellNames.Find<T>(name)!.Value)];

    private static string Seconds(double length) => length.ToString("0.00", CultureInfo.InvariantCulture);

    private static List<double> ParseNumbers(ParseResult parse, Option<string> option, double maximum)
    {
        var text = parse.GetRequiredValue(option);
        var numbers = new List<double>();
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            if (!double.TryParse(part, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
                || !(number > 0 && number <= maximum))
            {
                throw new UsageException(
                    $"{option.Name} '{text}' is no list of numbers; expected some above 0 to {maximum}, as 0.15,0.30");
            }

            if (!numbers.Contains(number))
                numbers.Add(number);
        }

        return numbers;
    }
}
