using System.Text.Json;
using EcgRecovery.Evaluation.Records.Noise;
using EcgRecovery.Evaluation.Records.Plans;
using EcgRecovery.Records;

namespace EcgRecovery.Evaluation.Records.Files;

/// <summary>Reads and writes plans as JSON: <see cref="PlanDocument"/>.</summary>
internal static class PlanFile
{
    /// <summary>The value of the key <c>format</c>.</summary>
    public const string Format = "ecg-recovery plan 1";

    /// <summary>Returns the document, ending in a line feed.</summary>
    public static string Write(BenchmarkPlan plan) =>
        JsonSerializer.Serialize(
            new PlanDocument(
                Format,
                plan.Name,
                plan.Split,
                plan.Seed,
                plan.FrequencyHz,
                [.. plan.Cells.Select(Write)],
                [.. plan.Records.Select(Write)]),
            PlanContext.Default.PlanDocument) + "\n";

    /// <summary>Reads a plan.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="InvalidDataException">It is no plan.</exception>
    public static BenchmarkPlan Read(string path)
    {
        if (!File.Exists(path))
            throw new FileNotFoundException($"Plan {path} does not exist.", path);
        try
        {
            var document = JsonSerializer.Deserialize(File.ReadAllText(path), PlanContext.Default.PlanDocument);
            return document?.Format == Format
                ? Read(document)
                : throw new InvalidDataException($"Plan {path} has the format '{document?.Format}'; expected '{Format}'.");
        }
        catch (Exception exception) when (IsMalformed(exception))
        {
            throw new InvalidDataException($"Plan {path} is malformed: {exception.Message}", exception);
        }
    }

    // Null in place of an element of a list is found where the element is used.
    private static bool IsMalformed(Exception exception) =>
        exception is JsonException or FormatException or NullReferenceException or ArgumentNullException;

    private static PlanCellDocument Write(CellKind kind) => new(
        kind.Seconds,
        CellNames.Of(kind.Placement),
        CellNames.Of(kind.Loss),
        CellNames.Of(kind.Pattern),
        kind.LengthsOf is { } pattern ? CellNames.Of(pattern) : null,
        kind.Noise is { } noise ? NoiseKinds.NameOf(noise.Kind) : null,
        kind.Noise?.SnrDb);

    private static PlanRecordDocument Write(RecordPlan record) => new(
        record.Record,
        record.SamplingFrequencyHz,
        record.SampleCount,
        [.. record.Cells.Select(cell => (IReadOnlyList<IReadOnlyList<PlanLossDocument>>)[.. cell.Cuts.Select(Write)])]);

    // Leads that lose the same samples share an entry, and those of them that are to be recovered only where it is the same gaps.
    private static IReadOnlyList<PlanLossDocument> Write(GapCut cut) =>
    [
        .. cut.Lost.GroupBy(lost => string.Join(' ', lost.Gaps) + "/" + string.Join(' ', ScoredBeside(cut, lost))).Select(group =>
        {
            var scored = ScoredBeside(cut, group.First());
            return new PlanLossDocument(
                [.. group.Select(lost => lost.Lead)],
                [.. group.Where(lost => lost.Scored.Count > 0).Select(lost => lost.Lead)],
                [.. scored.Select(Write)],
                [.. group.First().Gaps.Except(scored).Select(Write)]);
        }),
    ];

    /// <summary>Returns the scored gaps of a lead; without any, those of the first other lead that loses the same samples.</summary>
    private static IReadOnlyList<SampleSpan> ScoredBeside(GapCut cut, LostLead lost) => lost.Scored.Count > 0
        ? lost.Scored
        : cut.Lost.FirstOrDefault(other => other.Scored.Count > 0 && other.Gaps.SequenceEqual(lost.Gaps))?.Scored ?? [];

    private static long[] Write(SampleSpan span) => [span.Start, span.End];

    private static BenchmarkPlan Read(PlanDocument document)
    {
        CellKind[] cells = [.. document.Cells.Select(Read)];
        if (cells.Length == 0 || document.Records.Count == 0)
            throw new FormatException($"{(cells.Length == 0 ? "cells" : "records")} is empty; expected at least one.");
        return new BenchmarkPlan(
            document.Name,
            document.Split,
            document.Seed,
            document.FrequencyHz,
            cells,
            [.. document.Records.Select(record => Read(record, cells.Length))]);
    }

    private static CellKind Read(PlanCellDocument cell) => new(
        cell.GapSeconds > 0 ? cell.GapSeconds : throw new FormatException($"gapSeconds is {cell.GapSeconds}; expected more than 0."),
        Find<GapPlacement>("placement", cell.Placement),
        Find<LeadLoss>("loss", cell.Loss),
        Find<LossPattern>("pattern", cell.Pattern))
    {
        LengthsOf = cell.LengthsOf is null ? null : Find<LossPattern>("lengthsOf", cell.LengthsOf),
        Noise = cell.Noise is null
            ? null
            : new CellNoise(
                NoiseKinds.Find(cell.Noise) ?? throw new FormatException($"noise is '{cell.Noise}'; expected bw or ma."),
                cell.SnrDb ?? throw new FormatException("snrDb is null in a cell with noise.")),
    };

    private static T Find<T>(string key, string name)
        where T : struct, Enum =>
        CellNames.Find<T>(name)
        ?? throw new FormatException($"{key} is '{name}'; expected {string.Join(", ", CellNames.All<T>())}.");

    private static RecordPlan Read(PlanRecordDocument record, int cells)
    {
        if (record.Cells.Count != cells)
            throw new FormatException($"record {record.Record} has {record.Cells.Count} cells; expected {cells}.");
        return new RecordPlan(
            record.Record,
            record.SamplingFrequencyHz,
            record.Samples,
            [
                .. record.Cells.Select(cell =>
                    new CellPlan([.. cell.Select(cut => Read(cut, record))])),
            ]);
    }

    private static GapCut Read(IReadOnlyList<PlanLossDocument> cut, PlanRecordDocument record)
    {
        // In the order of the record's leads, as it was before leads shared entries.
        LostLead[] lost = [.. cut.SelectMany(loss => Read(loss, record)).OrderBy(lead => lead.Lead)];
        if (lost is [{ Lead: < 0 and var below }, ..])
            throw new FormatException($"record {record.Record} has a lead {below}; expected numbers from 0.");
        return lost.DistinctBy(lead => lead.Lead).Count() == lost.Length
            ? new GapCut(lost)
            : throw new FormatException($"a cut of record {record.Record} has the same lead twice.");
    }

    private static IEnumerable<LostLead> Read(PlanLossDocument loss, PlanRecordDocument record)
    {
        SampleSpan[] scored = [.. loss.Gaps.Select(gap => Read(gap, record)).OrderBy(gap => gap.Start)];
        SampleSpan[] gaps = [.. scored.Concat(loss.AlsoLost.Select(gap => Read(gap, record))).OrderBy(gap => gap.Start)];
        if (gaps.Zip(gaps.Skip(1)).Any(pair => pair.Second.Start <= pair.First.End))
            throw new FormatException($"gaps of record {record.Record} that are missing together touch or overlap.");
        return loss.Leads.Select(lead => new LostLead(lead, gaps, loss.Scored.Contains(lead) ? scored : []));
    }

    private static SampleSpan Read(long[] gap, PlanRecordDocument record) =>
        gap is [>= 0 and var start, var end] && start < end && end <= record.Samples
            ? new SampleSpan(start, end)
            : throw new FormatException(
                $"a gap of record {record.Record} is [{string.Join(", ", gap ?? [])}]; "
                    + $"expected its start and end within 0 to {record.Samples}.");
}
