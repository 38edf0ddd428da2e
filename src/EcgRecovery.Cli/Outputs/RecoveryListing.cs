using System.Text.Json;
using System.Text.Json.Serialization;
using EcgRecovery.Cli.Inputs;
using EcgRecovery.Evaluation.Scores;
using EcgRecovery.Records;
using EcgRecovery.Recovery;

namespace EcgRecovery.Cli.Outputs;

/// <summary>A lead that was recovered, or would be.</summary>
/// <param name="Number">The lead's number in the recording, from 0.</param>
/// <param name="Lead">The lead.</param>
/// <param name="Gaps">Its gaps, in order.</param>
internal sealed record LeadOutcome(int Number, EcgLead Lead, IReadOnlyList<RecoveredGap> Gaps)
{
    /// <summary>Mean width of the intervals of its recovered samples, in the lead's unit; null where none has one.</summary>
    public double? IntervalWidth
    {
        get
        {
            var gaps = Gaps.Where(gap => gap.IntervalWidth is not null).ToList();
            return gaps.Count == 0 ? null : gaps.Sum(gap => gap.IntervalWidth * gap.Span.Length) / gaps.Sum(gap => gap.Span.Length);
        }
    }

    /// <summary>Returns the duration of some of the gaps, in seconds.</summary>
    public double Seconds(Func<RecoveredGap, bool> choose) => Gaps.Where(choose).Sum(gap => gap.Span.Length) / Lead.SamplingFrequencyHz;
}

/// <summary>What became of the gaps of a recording, as text and as JSON.</summary>
internal sealed class RecoveryListing
{
    /// <summary>Name of the record.</summary>
    public required string Record { get; init; }

    /// <summary>The file that was written; null for a dry run.</summary>
    public string? Output { get; init; }

    /// <summary>The method that was asked for.</summary>
    public required string Method { get; init; }

    /// <summary>The version that stands beside the method in the file.</summary>
    public required string Version { get; init; }

    /// <summary>The leads that were to be recovered.</summary>
    public required IReadOnlyList<LeadOutcome> Leads { get; init; }

    /// <summary>What the format of the output cannot hold, one sentence each.</summary>
    public IReadOnlyList<string> Lost { get; init; } = [];

    private IEnumerable<RecoveredGap> Gaps => Leads.SelectMany(lead => lead.Gaps);

    /// <summary>Number of gaps.</summary>
    public int GapCount => Leads.Sum(lead => lead.Gaps.Count);

    /// <summary>Number of gaps that are left missing.</summary>
    public int LeftCount => Gaps.Count(gap => !gap.IsRecovered);

    /// <summary>Writes a line per lead, then the gaps that are left missing and those that a simpler method filled.</summary>
    /// <param name="output">Receives them.</param>
    /// <param name="columns">The width of a table.</param>
    public void WriteText(TextWriter output, int columns)
    {
        var count = $"{GapCount - LeftCount} of {GapCount} gaps";
        output.WriteLine(Output is null
            ? $"{Record}: {count} would be filled by {Method}; nothing is written"
            : $"{Output}: {count} filled by {Method}");
        Write(
            output,
            ["lead", "gaps", "filled", "left", "filled s", "left s", "interval"],
            Leads.Select(lead => new[]
            {
                lead.Lead.Name,
                $"{lead.Gaps.Count}",
                $"{lead.Gaps.Count(gap => gap.IsRecovered)}",
                $"{lead.Gaps.Count(gap => !gap.IsRecovered)}",
                $"{lead.Seconds(gap => gap.IsRecovered):F3}",
                $"{lead.Seconds(gap => !gap.IsRecovered):F3}",
                lead.IntervalWidth is { } width ? $"{width:F3} {lead.Lead.Unit}" : "-",
            }),
            columns,
            column => column > 0);
        WriteGaps(output, columns, "left missing", gap => !gap.IsRecovered);
        WriteGaps(output, columns, $"filled by a simpler method than {Method}", gap => gap.IsRecovered && gap.Reason.Length > 0);
        foreach (var sentence in Lost)
            output.WriteLine($"lost: {sentence}");
    }

    /// <summary>Writes one JSON document, in one line.</summary>
    public void WriteJson(TextWriter output)
    {
        var document = new RecordRecoveryDocument(
            Record,
            Output,
            Method,
            Version,
            Leads.Select(lead => new RecoveredLeadDocument(
                lead.Lead.Name,
                lead.Number,
                lead.Lead.SamplingFrequencyHz,
                lead.Gaps.Select(gap => new RecoveredGapDocument(
                    gap.Span.Start,
                    gap.Span.End,
                    gap.Span.Start / lead.Lead.SamplingFrequencyHz,
                    gap.Span.End / lead.Lead.SamplingFrequencyHz,
                    gap.Method,
                    gap.Reason,
                    gap.Origin.ToString().ToLowerInvariant(),
                    gap.IntervalWidth,
                    gap.RPeaks)))),
            new RecoveryTotalsDocument(
                GapCount,
                GapCount - LeftCount,
                LeftCount,
                Leads.Sum(lead => lead.Seconds(gap => gap.IsRecovered)),
                Leads.Sum(lead => lead.Seconds(gap => !gap.IsRecovered))),
            Lost);
        output.WriteLine(JsonSerializer.Serialize(document, RecoveryListingJson.Readable.RecordRecoveryDocument));
    }

    private void WriteGaps(TextWriter output, int columns, string title, Func<RecoveredGap, bool> choose)
    {
        if (!Gaps.Any(choose))
            return;
        output.WriteLine();
        output.WriteLine($"{title}:");
        Write(
            output,
            ["lead", "start", "end", "duration", "samples", "method", "reason"],
            Leads.SelectMany(lead => lead.Gaps.Where(choose).Select(gap => new[]
            {
                lead.Lead.Name,
                RecordTime.Describe(gap.Span.Start / lead.Lead.SamplingFrequencyHz),
                RecordTime.Describe(gap.Span.End / lead.Lead.SamplingFrequencyHz),
                $"{gap.Span.Length / lead.Lead.SamplingFrequencyHz:F3} s",
                $"{gap.Span}",
                gap.Method ?? "-",
                gap.Reason,
            })),
            columns,
            column => column is 1 or 2 or 3);
    }

    private static void Write(
        TextWriter output, string[] header, IEnumerable<string[]> rows, int columns, Func<int, bool> isRight)
    {
        foreach (var line in TextTable.Lines([header, .. rows], columns, names: 1, isRight))
            output.WriteLine(line);
    }
}

/// <summary>The JSON document of <c>recover</c>; its keys are the names below in camel case.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(RecordRecoveryDocument))]
internal sealed partial class RecoveryListingJson : JsonSerializerContext
{
    /// <summary>The context that escapes nothing in the names of leads.</summary>
    public static RecoveryListingJson Readable => field ??= new(JsonText.Readable(Default));
}

internal sealed record RecordRecoveryDocument(
    string Record,
    string? Output,
    string Method,
    string Version,
    IEnumerable<RecoveredLeadDocument> Leads,
    RecoveryTotalsDocument Totals,
    IReadOnlyList<string> Lost);

internal sealed record RecoveredLeadDocument(
    string Lead, int Number, double SamplingFrequencyHz, IEnumerable<RecoveredGapDocument> Gaps);

internal sealed record RecoveredGapDocument(
    long StartSample,
    long EndSample,
    double StartSeconds,
    double EndSeconds,
    string? Method,
    string Reason,
    string Origin,
    double? IntervalWidth,
    IReadOnlyList<RecoveredRPeak> RPeaks);

internal sealed record RecoveryTotalsDocument(int Gaps, int Filled, int Left, double FilledSeconds, double LeftSeconds);
