using System.Text.Json;
using System.Text.Json.Serialization;
using EcgRecovery.Cli.Inputs;
using EcgRecovery.Evaluation.Scores;
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
    /// <summary>Writes one line per span, then the totals.</summary>
    /// <param name="output">Receives them.</param>
    /// <param name="columns">The width of a table.</param>
    public void WriteTable(TextWriter output, int columns)
    {
        if (leads.Any(lead => lead.Spans.Count > 0))
        {
            Write(
                output,
                columns,
                column => column is 1 or 2 or 3,
                ["lead", "start", "end", "duration", "cause", "samples"],
                leads.SelectMany(lead => lead.Spans.Select(span => new[]
                {
                    lead.Lead.Name,
                    RecordTime.Describe(lead.Seconds(span.Span.Start)),
                    RecordTime.Describe(lead.Seconds(span.Span.End)),
                    $"{lead.Seconds(span.Span.End) - lead.Seconds(span.Span.Start):F3} s",
                    CauseName.Of(span.Cause),
                    $"{span.Span}",
                })));
            output.WriteLine();
        }

        WriteTotals(output, columns);
    }

    /// <summary>Writes one line per lead and cause: how much is missing.</summary>
    /// <inheritdoc cref="WriteTable"/>
    public void WriteTotals(TextWriter output, int columns)
    {
        Write(
            output,
            columns,
            column => column > 1,
            ["lead", "cause", "spans", "duration", "share"],
            leads.SelectMany(lead => lead.Spans.Count == 0
                ? [Total(lead, "nothing", 0, 0, 0)]
                : lead.Totals().Select(total => Total(lead, CauseName.Of(total.Cause), total.Spans, total.Samples, total.Share))));
        foreach (var lead in leads.Where(lead => !lead.IsJudged))
        {
            var unit = lead.Lead.Unit.Length == 0 ? "not known" : lead.Lead.Unit;
            foreach (var line in TextTable.Wrap($"{lead.Lead.Name} is not judged: its unit is {unit}; name it with --lead", columns))
                output.WriteLine(line);
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

    private static string[] Total(LeadGaps lead, string cause, int spans, long samples, double share) =>
        [lead.Lead.Name, cause, $"{spans}", RecordTime.Describe(lead.Seconds(samples)), $"{100 * share:F3} %"];

    private static void Write(
        TextWriter output, int columns, Func<int, bool> isRight, string[] header, IEnumerable<string[]> rows)
    {
        foreach (var line in TextTable.Lines([header, .. rows], columns, names: 1, isRight))
            output.WriteLine(line);
    }
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
