using System.Globalization;
using System.Text.Json;
using EcgRecovery.Beats;
using EcgRecovery.Cli.Inputs;
using EcgRecovery.Records;

namespace EcgRecovery.Cli.Outputs;

/// <summary>The R peaks of a lead, as a table, JSON, CSV and annotations.</summary>
/// <param name="record">The whole recording.</param>
/// <param name="number">The lead's number in it, from 0.</param>
/// <param name="peaks">The peaks, in the whole lead's own samples, ascending.</param>
internal sealed class BeatListing(EcgRecord record, int number, IReadOnlyList<long> peaks)
{
    private readonly EcgLead _lead = record.Leads[number];

    /// <summary>Writes one line a peak.</summary>
    public void WriteTable(TextWriter output)
    {
        output.WriteLine($"{"sample",12}  {"time",14}  {"RR",9}");
        for (var i = 0; i < peaks.Count; i++)
        {
            var interval = i == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{Interval(i),7:F3} s");
            output.WriteLine($"{peaks[i],12}  {RecordTime.Describe(Seconds(i)),14}  {interval}".TrimEnd());
        }
    }

    /// <summary>Writes how many there are.</summary>
    public void WriteSummary(TextWriter output)
    {
        var rate = MeanRate is { } mean ? string.Create(CultureInfo.InvariantCulture, $", {mean:F1} a minute") : "";
        output.WriteLine($"{peaks.Count} R peaks in lead {_lead.Name} of record {record.Name}{rate}");
    }

    /// <summary>Writes one JSON document, in one line.</summary>
    public void WriteJson(TextWriter output)
    {
        var document = new
        {
            record = record.Name,
            lead = _lead.Name,
            number,
            samplingFrequencyHz = _lead.SamplingFrequencyHz,
            meanBeatsPerMinute = MeanRate,
            beats = peaks.Select((peak, i) => new { sample = peak, seconds = Seconds(i), rrSeconds = i == 0 ? null : (double?)Interval(i) }),
        };
        output.WriteLine(JsonSerializer.Serialize(document));
    }

    /// <summary>Writes one line a peak.</summary>
    public void WriteCsv(TextWriter output)
    {
        output.WriteLine("sample,time_s,rr_s");
        for (var i = 0; i < peaks.Count; i++)
        {
            var interval = i == 0 ? "" : Interval(i).ToString("0.######", CultureInfo.InvariantCulture);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{peaks[i]},{Seconds(i):0.######},{interval}"));
        }
    }

    /// <summary>Beats that nobody classified, counted as the record's annotations are, on the channel of the lead.</summary>
    public IReadOnlyList<Annotation> Annotations()
    {
        var samples = peaks.Select(peak => record.NearestSampleTo(_lead, peak));
        return [.. RPeakDetector.ToAnnotations(samples).Select(beat => beat with { Channel = Math.Min(number, byte.MaxValue) })];
    }

    // Over the time from the first peak to the last.
    private double? MeanRate => peaks.Count < 2 ? null : 60 * (peaks.Count - 1) * _lead.SamplingFrequencyHz / (peaks[^1] - peaks[0]);

    private double Seconds(int index) => peaks[index] / _lead.SamplingFrequencyHz;

    private double Interval(int index) => (peaks[index] - peaks[index - 1]) / _lead.SamplingFrequencyHz;
}
