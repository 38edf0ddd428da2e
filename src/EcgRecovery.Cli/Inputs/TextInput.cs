using System.CommandLine;
using EcgRecovery.Formats.Csv;

namespace EcgRecovery.Cli.Inputs;

/// <summary>The options that say how a recording in text is read, where its own lines do not or are wrong.</summary>
internal sealed class TextInput
{
    private readonly Option<string?> _timeUnit = new("--time-unit")
    {
        Description = "Text: the unit of times that are numbers.",
        HelpName = "UNIT",
    };

    private readonly Option<string?> _timeColumn = new("--time-column")
    {
        Description = "Text: the column of the times, by its heading or its number from 1; none takes the rows one after the other.",
        HelpName = "NAME|N",
    };

    private readonly Option<char?> _delimiter = CharacterOption.Create("--delimiter", "Text: the character between cells; \\t is a tab.");

    private readonly Option<char?> _decimalPoint = CharacterOption.Create("--decimal-point", "Text: the decimal point, . or a comma.");

    private readonly Option<bool> _leadsInRows = new("--leads-in-rows")
    {
        Description = "Text: every line holds all samples of one lead.",
    };

    /// <summary>Prepares the options.</summary>
    public TextInput() => _timeUnit.AcceptOnlyFromAmong("s", "ms", "us", "ns", "min", "h", "d");

    /// <summary>The options.</summary>
    public IReadOnlyList<Option> Options => [_timeUnit, _timeColumn, _delimiter, _decimalPoint, _leadsInRows];

    /// <summary>Returns what the options say.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="samplingFrequencyHz">Samples per second; null if not given.</param>
    /// <param name="unit">The unit of leads for which the file names none; null if not given.</param>
    public CsvReadOptions Read(ParseResult parse, double? samplingFrequencyHz, string? unit) => new()
    {
        SamplingFrequencyHz = samplingFrequencyHz,
        Unit = unit,
        TimeUnit = parse.GetValue(_timeUnit),
        TimeColumn = parse.GetValue(_timeColumn),
        Delimiter = parse.GetValue(_delimiter),
        DecimalPoint = parse.GetValue(_decimalPoint),
        LeadsInRows = parse.GetValue(_leadsInRows),
    };
}
