using System.Text.Json;
using System.Text.Json.Serialization;
using EcgRecovery.Cli.Inputs;
using EcgRecovery.Records;

namespace EcgRecovery.Cli.Outputs;

/// <summary>The missing spans of one lead.</summary>
/// <param name="Number">The lead's number in the recording, from 0.</param>
/// <param name="Lead">The whole lead.</param>
/// <param name="StartSample">The first searched sample of the lead.</param>
/// <param name="SampleCount">Number of searched samples.</param>
/// <param name="IsJudged">Whether the signal was judged; if not, only what the file marks as missing is listed.</param>
/// <param name="Spans">The missing spans, as samples of the whole lead.</param>
internal sealed record LeadGaps(
    int Number, EcgLead Lead, long StartSample, long SampleCount, bool IsJudged, IReadOnlyList<MissingSpan> Spans)
{
    /// <summary>Returns the seconds from the recording's start to a sample.</summary>
    public double Seconds(long sample) => sample / Lead.SamplingFrequencyHz;

    /// <summary>Returns the spans and samples of each cause, and their share of the searched samples.</summary>
    public IEnumerable<(MissingCause Cause, int Spans, long Samples, double Share)> Totals() => Spans
        .GroupBy(span => span.Cause)
        .OrderBy(group => group.Key)
        .Select(group => (group.Key, group.Count(), Samples(group), Share(Samples(group))));

    /// <summary>Returns a number of samples as a share of the searched ones.</summary>
    public double Share(long samples) => SampleCount == 0 ? 0 : (double)samples / SampleCount;

    private static long Samples(IEnumerable<MissingSpan> spans) => spans.Sum(span => span.Span.Length);
}

/// <summary>The missing spans of a recording as a table, JSON, CSV and annotations.</summary>
internal sealed class GapListing(EcgRecord record, IReadOnlyList<LeadGaps> leads)
{
    private readonly int _nameWidth = Math.Max(4, leads.Select(lead => lead.Lead.Name.Length).DefaultIfEmpty(0).Max());

    /// <summary>Writes one line per span, then the totals.</summary>
    public void WriteTable(TextWriter output)
    {
        if (leads.Any(lead => lead.Spans.Count > 0))
        {
            Line(output, "lead", $"{"start",14}  {"end",14}  {"duration",12}  {"cause",-12}  samples");
            foreach (var lead in leads)
            {
                foreach (var span in lead.Spans)
                {
                    var (start, end) = (lead.Seconds(span.Span.Start), lead.Seconds(span.Span.End));
                    var times = $"{RecordTime.Describe(start),14}  {RecordTime.Describe(end),14}  {end - start,10:F3} s";
                    Line(output, lead.Lead.Name, $"{times}  {CauseName.Of(span.Cause),-12}  {span.Span}");
                }
            }

            output.WriteLine();
        }

        WriteTotals(output);
    }

    /// <summary>Writes one line per lead and cause: how much is missing.</summary>
    public void WriteTotals(TextWriter output)
    {
        Line(output, "lead", $"{"cause",-12}  {"spans",9}  {"duration",14}  {"share",9}");
        foreach (var lead in leads)
        {
            foreach (var (cause, spans, samples, share) in lead.Totals())
            {
                var duration = RecordTime.Describe(lead.Seconds(samples));
                Line(output, lead.Lead.Name, $"{CauseName.Of(cause),-12}  {spans,9}  {duration,14}  {100 * share,7:F3} %");
            }

            if (lead.Spans.Count == 0)
                Line(output, lead.Lead.Name, $"{"nothing",-12}  {0,9}  {RecordTime.Describe(0),14}  {0,7:F3} %");
            if (!lead.IsJudged)
            {
                var unit = lead.Lead.Unit.Length == 0 ? "not known" : lead.Lead.Unit;
                Line(output, lead.Lead.Name, $"not judged: its unit is {unit}; name it with --lead");
            }
        }
    }

    /// <summary>Writes one JSON document, in one line.</summary>
    public void WriteJson(TextWriter output)
    {
        var document = new GapListDocument(record.Name, leads.Select(lead => new LeadGapsDocument(
            lead.Lead.Name,
            lead.Number,
            lead.Lead.SamplingFrequencyHz,
            lead.StartSample,
            lead.StartSample + lead.SampleCount,
            lead.IsJudged,
            lead.Totals().Select(total => new GapTotalDocument(CauseName.Of(total.Cause), total.Spans, total.Samples, total.Share)),
            lead.Spans.Select(missing => new GapDocument(
                missing.Span.Start,
                missing.Span.End,
                lead.Seconds(missing.Span.Start),
                lead.Seconds(missing.Span.End),
                CauseName.Of(missing.Cause),
                missing.IsStated)))));
        output.WriteLine(JsonSerializer.Serialize(document, GapListJson.Readable.GapListDocument));
    }

    /// <summary>Writes a header and one line per span.</summary>
    public void WriteCsv(TextWriter output)
    {
        output.WriteLine("lead,start_sample,end_sample,start_s,end_s,cause");
        foreach (var lead in leads)
        {
            foreach (var missing in lead.Spans)
            {
                var (start, end) = (missing.Span.Start, missing.Span.End);
                var times = $"{lead.Seconds(start):0.######},{lead.Seconds(end):0.######}";
                output.WriteLine($"{Cell(lead.Lead.Name)},{start},{end},{times},{CauseName.Of(missing.Cause)}");
            }
        }
    }

    /// <summary>Returns a note at the start of every span: the lead as <c>chn</c>, samples and cause as in docs/provenance.md.</summary>
    public IReadOnlyList<Annotation> Annotations()
    {
        var note = BeatCode.FromSymbol("\"")!.Value;
        return
        [
            .. leads.SelectMany(lead => lead.Spans.Select(span => new Annotation(
                    record.NearestSampleTo(lead.Lead, span.Span.Start),
                    note,
                    Channel: Math.Min(lead.Number, byte.MaxValue),
                    Aux: Note(lead, span))))
                .OrderBy(annotation => annotation.Sample)
                .ThenBy(annotation => annotation.Channel),
        ];
    }

    private static string Cell(string name) =>
        name.AsSpan().IndexOfAny(",\"\r\n") < 0 ? name : $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static string Note(LeadGaps lead, MissingSpan missing)
    {
        var note = $"missing start={missing.Span.Start} end={missing.Span.End} cause={CauseName.Of(missing.Cause)}";
        return lead.Number < byte.MaxValue ? note : $"{note} lead={lead.Number}";
    }

    private void Line(TextWriter output, string lead, string rest) =>
        output.WriteLine($"{lead.PadRight(_nameWidth)}  {rest}".TrimEnd());
}

/// <summary>The JSON document of <c>gaps</c>; its keys are the names below in camel case.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(GapListDocument))]
internal sealed partial class GapListJson : JsonSerializerContext
{
    /// <summary>The context that escapes nothing in the names of leads.</summary>
    public static GapListJson Readable => field ??= new(JsonText.Readable(Default));
}

internal sealed record GapListDocument(string Record, IEnumerable<LeadGapsDocument> Leads);

internal sealed record LeadGapsDocument(
    string Lead,
    int Number,
    double SamplingFrequencyHz,
    long StartSample,
    long EndSample,
    bool IsJudged,
    IEnumerable<GapTotalDocument> Totals,
    IEnumerable<GapDocument> Gaps);

internal sealed record GapTotalDocument(string Cause, int Spans, long Samples, double Share);

internal sealed record GapDocument(long StartSample, long EndSample, double StartSeconds, double EndSeconds, string Cause, bool IsStated);
