using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using EcgRecovery.Formats;
using EcgRecovery.Formats.Files;
using EcgRecovery.Formats.Wfdb;
using EcgRecovery.Records;
using EcgRecovery.Recovery;

namespace EcgRecovery.Cli.Inputs;

/// <summary>A list of gaps as the verb <c>gaps</c> writes it: CSV, JSON, or WFDB annotations, by the extension.</summary>
internal sealed class GapListFile
{
    // A day of packet loss on 15 leads takes a tenth of it.
    private const long MaximumBytes = 256 << 20;

    private const string CsvHeader = "lead,start_sample,end_sample";

    private readonly string _path;
    private readonly EcgRecord _record;
    private readonly List<LeadSpan> _gaps = [];

    private GapListFile(string path, EcgRecord record) => (_path, _record) = (path, record);

    /// <summary>Reads the gaps of a recording.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is broken, or has a lead or a sample that the recording does not have.</exception>
    public static IReadOnlyList<LeadSpan> Read(string path, EcgRecord record)
    {
        var file = new GapListFile(path, record);
        if (path.EndsWith(".csv", StringComparison.OrdinalIgnoreCase))
            file.ReadCsv();
        else if (path.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
            file.ReadJson();
        else
            file.ReadAnnotations();
        return file._gaps;
    }

    private void ReadCsv()
    {
        var lines = Encoding.UTF8.GetString(InputFile.ReadAllBytes(_path, MaximumBytes)).TrimStart('\uFEFF').TrimEnd().Split('\n');
        if (!lines[0].StartsWith(CsvHeader, StringComparison.Ordinal))
            throw Wrong("line 1", $"'{InputFile.Shorten(lines[0])}' is not the heading of a list of gaps; expected {CsvHeader}");
        for (var i = 1; i < lines.Length; i++)
        {
            var place = $"line {i + 1}";
            var line = lines[i].TrimEnd('\r');
            if (ReadName(line, out var rest) is not { } name
                || rest.Split(',') is not [var start, var end, ..]
                || !TryParse(start, out var from)
                || !TryParse(end, out var to))
            {
                throw Wrong(place, $"'{InputFile.Shorten(line)}' is no gap; expected {CsvHeader}, as in MLII,100,137");
            }

            Add(place, Find(place, name), from, to);
        }
    }

    private void ReadJson()
    {
        GapFileDocument document;
        try
        {
            document = JsonSerializer.Deserialize(InputFile.ReadAllBytes(_path, MaximumBytes), GapFileJson.Default.GapFileDocument)
                ?? throw Wrong("line 1", "there is null; expected a list of gaps");
        }
        catch (JsonException exception)
        {
            throw Wrong($"line {exception.LineNumber + 1}", $"{exception.Path} is no part of a list of gaps, or no JSON");
        }

        foreach (var (i, lead) in document.Leads.Index())
        {
            var place = $"leads[{i}]";
            if (lead is null)
                throw Wrong(place, "there is null; expected a lead and its gaps");
            if (lead.Number < 0 || lead.Number >= _record.Leads.Count || _record.Leads[lead.Number].Name != lead.Lead)
            {
                throw Wrong(
                    place, $"record {_record.Name} has no lead {lead.Number} '{InputFile.Shorten(lead.Lead)}'; expected {Known()}");
            }

            foreach (var (j, gap) in lead.Gaps.Index())
            {
                if (gap is null)
                    throw Wrong($"{place}.gaps[{j}]", "there is null; expected startSample and endSample");
                Add($"{place}.gaps[{j}]", lead.Number, gap.StartSample, gap.EndSample);
            }
        }
    }

    private void ReadAnnotations()
    {
        foreach (var (i, note) in WfdbAnnotationFile.Read(_path).Annotations.Index())
        {
            var place = $"annotation {i + 1}";
            if (!ProvenanceText.TryRead(note.Aux, out var span, out var more)
                || span.Origin != SampleOrigin.Missing
                || !TryParse(more.GetValueOrDefault("start", ""), out var start)
                || !TryParse(more.GetValueOrDefault("end", ""), out var end)
                || !TryParse(more.GetValueOrDefault("lead", $"{note.Channel}"), out var lead))
            {
                throw Wrong(place, $"'{InputFile.Shorten(note.Aux)}' is no gap; expected a note as in missing start=100 end=137");
            }

            if (lead >= _record.Leads.Count)
                throw Wrong(place, $"record {_record.Name} has no lead {lead}; expected {Known()}");
            Add(place, (int)lead, start, end);
        }
    }

    private void Add(string place, int lead, long start, long end)
    {
        var count = _record.Leads[lead].SampleCount;
        if (start < 0 || start >= end || end > count)
            throw Wrong(place, $"{start}..{end} is no gap of lead {_record.Leads[lead].Name}; expected START < END within 0..{count}");
        _gaps.Add(new LeadSpan(lead, new SampleSpan(start, end)));
    }

    private int Find(string place, string name)
    {
        int[] named = [.. Enumerable.Range(0, _record.Leads.Count).Where(i => _record.Leads[i].Name == name)];
        return named.Length switch
        {
            1 => named[0],
            0 => throw Wrong(place, $"record {_record.Name} has no lead '{InputFile.Shorten(name)}'; expected {Known()}"),
            _ => throw Wrong(place, $"record {_record.Name} has {named.Length} leads '{InputFile.Shorten(name)}'; expected a list as JSON"),
        };
    }

    private string Known() => string.Join(", ", _record.Leads.Take(16).Select((lead, i) => $"{i} {lead.Name}"));

    private InvalidDataException Wrong(string place, string text) => new($"{_path}, {place}: {text}.");

    /// <summary>Reads the first cell, quoted where the name has a comma or a quote; null where it does not end.</summary>
    private static string? ReadName(string line, out string rest)
    {
        rest = "";
        if (!line.StartsWith('"'))
        {
            var comma = line.IndexOf(',', StringComparison.Ordinal);
            if (comma < 0)
                return null;
            rest = line[(comma + 1)..];
            return line[..comma];
        }

        var end = line.IndexOf("\",", StringComparison.Ordinal);
        // Within the name, a quote stands twice.
        while (end > 0 && line.AsSpan(1, end).Count('"') % 2 == 0)
            end = line.IndexOf("\",", end + 1, StringComparison.Ordinal);
        if (end <= 0)
            return null;
        rest = line[(end + 2)..];
        return line[1..end].Replace("\"\"", "\"", StringComparison.Ordinal);
    }

    private static bool TryParse(string text, out long value) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
}

/// <summary>What is read of the JSON document of <c>gaps</c>.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(GapFileDocument))]
internal sealed partial class GapFileJson : JsonSerializerContext;

internal sealed record GapFileDocument
{
    public required IReadOnlyList<GapFileLead?> Leads { get; init; }
}

internal sealed record GapFileLead
{
    public required string Lead { get; init; }

    public required int Number { get; init; }

    public required IReadOnlyList<GapFileSpan?> Gaps { get; init; }
}

internal sealed record GapFileSpan
{
    public required long StartSample { get; init; }

    public required long EndSample { get; init; }
}
