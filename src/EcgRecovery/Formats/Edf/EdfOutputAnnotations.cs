using System.Globalization;
using EcgRecovery.Formats.Files;
using EcgRecovery.Records;

namespace EcgRecovery.Formats.Edf;

/// <summary>Every annotation that a file gets, and how they are shared out among its data records.</summary>
internal sealed class EdfOutputAnnotations
{
    // Longer texts would make every data record as long; WFDB's own are of at most 255 bytes.
    private const int LongestText = 2000;

    // Room for a few annotations even where there is none yet: others like to add some.
    private const int MinimumPayload = 96;

    // In a file of annotations only, so many bytes a data record.
    private const int RecordOfAnnotationsBytes = 32_768;

    private readonly List<EdfTal> _annotations;
    private readonly int _payload, _longest;
    private long _remaining;
    private int _next;

    /// <param name="annotations">In any order.</param>
    /// <param name="records">Data records; null = as many as they need.</param>
    /// <param name="lastRecord">When the last data record begins.</param>
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
        // A list is not divided: a data record's room may stay empty by almost the longest one.
        _payload = (int)Math.Max(MinimumPayload, ((_remaining + Records - 1) / Records) + _longest);
        var timeKeeping = EdfTal.TimeKeeping(decimal.Floor(lastRecord) + 0.1111111m).Length;
        Samples = (timeKeeping + _payload + bytesPerSample) / bytesPerSample;
        Bytes = Samples * bytesPerSample;
    }

    /// <summary>Data records.</summary>
    public long Records { get; }

    /// <summary>Samples of the annotation signal in each data record.</summary>
    public int Samples { get; }

    /// <summary>Bytes of it.</summary>
    public int Bytes { get; }

    /// <summary>Fills the annotation signal of the next data record.</summary>
    /// <param name="record">Which, counted from 0; called in turn.</param>
    /// <param name="onset">When it begins.</param>
    /// <param name="end">When it ends: annotations up to there are its own.</param>
    /// <param name="destination">Receives the bytes, <see cref="Bytes"/>.</param>
    /// <remarks>
    /// An annotation stands in the data record of its time, or, where that is full, in a later one; where the later ones would not hold all, in an earlier
    /// one: a TAL's onset says its time wherever it stands (EDF+, 2.2.2).
    /// </remarks>
    public void Fill(long record, decimal onset, decimal end, Span<byte> destination)
    {
        destination.Clear();
        var keeping = EdfTal.TimeKeeping(onset);
        keeping.CopyTo(destination);
        // The last byte stays 0: readers look for it.
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

    /// <summary>All annotations of a recording.</summary>
    /// <param name="record">The recording.</param>
    /// <param name="labels">The leads' labels.</param>
    /// <param name="grid">The data record.</param>
    /// <param name="plan">The data records.</param>
    /// <param name="surveys">What is missing.</param>
    /// <param name="start">Seconds from the header's start time to the first sample.</param>
    /// <param name="lost">Receives what is lost.</param>
    public static List<EdfTal> Of(
        EcgRecord record, string[] labels, EdfGrid grid, EdfPlan plan, IReadOnlyList<EdfSurvey> surveys, decimal start, List<string> lost)
    {
        var all = new List<EdfTal>();
        foreach (var comment in record.Comments)
            all.Add(new EdfTal(start, null, Text(EdfText.CommentPrefix + comment, lost)));
        for (var lead = 0; lead < labels.Length; lead++)
            AddMissing(all, lead, labels[lead], record.Leads[lead].SampleCount, grid, plan, surveys[lead].Missing, start);
        foreach (var span in record.Provenance.Where(span => span.Origin is SampleOrigin.Derived or SampleOrigin.Recovered && span.Span.Length > 0))
            all.Add(Span(grid, span.Lead, span.Span, start, ProvenanceText.Write(span) + EdfText.LeadMark + labels[span.Lead]));
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
            all.Add(new EdfTal(Rounded(start + onset), annotation.DurationSeconds, Text(EdfText.Words(annotation), lost)));
        }

        var more = record.Annotations.Count(annotation => annotation.Subtype != 0 || annotation.Channel != 0 || annotation.Number != 0);
        if (more > 0)
            lost.Add($"Subtype, channel and number of {more} annotations: EDF+ has no place for them.");
        if (record.AnnotationDefinitions.Count > 0)
        {
            var codes = string.Join(", ", record.AnnotationDefinitions.Take(4).Select(definition => $"{BeatCode.Symbol(definition.Code)} = {InputFile.Shorten(definition.Symbol)}"));
            lost.Add($"What {record.AnnotationDefinitions.Count} annotation codes mean ({codes}{(record.AnnotationDefinitions.Count > 4 ? ", …" : "")}): EDF+ has no place for definitions.");
        }
    }

    private static void AddMissing(
        List<EdfTal> all, int lead, string label, long count, EdfGrid grid, EdfPlan plan, List<SampleSpan> missing, decimal start)
    {
        var words = ProvenanceText.Write(new ProvenanceSpan(lead, new SampleSpan(0, 0), SampleOrigin.Missing));
        var perStep = grid.SamplesPerStep(lead);
        var next = 0;
        var end = 0L;
        foreach (var stretch in plan.Stretches)
        {
            var from = stretch.Start * perStep;
            end = from + (stretch.Records * grid.SamplesPerRecord[lead]);
            var written = new SampleSpan(from, end);
            // A span may reach over several stretches; what lies between them is not written and needs no word.
            while (next < missing.Count && missing[next].End <= from)
                next++;
            for (var i = next; i < missing.Count && missing[i].Start < end; i++)
                all.Add(Span(grid, lead, missing[i].Intersect(written), start, words + EdfText.LeadMark + label));
        }

        if (end == count)
            return;
        words = ProvenanceText.Write(new ProvenanceSpan(lead, new SampleSpan(0, 0), SampleOrigin.Missing), (EdfAnnotations.SampleCountKey, count.ToString(CultureInfo.InvariantCulture)));
        all.Add(Span(grid, lead, new SampleSpan(Math.Min(count, end), end), start, words + EdfText.LeadMark + label));
    }

    private static EdfTal Span(EdfGrid grid, int lead, SampleSpan samples, decimal start, string words)
    {
        var onset = Rounded(start + grid.Seconds(lead, samples.Start));
        return new EdfTal(onset, Rounded(start + grid.Seconds(lead, samples.End)) - onset, words);
    }

    private static decimal Rounded(decimal seconds) => Math.Round(seconds, EdfTal.Decimals);

    private static string Text(string text, List<string> lost)
    {
        var printable = EdfText.Printable(text);
        if (printable != text)
            lost.Add($"Control characters in the annotation \"{InputFile.Shorten(text)}\": each is a blank.");
        if (printable.Length <= LongestText)
            return printable;
        lost.Add($"The end of the annotation \"{InputFile.Shorten(text)}\": {LongestText} of its {printable.Length} characters are written.");
        return printable[..LongestText];
    }
}
