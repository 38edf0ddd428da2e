using System.Globalization;
using EcgRecovery.Cli.Inputs;
using EcgRecovery.Evaluation.Scores;
using EcgRecovery.Records;

namespace EcgRecovery.Cli.Outputs;

/// <summary>The output of <c>info</c> for a recording, as text and as JSON.</summary>
internal static class RecordInfo
{
    // Only the first spans of a lead are shown; `gaps` lists all.
    private const int MaximumSpans = 5;

    // The same for notes; JSON has all.
    private const int MaximumNotes = 10;

    private const int NameWidth = 14;

    private static readonly string[] s_columns = ["", "lead", "Hz", "samples", "unit", "steps a unit", "zero at", "missing", "spans"];

    /// <summary>Writes the text.</summary>
    /// <param name="output">Receives it.</param>
    /// <param name="file">The name of the file.</param>
    /// <param name="record">The recording, or the part of it to show.</param>
    /// <param name="texts">The rhythms and notes of the part.</param>
    /// <param name="missing">The missing spans of each lead.</param>
    /// <param name="columns">The width of a table.</param>
    /// <param name="textColumns">The width of other text.</param>
    public static void WriteText(
        TextWriter output,
        string file,
        EcgRecord record,
        RecordTexts texts,
        IReadOnlyList<IReadOnlyList<MissingSpan>> missing,
        int columns,
        int textColumns)
    {
        Entry("record", $"{record.Name}, from {file}");
        Entry("start", Start(record));
        var duration = RecordTime.Describe(record.DurationSeconds);
        Entry("duration", $"{duration}, annotations count {record.SamplingFrequencyHz:0.######} samples a second");
        Entry("patient", record.Patient);
        Entry("recording", record.Recording);
        output.WriteLine();
        WriteLeads(output, record, missing, columns);
        output.WriteLine();
        var bounds = RecordViews.Bounds(record);
        for (var i = 0; i < record.Leads.Count; i++)
        {
            // Bounds are missing wherever nothing was recovered.
            if (!bounds.Contains(record.Leads[i]))
                Entry("missing", Missing(record.Leads[i], missing[i]));
        }

        Entry("annotations", Annotations(record));
        foreach (var rhythm in texts.Rhythms)
            Entry("rhythm", rhythm.Describe());
        foreach (var note in texts.Notes.Take(MaximumNotes))
            Entry("note", $"{RecordTime.Describe(note.Seconds)} {note.Text}");
        if (texts.Notes.Count > MaximumNotes)
            Entry("note", $"and {texts.Notes.Count - MaximumNotes:N0} more, {texts.Notes.Count:N0} in all");
        foreach (var line in Provenance(record))
            Entry("provenance", line);
        foreach (var comment in record.Comments)
            Entry("comment", comment);
        foreach (var remark in record.Remarks)
            Entry("remark", remark);

        void Entry(string name, string value)
        {
            if (value.Length == 0)
                return;
            foreach (var (i, line) in TextTable.Wrap(value, textColumns - NameWidth).Index())
                output.WriteLine($"{(i == 0 ? name : ""),-NameWidth}{line}");
        }
    }

    /// <summary>Returns the JSON document.</summary>
    public static RecordDocument Document(
        string file, EcgRecord record, RecordTexts texts, IReadOnlyList<IReadOnlyList<MissingSpan>> missing) => new(
        file,
        record.Name,
        record.StartDate?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        record.StartTime?.ToString("HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture),
        record.DurationSeconds,
        record.SamplingFrequencyHz,
        Null(record.Patient),
        Null(record.Recording),
        record.Leads.Select((lead, i) => LeadDocument(lead, missing[i])),
        Counts(record).ToDictionary(entry => entry.Symbol, entry => entry.Count, StringComparer.Ordinal),
        texts.Rhythms,
        texts.Notes,
        record.Provenance.Select(span => new ProvenanceDocument(
            record.Leads[span.Lead].Name,
            span.Span.Start,
            span.Span.End,
            span.Origin.ToString().ToLowerInvariant(),
            Null(span.Method),
            Null(span.Version),
            span.IntervalLevel)),
        record.Comments,
        record.Remarks);

    private static LeadDocument LeadDocument(EcgLead lead, IReadOnlyList<MissingSpan> missing) => new(
        lead.Name,
        lead.SamplingFrequencyHz,
        lead.SampleCount,
        lead.Unit,
        lead.AdcUnits is null ? null : lead.Gain,
        lead.AdcUnits is null ? null : lead.AdcBaseline,
        lead.IsCalibrated,
        lead.AdcMinimum,
        lead.AdcMaximum,
        Null(lead.Transducer),
        Null(lead.Prefiltering),
        missing.Sum(span => span.Span.Length),
        missing.Select(span => new MissingDocument(span.Span.Start, span.Span.End, CauseName.Of(span.Cause))));

    private static void WriteLeads(TextWriter output, EcgRecord record, IReadOnlyList<IReadOnlyList<MissingSpan>> missing, int columns)
    {
        var rows = new List<string[]> { s_columns };
        for (var i = 0; i < record.Leads.Count; i++)
        {
            var lead = record.Leads[i];
            var lost = missing[i].Sum(span => span.Span.Length);
            rows.Add(
            [
                Number(i),
                lead.Name,
                Number(lead.SamplingFrequencyHz),
                lead.SampleCount.ToString("N0", CultureInfo.InvariantCulture),
                lead.IsCalibrated ? lead.Unit : $"{lead.Unit} (not calibrated)",
                lead.AdcUnits is null ? "–" : Number(lead.Gain),
                lead.AdcUnits is null ? "–" : Number(lead.AdcBaseline),
                lost == 0 ? "0" : $"{lost:N0} ({100d * lost / lead.SampleCount:0.##} %)",
                Number(missing[i].Count),
            ]);
        }

        foreach (var line in TextTable.Lines(rows, columns, names: 2, column => column is not (1 or 4)))
            output.WriteLine(line);
    }

    private static string Missing(EcgLead lead, IReadOnlyList<MissingSpan> spans)
    {
        if (spans.Count == 0)
            return "";
        var first = spans.Take(MaximumSpans)
            .Select(missing => $"{Time(missing.Span.Start)} to {Time(missing.Span.End)} ({CauseName.Of(missing.Cause)})");
        var more = spans.Count > MaximumSpans ? $", and {spans.Count - MaximumSpans:N0} more" : "";
        return $"{lead.Name}: {string.Join(", ", first)}{more}";

        string Time(long sample) => RecordTime.Describe(sample / lead.SamplingFrequencyHz);
    }

    private static string Start(EcgRecord record)
    {
        var date = record.StartDate?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var time = record.StartTime?.ToString("HH:mm:ss.FFF", CultureInfo.InvariantCulture);
        return (date, time) switch
        {
            (null, null) => "not known",
            (null, _) => $"{time}, day not known",
            (_, null) => $"{date}, time not known",
            _ => $"{date} {time}",
        };
    }

    private static string Annotations(EcgRecord record)
    {
        if (record.Annotations.Count == 0)
            return "none";
        var counts = Counts(record).Select(entry => $"{entry.Symbol} {entry.Count:N0}");
        var beats = record.Annotations.Count(annotation => annotation.IsBeat);
        return $"{record.Annotations.Count:N0}, {beats:N0} of them beats: {string.Join(", ", counts)}";
    }

    private static IEnumerable<(string Symbol, int Count)> Counts(EcgRecord record) =>
        record.Annotations
            .CountBy(annotation => annotation.Symbol, StringComparer.Ordinal)
            .OrderByDescending(entry => entry.Value)
            .ThenBy(entry => entry.Key, StringComparer.Ordinal)
            .Select(entry => (entry.Key, entry.Value));

    private static IEnumerable<string> Provenance(EcgRecord record)
    {
        foreach (var group in record.Provenance.GroupBy(span => (span.Lead, span.Origin, span.Method, span.Version, span.IntervalLevel)))
        {
            var samples = Plural(group.Sum(span => span.Span.Length), "sample");
            var origin = group.Key.Origin.ToString().ToLowerInvariant();
            var by = By(group.Key.Method, group.Key.Version);
            var spans = $"{Plural(group.Count(), "span")}{by}{Interval(group.Key.IntervalLevel)}";
            yield return $"{record.Leads[group.Key.Lead].Name}: {samples} {origin} in {spans}";
        }
    }

    private static string Plural(long count, string noun) => $"{count:N0} {noun}{(count == 1 ? "" : "s")}";

    private static string By(string method, string version) => method.Length == 0 ? "" : $" by {method} {version}".TrimEnd();

    private static string Interval(double? level) => level is { } value ? $", with {value:P0} intervals" : "";

    private static string? Null(string text) => text.Length == 0 ? null : text;

    private static string Number(double value) => value.ToString("0.######", CultureInfo.InvariantCulture);

}

/// <summary>The JSON document of <c>info</c> for a recording; its keys are the names below in camel case.</summary>
internal sealed record RecordDocument(
    string File,
    string Record,
    string? StartDate,
    string? StartTime,
    double DurationSeconds,
    double SamplingFrequencyHz,
    string? Patient,
    string? Recording,
    IEnumerable<LeadDocument> Leads,
    IReadOnlyDictionary<string, int> Annotations,
    IReadOnlyList<RhythmTotal> Rhythms,
    IReadOnlyList<NoteText> Notes,
    IEnumerable<ProvenanceDocument> Provenance,
    IReadOnlyList<string> Comments,
    IReadOnlyList<string> Remarks);

internal sealed record LeadDocument(
    string Name,
    double SamplingFrequencyHz,
    long Samples,
    string Unit,
    double? Gain,
    double? AdcBaseline,
    bool IsCalibrated,
    int? AdcMinimum,
    int? AdcMaximum,
    string? Transducer,
    string? Prefiltering,
    long MissingSamples,
    IEnumerable<MissingDocument> MissingSpans);

internal sealed record MissingDocument(long Start, long End, string Cause);

internal sealed record ProvenanceDocument(
    string Lead, long Start, long End, string Origin, string? Method, string? Version, double? IntervalLevel);
