using System.Globalization;
using System.Text.RegularExpressions;
using EcgRecovery.Formats.Files;

namespace EcgRecovery.Formats.Wfdb;

/// <summary>Parses WFDB headers.</summary>
/// <remarks>
/// Unlike WFDB's library, it refuses a field that is no number instead of reading 0, and accepts any record name and comments anywhere.
/// Source: WFDB, header(5), https://physionet.org/physiotools/wag/header-5.htm.
/// </remarks>
internal static partial class WfdbHeaderParser
{
    private const double DefaultGain = 200;

    // Usual headers have a few hundred bytes, those of a patient's weeks in intensive care some 100 KiB; a far larger file is no header.
    private const long MaximumBytes = 4 << 20;

    // From one sample in 100 s (numerics have one per minute) to a gigahertz; the times of 2³² samples then fit a TimeSpan.
    private const double SlowestHz = 0.01;
    private const double FastestHz = 1e9;
    private const string FrequencyBounds = "expected 0.01 to 1000000000 Hz";

    // The limit of file systems.
    private const int MaximumNameLength = 255;

    /// <summary>Refuses to write a frequency that could not be read again.</summary>
    /// <exception cref="InvalidDataException">The frequency is out of bounds.</exception>
    public static void RefuseFrequency(string record, double frameFrequencyHz)
    {
        if (!(frameFrequencyHz is >= SlowestHz and <= FastestHz))
        {
            throw new InvalidDataException(string.Create(
                CultureInfo.InvariantCulture, $"Record {record} has frames at {frameFrequencyHz} Hz; {FrequencyBounds}."));
        }
    }

    /// <summary>Reads a header file.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is no header, or one of a kind that is not read.</exception>
    public static WfdbHeader Read(string path) =>
        Parse(FileText.Decode(InputFile.ReadAllBytes(path, MaximumBytes)), path);

    /// <summary>Parses a header.</summary>
    /// <param name="text">The header.</param>
    /// <param name="file">The file's name in errors.</param>
    /// <exception cref="InvalidDataException">The text is no header, or one of a kind that is not read.</exception>
    public static WfdbHeader Parse(string text, string file)
    {
        var comments = new List<string>();
        var content = new List<(string Text, Place Place)>();
        var lineNumber = 0;
        // Editors write a byte order mark.
        foreach (var raw in text.TrimStart('\uFEFF').Split('\n'))
        {
            lineNumber++;
            // The specification treats tabs as blanks; other control characters are not allowed in names either.
            var line = string.Concat(raw.Select(c => char.IsControl(c) ? ' ' : c)).Trim();
            // "#wfdb 10.7" in the first line is the version of the library that is needed.
            if (line.StartsWith('#') && !(lineNumber == 1 && line.StartsWith("#wfdb", StringComparison.Ordinal)))
                comments.Add(line[1..].Trim());
            else if (line.Length > 0 && line[0] != '#')
                content.Add((line, new Place(file, lineNumber)));
        }

        if (content.Count == 0)
            throw new InvalidDataException($"{file} is empty; expected a WFDB header.");

        var (header, segmentCount) = ParseRecordLine(content[0].Text, content[0].Place);
        header = header with { File = file, Comments = comments };
        if (segmentCount is { } segments)
        {
            RequireLines(file, content.Count - 1, segments, "segment");
            return header with { Segments = [.. content.Skip(1).Take(segments).Select(line => ParseSegmentLine(line.Text, line.Place))] };
        }

        RequireLines(file, content.Count - 1, header.SignalCount, "signal");
        return header with
        {
            Signals =
            [
                .. content.Skip(1).Take(header.SignalCount).Select((line, i) => ParseSignalLine(line.Text, line.Place, header.Name, i)),
            ],
        };
    }

    private static void RequireLines(string file, int came, int expected, string kind)
    {
        if (came < expected)
            throw new InvalidDataException($"{file} ends after {came} {kind} lines; its first line names {expected}.");
    }

    private static (WfdbHeader Header, int? SegmentCount) ParseRecordLine(string line, Place place)
    {
        var fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        // The name of a file may have blanks.
        if (Array.FindIndex(fields, 1, field => TryWhole(field, out int _)) is > 1 and var second)
            fields = [string.Join(' ', fields[..second]), .. fields[second..]];
        if (fields.Length < 2 || !TryWhole(fields[1], out int signalCount))
        {
            throw place.Error(
                $"'{Shorten(line)}' is no WFDB record line; expected NAME[/SEGMENTS] SIGNALS [FREQUENCY [SAMPLES [TIME [DATE]]]]");
        }

        if (fields[0].Length > MaximumNameLength)
            throw place.Error($"'{Shorten(fields[0])}' has more than {MaximumNameLength} characters; expected a record's name");
        // "100/3" has segments; "records500/00001_hr" is the record's path in its database.
        var slash = fields[0].LastIndexOfAny(['/', '\\']);
        int? segmentCount = null;
        var name = fields[0];
        if (slash >= 0 && TryWhole(name[(slash + 1)..], out int count) && name.IndexOf('/', StringComparison.Ordinal) == slash)
        {
            segmentCount = count > 0
                ? count
                : throw place.Error($"'{Shorten(name)}' names no number of segments; expected NAME/SEGMENTS with at least 1");
            name = name[..slash];
        }
        else if (slash >= 0)
        {
            name = name[(slash + 1)..];
        }

        var header = new WfdbHeader { Name = name, SignalCount = signalCount };
        if (fields.Length > 2)
            header = ParseFrequency(header, fields[2], place);
        if (fields.Length > 3)
        {
            if (!TryWhole(fields[3], out long frameCount))
                throw place.Error($"'{Shorten(fields[3])}' is no number of samples");
            header = header with { FrameCount = frameCount == 0 ? null : frameCount };
        }

        return (header with { Start = WfdbStart.Parse(fields.AsSpan(Math.Min(fields.Length, 4))) }, segmentCount);
    }

    // "360/512(100)": the counter's frequency and its value at sample 0, for times given in counts.
    private static WfdbHeader ParseFrequency(WfdbHeader header, string field, Place place)
    {
        var match = FrequencyField().Match(field);
        if (!match.Success || !TryNumber(match.Groups["frequency"].Value, out var frequency) || frequency <= 0)
            throw place.Error($"'{Shorten(field)}' is no sampling frequency");
        if (frequency is < SlowestHz or > FastestHz)
            throw place.Error($"'{Shorten(field)}' is no sampling frequency of a recorder; {FrequencyBounds}");
        header = header with { FrameFrequencyHz = frequency };
        if (match.Groups["counter"] is { Success: true } counter)
        {
            header = TryNumber(counter.Value, out var counterFrequency)
                ? header with { CounterFrequencyHz = counterFrequency > 0 ? counterFrequency : null }
                : throw place.Error($"'{Shorten(counter.Value)}' is no counter frequency");
        }

        if (match.Groups["base"] is { Success: true } text)
        {
            header = TryNumber(text.Value, out var counts)
                ? header with { BaseCounter = counts }
                : throw place.Error($"'{Shorten(text.Value)}' is no counter value");
        }

        return header;
    }

    private static WfdbSegmentLine ParseSegmentLine(string line, Place place)
    {
        var fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length < 2 || !TryWhole(fields[1], out long frameCount))
            throw place.Error($"'{Shorten(line)}' is no WFDB segment line; expected NAME SAMPLES");
        RequireFileName(fields[0], "segment", place);
        return new WfdbSegmentLine(fields[0], frameCount);
    }

    private static WfdbSignalLine ParseSignalLine(string line, Place place, string recordName, int index)
    {
        var (fields, description) = SignalFields(line);
        if (fields.Count < 2)
            throw place.Error($"'{Shorten(line)}' is no WFDB signal line; expected FILE FORMAT …");
        var (format, perFrame, skew, offset) = ParseFormat(fields[1], place);
        if (format != 0 && fields[0] is "-" or "~")
            throw place.Error($"signal file '{fields[0]}' is not the name of a file in the header's folder");
        RequireFileName(fields[0], "signal file", place);

        var (gain, baseline, unit) = fields.Count > 2 ? ParseGain(fields[2], place) : (0, null, null);
        var adcZero = Whole(4, "ADC zero") ?? 0;
        return new WfdbSignalLine(
            fields[0],
            format,
            perFrame,
            skew,
            offset,
            gain == 0 ? DefaultGain : gain,
            gain != 0,
            baseline ?? adcZero,
            unit ?? "mV",
            Whole(3, "ADC resolution") ?? 0,
            adcZero,
            Whole(5, "initial value"),
            Whole(6, "checksum"),
            Whole(7, "block size") ?? 0,
            description.Length > 0 ? description : $"record {recordName}, signal {index}");

        int? Whole(int field, string name)
        {
            if (fields.Count <= field)
                return null;
            return int.TryParse(fields[field], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
                ? value
                : throw place.Error($"{name} '{Shorten(fields[field])}' is not a whole number of 32 bits");
        }
    }

    // The ninth field, the description, may contain blanks.
    private static (List<string> Fields, string Description) SignalFields(string line)
    {
        var fields = new List<string>();
        var rest = line;
        // The name of a file may have blanks; then an extension and a format come after them.
        if (line.Split(' ', 3, StringSplitOptions.RemoveEmptyEntries) is [_, var second, ..] && !FormatField().IsMatch(second)
            && NameWithBlanks().Match(line) is { Success: true } name)
        {
            fields.Add(name.Value);
            rest = line[name.Length..].TrimStart();
        }

        while (fields.Count < 8 && rest.Length > 0)
        {
            var end = rest.IndexOf(' ', StringComparison.Ordinal);
            fields.Add(end < 0 ? rest : rest[..end]);
            rest = end < 0 ? "" : rest[end..].TrimStart();
        }

        return (fields, rest);
    }

    private static (int Format, int SamplesPerFrame, long Skew, long ByteOffset) ParseFormat(string field, Place place)
    {
        var match = FormatField().Match(field);
        if (!match.Success || match.Groups.Values.Any(group => group.Captures.Count > 1))
            throw place.Error($"'{Shorten(field)}' is no signal format; expected FORMAT[xSAMPLES][:SKEW][+OFFSET], as in 212 or 16x4:3+24");
        var format = int.Parse(match.Groups["format"].ValueSpan, CultureInfo.InvariantCulture);
        if (format is 508 or 516 or 524)
        {
            throw place.Error(
                $"signal format {format} is compressed with FLAC, which is not read; "
                + "formats 508, 516 and 524 become 80, 16 and 24 with WFDB's xform -O");
        }

        if (format != 0 && WfdbSignalFormat.Find(format) is null)
            throw place.Error($"signal format {format} is not known; expected {WfdbSignalFormat.Names}");
        var perFrame = Group("perFrame") ?? 1;
        if (perFrame < 1)
            throw place.Error($"format '{field}' has no samples in a frame; expected at least 1");
        return (format, (int)perFrame, Group("skew") ?? 0, Group("offset") ?? 0);

        long? Group(string name) =>
            match.Groups[name] is { Success: true } text ? long.Parse(text.ValueSpan, CultureInfo.InvariantCulture) : null;
    }

    private static (double Gain, int? Baseline, string? Unit) ParseGain(string field, Place place)
    {
        var match = GainField().Match(field);
        if (!match.Success || !TryNumber(match.Groups["gain"].Value, out var gain))
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

    // Files must be in the header's folder, so that a hostile header cannot name others.
    private static void RequireFileName(string name, string kind, Place place)
    {
        if (name is "." or ".." || name.Length > MaximumNameLength || name.AsSpan().IndexOfAny('/', '\\') >= 0)
            throw place.Error($"{kind} '{Shorten(name)}' is not the name of a file in the header's folder");
    }

    private static bool TryNumber(string text, out double value) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);

    private static bool TryWhole(string text, out int value) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);

    private static bool TryWhole(string text, out long value) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);

    private static string Shorten(string text) => InputFile.Shorten(text);

    [GeneratedRegex(@"^(?<frequency>[^/(]+)(/(?<counter>[^(]*))?(\((?<base>[^)]*)\)?)?$", RegexOptions.ExplicitCapture)]
    private static partial Regex FrequencyField();

    [GeneratedRegex(@"^\S+ [^.]*\.[A-Za-z]{1,4}(?= +(8|16|24|32|61|80|160|212|310|311)([x:+ ]|$))", RegexOptions.ExplicitCapture)]
    private static partial Regex NameWithBlanks();

    [GeneratedRegex(
        @"^(?<format>[0-9]{1,4})(x(?<perFrame>[0-9]{1,9})|:(?<skew>[0-9]{1,9})|\+(?<offset>[0-9]{1,18}))*$", RegexOptions.ExplicitCapture)]
    private static partial Regex FormatField();

    [GeneratedRegex(@"^(?<gain>[^(/]+)(\((?<baseline>[+-]?[0-9]+)\))?(/(?<unit>\S+))?$", RegexOptions.ExplicitCapture)]
    private static partial Regex GainField();

    private readonly record struct Place(string File, int Line)
    {
        public InvalidDataException Error(string problem) => new($"{File}, line {Line}: {problem}.");
    }
}
