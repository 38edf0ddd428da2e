using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using EcgRecovery.Beats;
using EcgRecovery.Cli.Inputs;
using EcgRecovery.Records;

namespace EcgRecovery.Cli.Outputs;

/// <summary>The R peaks of a recording as a table, JSON, CSV and annotations.</summary>
/// <param name="record">The whole recording.</param>
/// <param name="found">The peaks, as samples of the whole lead.</param>
/// <param name="searchedSeconds">Length of the part in which they were looked for.</param>
internal sealed class BeatListing(EcgRecord record, FoundRPeaks found, double searchedSeconds)
{
    // As many stretches are printed; the others are counted. JSON and annotations have all.
    private const int MaximumPrinted = 10;

    private readonly IReadOnlyList<long> _peaks = found.Peaks;
    private readonly EcgLead _lead = record.Leads[found.Lead];

    /// <summary>One line on the share of the recording in which the peaks are not to be trusted; null where there is none.</summary>
    public string? Warning
    {
        get
        {
            if (found.Doubtful.Count == 0)
                return null;
            var causes = found.Doubtful.GroupBy(doubt => doubt.Cause)
                .Select(group => $"{Name(group.Key)} {RecordTime.Describe(SecondsOf(group))}");
            return $"warning: R peaks are not to be trusted in {RecordTime.Describe(SecondsOf(found.Doubtful))} of "
                + $"{RecordTime.Describe(searchedSeconds)}: {string.Join(", ", causes)}";
        }
    }

    /// <summary>Writes one line per peak.</summary>
    public void WriteTable(TextWriter output)
    {
        output.WriteLine($"{"sample",12}  {"time",14}  {"RR",9}");
        for (var i = 0; i < _peaks.Count; i++)
        {
            var interval = i == 0 ? "" : $"{Interval(i),7:F3} s";
            output.WriteLine($"{_peaks[i],12}  {RecordTime.Describe(Seconds(_peaks[i])),14}  {interval}".TrimEnd());
        }
    }

    /// <summary>Writes their number, leads and mean rate in one line, then the stretches in which they are not to be trusted.</summary>
    public void WriteSummary(TextWriter output)
    {
        var rate = MeanRate is { } mean ? $", {mean:F1} a minute" : "";
        var names = found.Leads.Select(lead => record.Leads[lead].Name).ToArray();
        var leads = names.Length == 1
            ? $"lead {names[0]} of record {record.Name}"
            : $"leads {string.Join(", ", names)} of record {record.Name}, placed in {_lead.Name}";
        output.WriteLine($"{_peaks.Count} R peaks in {leads}{rate}");
        foreach (var (span, cause) in found.Doubtful.Take(MaximumPrinted))
        {
            var times = $"{RecordTime.Describe(Seconds(span.Start))} to {RecordTime.Describe(Seconds(span.End))}";
            output.WriteLine($"not to be trusted: {times}, {Name(cause)}");
        }

        if (found.Doubtful.Count > MaximumPrinted)
            output.WriteLine($"not to be trusted: {found.Doubtful.Count - MaximumPrinted} more stretches, all of them in --json");
    }

    /// <summary>Writes one JSON document, in one line.</summary>
    public void WriteJson(TextWriter output)
    {
        var beats = _peaks.Select((peak, i) => new BeatDocument(peak, Seconds(peak), i == 0 ? null : Interval(i)));
        var doubtful = found.Doubtful.Select(doubt => new DoubtDocument(
            doubt.Span.Start, doubt.Span.End, Seconds(doubt.Span.Start), Seconds(doubt.Span.End), Key(doubt.Cause)));
        var document = new BeatListDocument(
            record.Name,
            _lead.Name,
            found.Lead,
            _lead.SamplingFrequencyHz,
            found.Leads.Select(lead => record.Leads[lead].Name),
            MeanRate,
            searchedSeconds > 0 ? SecondsOf(found.Doubtful) / searchedSeconds : 0,
            doubtful,
            beats);
        output.WriteLine(JsonSerializer.Serialize(document, BeatListJson.Default.BeatListDocument));
    }

    /// <summary>Writes a header and one line per peak.</summary>
    public void WriteCsv(TextWriter output)
    {
        output.WriteLine("sample,time_s,rr_s");
        for (var i = 0; i < _peaks.Count; i++)
        {
            var interval = i == 0 ? "" : Interval(i).ToString("0.######", CultureInfo.InvariantCulture);
            output.WriteLine($"{_peaks[i]},{Seconds(_peaks[i]):0.######},{interval}");
        }
    }

    /// <summary>
    /// Returns unclassified beats on the lead's channel, counted as the record's annotations are, and a note at the start and at the end of
    /// every stretch in which they are not to be trusted.
    /// </summary>
    public IReadOnlyList<Annotation> Annotations()
    {
        var channel = Math.Min(found.Lead, byte.MaxValue);
        var beats = RPeakDetector.ToAnnotations(_peaks.Select(peak => record.NearestSampleTo(_lead, peak)))
            .Select(beat => beat with { Channel = channel });
        var code = BeatCode.FromSymbol("\"")!.Value;
        var notes = found.Doubtful.SelectMany(doubt => new[]
        {
            Note(doubt.Span.Start, $"beats doubtful: {Key(doubt.Cause)}"), Note(doubt.Span.End, $"end of {Key(doubt.Cause)}"),
        });
        return [.. notes.Concat(beats).OrderBy(annotation => annotation.Sample)];

        Annotation Note(long sample, string text) => new(record.NearestSampleTo(_lead, sample), code, Channel: channel, Aux: text);
    }

    // From the first peak to the last.
    private double? MeanRate => _peaks.Count < 2 ? null : 60 * (_peaks.Count - 1) * _lead.SamplingFrequencyHz / (_peaks[^1] - _peaks[0]);

    private double Seconds(long sample) => sample / _lead.SamplingFrequencyHz;

    private double SecondsOf(IEnumerable<DoubtfulBeats> stretches) => Seconds(stretches.Sum(doubt => doubt.Span.Length));

    private double Interval(int index) => (_peaks[index] - _peaks[index - 1]) / _lead.SamplingFrequencyHz;

    private static string Name(DoubtCause cause) => cause switch
    {
        DoubtCause.Flat => "constant lead",
        DoubtCause.Noise => "noise",
        _ => "ventricular fibrillation or flutter",
    };

    private static string Key(DoubtCause cause) => cause switch
    {
        DoubtCause.Flat => "flat",
        DoubtCause.Noise => "noise",
        _ => "fibrillation",
    };
}

/// <summary>The JSON document of <c>beats</c>; its keys are the names below in camel case.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(BeatListDocument))]
internal sealed partial class BeatListJson : JsonSerializerContext;

internal sealed record BeatListDocument(
    string Record,
    string Lead,
    int Number,
    double SamplingFrequencyHz,
    IEnumerable<string> Leads,
    double? MeanBeatsPerMinute,
    double DoubtfulShare,
    IEnumerable<DoubtDocument> Doubtful,
    IEnumerable<BeatDocument> Beats);

internal sealed record DoubtDocument(long StartSample, long EndSample, double StartSeconds, double EndSeconds, string Cause);

internal sealed record BeatDocument(long Sample, double Seconds, double? RrSeconds);
