using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace EcgRecovery.Formats;

/// <summary>One signal line of a WFDB header. What the line leaves out has the default of header(5).</summary>
/// <param name="FileName">The signal file, in the header's folder.</param>
/// <param name="Format">Storage format: 16, 212, ….</param>
/// <param name="ByteOffset">Bytes before the first sample.</param>
/// <param name="Gain">ADC units per <paramref name="Unit"/>.</param>
/// <param name="IsCalibrated">False where the header gives no gain, or 0.</param>
/// <param name="AdcBaseline">ADC value of a physical 0.</param>
/// <param name="Unit">Physical unit.</param>
/// <param name="AdcZero">Middle of the ADC's range.</param>
/// <param name="InitialValue">The first sample; null where not given.</param>
/// <param name="Checksum">Sum of all samples, modulo 65536; null where not given.</param>
/// <param name="Description">Name of the lead.</param>
internal sealed record WfdbSignalLine(
    string FileName,
    int Format,
    long ByteOffset,
    double Gain,
    bool IsCalibrated,
    int AdcBaseline,
    string Unit,
    int AdcZero,
    int? InitialValue,
    int? Checksum,
    string Description);

/// <summary>A WFDB header file (<c>.hea</c>) of a record of one segment.</summary>
/// <remarks>Source: WFDB, header(5), https://physionet.org/physiotools/wag/header-5.htm.</remarks>
internal sealed partial record WfdbHeader(
    string Name, double SamplingFrequencyHz, long? SampleCount, IReadOnlyList<WfdbSignalLine> Signals, IReadOnlyList<string> Comments)
{
    private const double DefaultFrequencyHz = 250;
    private const double DefaultGain = 200;

    // Real headers have a few hundred bytes; what is far larger is some other file.
    private const long MaximumBytes = 4 << 20;

    private static readonly char[] Blanks = [' ', '\t'];

    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It is no header, or one of a kind that is not read.</exception>
    public static WfdbHeader Read(string path) =>
        Parse(Encoding.Latin1.GetString(InputFile.ReadAllBytes(path, MaximumBytes)), path);

    /// <param name="text">The header.</param>
    /// <param name="file">What errors call it.</param>
    /// <exception cref="InvalidDataException">It is no header, or one of a kind that is not read.</exception>
    public static WfdbHeader Parse(string text, string file)
    {
        var comments = new List<string>();
        var content = new List<(string Text, Place Place)>();
        var lineNumber = 0;
        foreach (var raw in text.Split('\n'))
        {
            lineNumber++;
            var line = raw.Trim();
            if (line.StartsWith('#'))
                comments.Add(line[1..].Trim());
            else if (line.Length > 0)
                content.Add((line, new Place(file, lineNumber)));
        }

        if (content.Count == 0)
            throw new InvalidDataException($"{file} is empty; expected a WFDB header.");

        var (name, signalCount, frequency, sampleCount) = ParseRecordLine(content[0].Text, content[0].Place);
        if (content.Count - 1 < signalCount)
            throw new InvalidDataException($"{file} ends after {content.Count - 1} signal lines; its first line names {signalCount}.");
        var signals = content.Skip(1).Take(signalCount).Select((line, i) => ParseSignalLine(line.Text, line.Place, name, i)).ToArray();
        return new WfdbHeader(name, frequency, sampleCount, signals, comments);
    }

    private static (string Name, int SignalCount, double FrequencyHz, long? SampleCount) ParseRecordLine(string line, Place place)
    {
        var fields = line.Split(Blanks, StringSplitOptions.RemoveEmptyEntries);
        if (fields[0].Contains('/'))
            throw place.Error($"record '{fields[0]}' has several segments; multi-segment records are not read");
        if (fields.Length < 2 || !int.TryParse(fields[1], NumberStyles.None, CultureInfo.InvariantCulture, out var signalCount))
            throw place.Error($"'{Shorten(line)}' is no WFDB record line; expected NAME SIGNALS [FREQUENCY [SAMPLES]]");

        var frequency = 0d;
        // "360/512(0)": a counter frequency may follow, which concerns printed times only.
        if (fields.Length > 2 && !IsPositiveOrZero(fields[2].Split('/')[0], out frequency))
            throw place.Error($"'{Shorten(fields[2])}' is no sampling frequency");
        var sampleCount = 0L;
        if (fields.Length > 3 && !long.TryParse(fields[3], NumberStyles.None, CultureInfo.InvariantCulture, out sampleCount))
            throw place.Error($"'{Shorten(fields[3])}' is no number of samples");
        return (fields[0], signalCount, frequency == 0 ? DefaultFrequencyHz : frequency, sampleCount == 0 ? null : sampleCount);
    }

    private static WfdbSignalLine ParseSignalLine(string line, Place place, string recordName, int index)
    {
        // The ninth field, the description, may hold blanks.
        var fields = new List<string>();
        var rest = line;
        while (fields.Count < 8 && rest.Length > 0)
        {
            var end = rest.IndexOfAny(Blanks);
            fields.Add(end < 0 ? rest : rest[..end]);
            rest = end < 0 ? "" : rest[end..].TrimStart();
        }

        if (fields.Count < 2)
            throw place.Error($"'{Shorten(line)}' is no WFDB signal line; expected FILE FORMAT …");
        if (fields[0] is "-" or "~" || fields[0].AsSpan().IndexOfAny('/', '\\') >= 0)
            throw place.Error($"signal file '{Shorten(fields[0])}' is not the name of a file in the header's folder");

        var (format, offset) = ParseFormat(fields[1], place);
        var (gain, baseline, unit) = fields.Count > 2 ? ParseGain(fields[2], place) : (0, null, null);
        var adcZero = Whole(4, "ADC zero") ?? 0;
        return new WfdbSignalLine(
            fields[0],
            format,
            offset,
            gain == 0 ? DefaultGain : gain,
            gain != 0,
            baseline ?? adcZero,
            unit ?? "mV",
            adcZero,
            Whole(5, "initial value"),
            Whole(6, "checksum"),
            rest.Length > 0 ? rest : $"record {recordName}, signal {index}");

        int? Whole(int field, string what)
        {
            if (fields.Count <= field)
                return null;
            return int.TryParse(fields[field], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
                ? value
                : throw place.Error($"{what} '{Shorten(fields[field])}' is not a whole number");
        }
    }

    private static (int Format, long ByteOffset) ParseFormat(string field, Place place)
    {
        var match = FormatField().Match(field);
        if (!match.Success)
            throw place.Error($"'{Shorten(field)}' is no signal format; expected a number such as 212");
        if (match.Groups["perFrame"].Value is not ("" or "1"))
            throw place.Error($"format '{field}': several samples a frame are not read");
        if (match.Groups["skew"].Value is not ("" or "0"))
            throw place.Error($"format '{field}': skewed signals are not read");
        var format = int.Parse(match.Groups["format"].Value, CultureInfo.InvariantCulture);
        if (!WfdbSignalFormat.IsRead(format))
            throw place.Error($"signal format {format} is not read; expected {WfdbSignalFormat.ReadNames}");
        var offset = match.Groups["offset"].Value;
        return (format, offset.Length == 0 ? 0 : long.Parse(offset, CultureInfo.InvariantCulture));
    }

    private static (double Gain, int? Baseline, string? Unit) ParseGain(string field, Place place)
    {
        var match = GainField().Match(field);
        if (!match.Success || !IsPositiveOrZero(match.Groups["gain"].Value, out var gain))
            throw place.Error($"'{Shorten(field)}' is no gain; expected GAIN[(BASELINE)][/UNIT], as in 200(1024)/mV");
        int? baseline = null;
        if (match.Groups["baseline"] is { Success: true } text)
        {
            baseline = int.TryParse(text.ValueSpan, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
                ? value
                : throw place.Error($"baseline '{Shorten(text.Value)}' does not fit 32 bits");
        }

        return (gain, baseline, match.Groups["unit"] is { Success: true } unit ? unit.Value : null);
    }

    private static bool IsPositiveOrZero(string text, out double value) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value) && value >= 0;

    private static string Shorten(string text) => InputFile.Shorten(text);

    [GeneratedRegex(
        @"^(?<format>[0-9]{1,4})(x(?<perFrame>[0-9]{1,9}))?(:(?<skew>[0-9]{1,9}))?(\+(?<offset>[0-9]{1,18}))?$", RegexOptions.ExplicitCapture)]
    private static partial Regex FormatField();

    [GeneratedRegex(@"^(?<gain>[^(/]+)(\((?<baseline>[+-]?[0-9]+)\))?(/(?<unit>\S+))?$", RegexOptions.ExplicitCapture)]
    private static partial Regex GainField();

    private readonly record struct Place(string File, int Line)
    {
        public InvalidDataException Error(string what) => new($"{File}, line {Line}: {what}.");
    }
}
