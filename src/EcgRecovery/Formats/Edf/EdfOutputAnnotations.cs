using System.Globalization;
using EcgRecovery.Formats.Files;
using EcgRecovery.Records;

namespace EcgRecovery.Formats.Edf;

/// <summary>The annotations to be written, and their distribution over the data records.</summary>
internal sealed class EdfOutputAnnotations
{
    // Every data record has room for the longest text; those of WFDB have at most 255 bytes.
    private const int LongestText = 2000;

    // Room for a few annotations that other programs may add.
    private const int MinimumPayload = 96;

    // Bytes per data record in a file of annotations only.
    private const int RecordOfAnnotationsBytes = 32_768;

    private readonly List<EdfTal> _annotations;
    private readonly int _payload, _longest;
    private long _remaining;
    private int _next;

    /// <param name="annotations">The annotations, in any order.</param>
    /// <param name="records">Number of data records; null = as many as the annotations need.</param>
    /// <param name="lastRecord">Onset of the last data record.</param>
    /// <param name="bytesPerSample">2 or 3.</param>
    public EdfOutputAnnotations(IEnumerable<EdfTal> annotations, long? records, decimal lastRecord, int bytesPerSample)
    {
        _annotations = [.. annotations.OrderBy(annotation => annotation.Onset)];
        foreach (var annotation in _annotations)
        {
            var length = annotation.ToBytes().Length;
            _longest = Math.Max(_longest, length);
            _remaining += length;
        }

        Records = records ?? Math.Max(1, (_remaining + RecordOfAnnotationsBytes - 1) / RecordOfAnnotationsBytes);
        // A list is not divided, so up to the length of the longest one may stay unused in each data record.
        _payload = (int)Math.Max(MinimumPayload, ((_remaining + Records - 1) / Records) + _longest);
        var timeKeeping = EdfTal.TimeKeeping(decimal.Floor(lastRecord) + 0.1111111m).Length;
        Samples = (timeKeeping + _payload + bytesPerSample) / bytesPerSample;
        Bytes = Samples * bytesPerSample;
    }

    /// <summary>Number of data records.</summary>
    public long Records { get; }

    /// <summary>Samples of the annotation signal in each data record.</summary>
    public int Samples { get; }

    /// <summary>Bytes of the annotation signal in each data record.</summary>
    public int Bytes { get; }

    /// <summary>Fills the annotation signal of the next data record.</summary>
    /// <param name="record">The record, counted from 0; called in order.</param>
    /// <param name="onset">The record's onset.</param>
    /// <param name="end">The record's end.</param>
    /// <param name="destination">Receives the bytes, <see cref="Bytes"/> in number.</param>
    /// <remarks>
    /// An annotation is written into the data record of its time; if that is full, into a later one; if the later ones cannot hold all,
    /// into an earlier one. A TAL has its own onset and may be in any record (EDF+, 2.2.2).
    /// </remarks>
    public void Fill(long record, decimal onset, decimal end, Span<byte> destination)
    {
        destination.Clear();
        var keeping = EdfTal.TimeKeeping(onset);
        keeping.CopyTo(destination);
        // The last byte stays 0: some readers need it.
        var rest = destination[keeping.Length..^1];
        var laterRoom = (Records - record - 1) * (_payload - _longest);
        while (_next < _annotations.Count && (_annotations[_next].Onset < end || _remaining > laterRoom))
        {
            var bytes = _annotations[_next].ToBytes();
            if (bytes.Length > rest.Length)
                return;
            bytes.CopyTo(rest);
            rest = rest[bytes.Length..];
            _remaining -= bytes.Length;
            _next++;
        }
    }

    /// <summary>Returns all annotations of a recording.</summary>
    /// <param name="record">The recording.</param>
    /// <param name="labels">The leads' labels.</param>
    /// <param name="grid">The grid.</param>
    /// <param name="plan">The data records.</param>
    /// <param name="surveys">The missing samples of each lead.</param>
    /// <param name="start">Seconds from the header's start time to the first sample.</param>
    /// <param name="lost">Receives a sentence for each thing that is lost.</param>
    public static List<EdfTal> Of(
        EcgRecord record, string[] labels, EdfGrid grid, EdfPlan plan, IReadOnlyList<EdfSurvey> surveys, decimal start, List<string> lost)
    {
        var all = new List<EdfTal>();
        foreach (var comment in record.Comments)
            all.Add(new EdfTal(start, null, Text(EdfText.CommentPrefix + comment, lost)));
        for (var lead = 0; lead < labels.Length; lead++)
            AddMissing(all, lead, labels[lead], record.Leads[lead].SampleCount, grid, plan, surveys[lead].Missing, start);
        foreach (var span in record.Provenance)
        {
            if (span.Origin is SampleOrigin.Derived or SampleOrigin.Recovered && !span.Span.IsEmpty)
                all.Add(Span(grid, span.Lead, span.Span, start, ProvenanceText.Write(span) + EdfText.LeadSeparator + labels[span.Lead]));
        }

        AddAnnotations(all, record, grid, start, lost);
        return all;
    }

    private static void AddAnnotations(List<EdfTal> all, EcgRecord record, EdfGrid grid, decimal start, List<string> lost)
    {
        var counting = -1;
        for (var i = 0; i < record.Leads.Count; i++)
            counting = record.Leads[i].SamplingFrequencyHz == record.SamplingFrequencyHz ? i : counting;
        var frequency = (decimal)record.SamplingFrequencyHz;
        foreach (var annotation in record.Annotations)
        {
            var onset = annotation.OnsetSeconds is { } exact && EdfAnnotations.Sample(exact, frequency) == annotation.Sample
                ? exact
                : counting >= 0 ? grid.Seconds(counting, annotation.Sample) : annotation.Sample / frequency;
            all.Add(new EdfTal(Rounded(start + onset), annotation.DurationSeconds, Text(EdfText.Write(annotation), lost)));
        }

        var more = record.Annotations.Count(annotation => annotation.Subtype != 0 || annotation.Channel != 0 || annotation.Number != 0);
        if (more > 0)
            lost.Add($"Subtype, channel and number of {more} annotations: EDF+ has no place for them.");
        if (record.AnnotationDefinitions.Count > 0)
        {
            var codes = record.AnnotationDefinitions.Take(4)
                .Select(definition => $"{BeatCode.Symbol(definition.Code)} = {InputFile.Shorten(definition.Symbol)}");
            var list = string.Join(", ", codes) + (record.AnnotationDefinitions.Count > 4 ? ", …" : "");
            lost.Add($"What {record.AnnotationDefinitions.Count} annotation codes mean ({list}): EDF+ has no place for definitions.");
        }
    }

    private static void AddMissing(
        List<EdfTal> all, int lead, string label, long count, EdfGrid grid, EdfPlan plan, List<SampleSpan> missing, decimal start)
    {
        var span = new ProvenanceSpan(lead, new SampleSpan(0, 0), SampleOrigin.Missing);
        var text = ProvenanceText.Write(span) + EdfText.LeadSeparator + label;
        var perStep = grid.SamplesPerStep(lead);
        var next = 0;
        var end = 0L;
        foreach (var run in plan.Runs)
        {
            var from = run.Start * perStep;
            end = from + (run.Records * grid.SamplesPerRecord[lead]);
            var written = new SampleSpan(from, end);
            // A span may reach over several runs; samples between them are not written and need no annotation.
            while (next < missing.Count && missing[next].End <= from)
                next++;
            for (var i = next; i < missing.Count && missing[i].Start < end; i++)
                all.Add(Span(grid, lead, missing[i].Intersect(written), start, text));
        }

        if (end == count)
            return;
        text = ProvenanceText.Write(span, (EdfAnnotations.SampleCountKey, count.ToString(CultureInfo.InvariantCulture)))
            + EdfText.LeadSeparator + label;
        all.Add(Span(grid, lead, new SampleSpan(Math.Min(count, end), end), start, text));
    }

    private static EdfTal Span(EdfGrid grid, int lead, SampleSpan samples, decimal start, string text)
    {
        var onset = Rounded(start + grid.Seconds(lead, samples.Start));
        return new EdfTal(onset, Rounded(start + grid.Seconds(lead, samples.End)) - onset, text);
    }

    private static decimal Rounded(decimal seconds) => Math.Round(seconds, EdfTal.Decimals);

    private static string Text(string text, List<string> lost)
    {
        var printable = EdfText.Printable(text);
        if (printable != text)
            lost.Add($"Control characters in the annotation \"{InputFile.Shorten(text)}\": each is a blank.");
        if (printable.Length <= LongestText)
            return printable;
        lost.Add(
            $"The end of the annotation \"{InputFile.Shorten(text)}\": {LongestText} of its {printable.Length} characters are written.");
        return printable[..LongestText];
    }
}
