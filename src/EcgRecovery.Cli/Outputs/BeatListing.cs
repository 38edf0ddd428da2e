using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using EcgRecovery.Beats;
using EcgRecovery.Cli.Inputs;
using EcgRecovery.Records;

namespace EcgRecovery.Cli.Outputs;

/// <summary>The R peaks of a lead as a table, JSON, CSV and annotations.</summary>
/// <param name="record">The whole recording.</param>
/// <param name="number">The lead's number in it, from 0.</param>
/// <param name="peaks">The peaks, as samples of the whole lead, ascending.</param>
internal sealed class BeatListing(EcgRecord record, int number, IReadOnlyList<long> peaks)
{
    private readonly EcgLead _lead = record.Leads[number];

    /// <summary>Writes one line per peak.</summary>
    public void WriteTable(TextWriter output)
    {
        output.WriteLine($"{"sample",12}  {"time",14}  {"RR",9}");
        for (var i = 0; i < peaks.Count; i++)
        {
            var interval = i == 0 ? "" : $"{Interval(i),7:F3} s";
            output.WriteLine($"{peaks[i],12}  {RecordTime.Describe(Seconds(i)),14}  {interval}".TrimEnd());
        }
    }

    /// <summary>Writes their number and mean rate in one line.</summary>
    public void WriteSummary(TextWriter output)
    {
        var rate = MeanRate is { } mean ? $", {mean:F1} a minute" : "";
        output.WriteLine($"{peaks.Count} R peaks in lead {_lead.Name} of record {record.Name}{rate}");
    }

    /// <summary>Writes one JSON document, in one line.</summary>
    public void WriteJson(TextWriter output)
    {
        var beats = peaks.Select((peak, i) => new BeatDocument(peak, Seconds(i), i == 0 ? null : Interval(i)));
        var document = new BeatListDocument(record.Name, _lead.Name, number, _lead.SamplingFrequencyHz, MeanRate, beats);
        output.WriteLine(JsonSerializer.Serialize(document, BeatListJson.Default.BeatListDocument));
    }

    /// <summary>Writes a header and one line per peak.</summary>
    public void WriteCsv(TextWriter output)
    {
        output.WriteLine("sample,time_s,rr_s");
        for (var i = 0; i < peaks.Count; i++)
        {
            var interval = i == 0 ? "" : Interval(i).ToString("0.######", CultureInfo.InvariantCulture);
            output.WriteLine($"{peaks[i]},{Seconds(i):0.######},{interval}");
        }
    }

    /// <summary>Returns unclassified beats on the lead's channel, counted as the record's annotations are.</summary>
    public IReadOnlyList<Annotation> Annotations()
    {
        var samples = peaks.Select(peak => record.NearestSampleTo(_lead, peak));
        return [.. RPeakDetector.ToAnnotations(samples).Select(beat => beat with { Channel = Math.Min(number, byte.MaxValue) })];
    }

    // From the first peak to the last.
    private double? MeanRate => peaks.Count < 2 ? null : 60 * (peaks.Count - 1) * _lead.SamplingFrequencyHz / (peaks[^1] - peaks[0]);

    private double Seconds(int index) => peaks[index] / _lead.SamplingFrequencyHz;

    private double Interval(int index) => (peaks[index] - peaks[index - 1]) / _lead.SamplingFrequencyHz;
}

/// <summary>The JSON document of <c>beats</c>; its keys are the names below in camel case.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(BeatListDocument))]
internal sealed partial class BeatListJson : JsonSerializerContext;

internal sealed record BeatListDocument(
    string Record, string Lead, int Number, double SamplingFrequencyHz, double? MeanBeatsPerMinute, IEnumerable<BeatDocument> Beats);

internal sealed record BeatDocument(long Sample, double Seconds, double? RrSeconds);
