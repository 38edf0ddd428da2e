using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using EcgRecovery.Cli.Inputs;
using EcgRecovery.Records;

namespace EcgRecovery.Cli.Outputs;

/// <summary>What is missing in one lead.</summary>
/// <param name="Number">The lead's number in the recording, from 0.</param>
/// <param name="Lead">The whole lead.</param>
/// <param name="StartSample">Where the search began, in the lead's own samples.</param>
/// <param name="SampleCount">How many samples were searched.</param>
/// <param name="IsJudged">Whether the samples were judged; else only what the file says is told.</param>
/// <param name="Spans">The missing spans, in the whole lead's own samples.</param>
internal sealed record LeadGaps(int Number, EcgLead Lead, long StartSample, long SampleCount, bool IsJudged, IReadOnlyList<MissingSpan> Spans)
{
    /// <summary>Seconds from the recording's start to a sample.</summary>
    public double Seconds(long sample) => sample / Lead.SamplingFrequencyHz;

    /// <summary>The spans and samples of each cause, and their share of what was searched.</summary>
    public IEnumerable<(MissingCause Cause, int Spans, long Samples, double Share)> Totals() => Spans
        .GroupBy(span => span.Cause)
        .OrderBy(group => group.Key)
        .Select(group => (group.Key, group.Count(), Samples(group), Share(Samples(group))));

    /// <summary>Part of the searched samples.</summary>
    public double Share(long samples) => SampleCount == 0 ? 0 : (double)samples / SampleCount;

    private static long Samples(IEnumerable<MissingSpan> spans) => spans.Sum(span => span.Span.Length);
}

/// <summary>What is missing in a recording, as a table, JSON, CSV and annotations.</summary>
internal sealed class GapListing(EcgRecord record, IReadOnlyList<LeadGaps> leads)
{
    private readonly int _nameWidth = Math.Max(4, leads.Select(lead => lead.Lead.Name.Length).DefaultIfEmpty(0).Max());

    /// <summary>Writes one line a span, then the totals.</summary>
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
                    Line(
                        output,
                        lead.Lead.Name,
                        $"{RecordTime.Describe(start),14}  {RecordTime.Describe(end),14}  {end - start,10:F3} s  {CauseName.Of(span.Cause),-12}  {span.Span.Start}..{span.Span.End}");
                }
            }

            output.WriteLine();
        }

        WriteTotals(output);
    }

    /// <summary>Writes, for every lead and cause, how much is missing.</summary>
    public void WriteTotals(TextWriter output)
    {
        Line(output, "lead", $"{"cause",-12}  {"spans",9}  {"duration",14}  {"share",9}");
        foreach (var lead in leads)
        {
            foreach (var (cause, spans, samples, share) in lead.Totals())
                Line(output, lead.Lead.Name, $"{CauseName.Of(cause),-12}  {spans,9}  {RecordTime.Describe(lead.Seconds(samples)),14}  {100 * share,7:F3} %");
            if (lead.Spans.Count == 0)
                Line(output, lead.Lead.Name, $"{"nothing",-12}  {0,9}  {RecordTime.Describe(0),14}  {0,7:F3} %");
            if (!lead.IsJudged)
                Line(output, lead.Lead.Name, $"not judged: its unit is {(lead.Lead.Unit.Length == 0 ? "not known" : lead.Lead.Unit)}; name it with --lead");
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

    /// <summary>Writes one line a span.</summary>
    public void WriteCsv(TextWriter output)
    {
        output.WriteLine("lead,start_sample,end_sample,start_s,end_s,cause");
        foreach (var lead in leads)
        {
            var name = lead.Lead.Name.AsSpan().IndexOfAny(",\"\r\n") < 0 ? lead.Lead.Name : $"\"{lead.Lead.Name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
            foreach (var span in lead.Spans)
            {
                output.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{name},{span.Span.Start},{span.Span.End},{lead.Seconds(span.Span.Start):0.######},{lead.Seconds(span.Span.End):0.######},{CauseName.Of(span.Cause)}"));
            }
        }
    }

    /// <summary>A note at the beginning of every span: its lead as <c>chn</c>, its samples and its cause in the words of docs/provenance.md.</summary>
    public IReadOnlyList<Annotation> Annotations()
    {
        var note = BeatCode.FromSymbol("\"")!.Value;
        return
        [
            .. leads.SelectMany(lead => lead.Spans.Select(span => new Annotation(
                    record.NearestSampleTo(lead.Lead, span.Span.Start),
                    note,
                    Channel: Math.Min(lead.Number, byte.MaxValue),
                    Aux: Words(lead, span))))
                .OrderBy(annotation => annotation.Sample)
                .ThenBy(annotation => annotation.Channel),
        ];
    }

    private static string Words(LeadGaps lead, MissingSpan span)
    {
        var words = string.Create(CultureInfo.InvariantCulture, $"missing start={span.Span.Start} end={span.Span.End} cause={CauseName.Of(span.Cause)}");
        return lead.Number < byte.MaxValue ? words : string.Create(CultureInfo.InvariantCulture, $"{words} lead={lead.Number}");
    }

    private void Line(TextWriter output, string lead, FormattableString rest) =>
        output.WriteLine($"{lead.PadRight(_nameWidth)}  {FormattableString.Invariant(rest)}".TrimEnd());
}

/// <summary>The JSON document of <c>gaps</c>: its keys are those of the records below, in camel case.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(GapListDocument))]
internal sealed partial class GapListJson : JsonSerializerContext
{
    /// <summary>The context with names of leads as they are, not escaped for HTML.</summary>
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
