using System.Globalization;
using System.Text.Json;
using EcgRecovery.Formats.Csv.Cells;

namespace EcgRecovery.Formats.Csv.Heads;

/// <summary>
/// OpenSignals (r)evolution, for BITalino and biosignalsplux: a line <c># OpenSignals Text File Format</c>, a line of JSON that describes
/// each device, and <c># EndOfHeader</c>.
/// </summary>
/// <remarks>
/// The values are the converter's counts. The first column of a device, <c>nSeq</c>, counts the samples by some bits. <c>sensor</c> names
/// the analogue channels, whose columns are those in <c>label</c>.
/// </remarks>
internal static class OpenSignalsHead
{
    private const int LinesLookedAt = 10;

    // Of the first version, which names no program.
    private const string FirstKey = "ColumnLabels";

    /// <inheritdoc cref="TextHeads.Read"/>
    public static TextHead? Read(IReadOnlyList<string> lines)
    {
        var json = lines.Take(LinesLookedAt).FirstOrDefault(line => line.StartsWith("# {", StringComparison.Ordinal));
        if (json is null)
            return null;
        if (!lines[0].Contains("OpenSignals", StringComparison.OrdinalIgnoreCase) && !json.Contains(FirstKey, StringComparison.Ordinal))
            return null;
        try
        {
            using var document = JsonDocument.Parse(json[2..]);
            if (document.RootElement.TryGetProperty(FirstKey, out _))
                return ReadFirstVersion(document.RootElement, Lines(lines));
            var devices = document.RootElement.EnumerateObject().Select(device => device.Value).ToArray();
            return devices.Length == 0 ? null : Read(devices, Lines(lines));
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // no JSON, or a value of another type than the format has
            return null;
        }
    }

    private static TextHead Read(JsonElement[] devices, int lines) => new()
    {
        Program = "OpenSignals",
        Lines = lines,
        FrequencyHz = Number(devices[0], "sampling rate"),
        Columns = [.. devices.SelectMany(Columns)],
        Start = Start(devices[0]),
    };

    /// <summary>The first version's keys are those of one device; the resolution is that of the analogue channels.</summary>
    private static TextHead ReadFirstVersion(JsonElement device, int lines) => new()
    {
        Program = "OpenSignals",
        Lines = lines,
        FrequencyHz = Number(device, "SamplingRate"),
        Columns =
        [
            .. Texts(device, FirstKey).Select(label => new TextHeadColumn(
                label, label.StartsWith("Digital", StringComparison.OrdinalIgnoreCase) ? TextUnits.Logic : TextUnits.Counts)),
        ],
        Start = device.TryGetProperty("StartDateTime", out var start) && DateTime.TryParseExact(
            start.ToString(), ["yyyy-M-d H:m:s", "yyyy-M-d H:m:s.FFFFFFF"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? time
            : null,
    };

    private static int Lines(IReadOnlyList<string> lines) =>
        lines.TakeWhile(line => line.StartsWith('#')).Count();

    private static IEnumerable<TextHeadColumn> Columns(JsonElement device)
    {
        var labels = Texts(device, "label");
        var sensors = Texts(device, "sensor");
        var bits = device.TryGetProperty("resolution", out var resolution) ? resolution.EnumerateArray().ToArray() : [];
        var columns = Texts(device, "column");
        for (var c = 0; c < columns.Count; c++)
        {
            var analogue = labels.IndexOf(columns[c]);
            var sensor = analogue >= 0 && analogue < sensors.Count ? sensors[analogue] : "";
            int? width = c < bits.Length && bits[c].TryGetInt32(out var read) && read is > 0 and <= 31 ? read : null;
            var isNamed = sensor.Length > 0 && !sensor.Equals("RAW", StringComparison.OrdinalIgnoreCase);
            yield return new TextHeadColumn(
                isNamed ? $"{sensor} {columns[c]}" : columns[c],
                // Of one bit: a switch, a button.
                width == 1 ? TextUnits.Logic : TextUnits.Counts,
                width);
        }
    }

    private static List<string> Texts(JsonElement device, string key) =>
        device.TryGetProperty(key, out var texts) ? [.. texts.EnumerateArray().Select(text => text.ToString())] : [];

    private static double? Number(JsonElement device, string key) =>
        device.TryGetProperty(key, out var number) && RateText.Number(number.ToString()) is > 0 and var value ? value : null;

    private static DateTime? Start(JsonElement device)
    {
        if (!device.TryGetProperty("date", out var date) || !device.TryGetProperty("time", out var time))
            return null;
        // The time has no leading zeros: 11:39:1.789.
        var isDay = DateOnly.TryParseExact(
            date.ToString(), ["yyyy-M-d", "d-M-yyyy"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var day);
        var isTime = TimeOnly.TryParseExact(
            time.ToString(), ["H:m:s.FFFFFFF", "H:m:s"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var timeOfDay);
        return isDay && isTime ? day.ToDateTime(timeOfDay) : null;
    }
}
