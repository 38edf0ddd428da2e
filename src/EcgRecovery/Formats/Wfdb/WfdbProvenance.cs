using System.Globalization;
using System.Text;
using EcgRecovery.Formats.Files;
using EcgRecovery.Records;

namespace EcgRecovery.Formats.Wfdb;

/// <summary>
/// Reads and writes the recovered and derived samples of a record in an annotation file of their own, beside the reference annotations.
/// </summary>
/// <remarks>
/// One note per span, at the frame in which it begins, with <c>chn</c> = the signal and the text of <see cref="ProvenanceText"/>. The keys
/// <c>start</c> and <c>end</c> give the exact span in the lead's own samples, and <c>lead</c> the lead if <c>chn</c> cannot hold its
/// number. Missing samples have a value of their own in the signal format and need no note.
/// </remarks>
internal static class WfdbProvenance
{
    /// <summary>The annotator's name.</summary>
    public const string Annotator = "provenance";

    /// <summary>Reads a record's provenance.</summary>
    /// <param name="basePath">The record's path without extension.</param>
    /// <param name="leads">The record's leads.</param>
    /// <returns>The spans; empty if there is no such file.</returns>
    /// <exception cref="InvalidDataException">The file is broken, or a span lies outside the record.</exception>
    public static IReadOnlyList<ProvenanceSpan> Read(string basePath, IReadOnlyList<EcgLead> leads)
    {
        var path = $"{basePath}.{Annotator}";
        return File.Exists(path)
            ? [.. WfdbAnnotationFile.Read(path).Annotations.Select(note => Span(note, path, leads)).OfType<ProvenanceSpan>()]
            : [];
    }

    /// <summary>Returns the notes for a record's provenance.</summary>
    /// <param name="record">The record.</param>
    /// <param name="samplesPerFrame">Samples of each lead in a frame.</param>
    /// <param name="lost">Receives a sentence if names of methods are too long.</param>
    public static IReadOnlyList<Annotation> Notes(EcgRecord record, IReadOnlyList<int> samplesPerFrame, List<string> lost)
    {
        var notes = record.Provenance
            .Where(span => span.Origin is SampleOrigin.Recovered or SampleOrigin.Derived && !span.Span.IsEmpty)
            .Select(span => Note(span, samplesPerFrame[span.Lead])).ToArray();
        var cut = notes.Count(note => note.IsCut);
        if (cut > 0)
            lost.Add($"The method and version of {cut} provenance spans are too long for an annotation and are left out.");
        return [.. notes.Select(note => note.Note).OrderBy(note => note.Sample).ThenBy(note => note.Channel)];
    }

    private static (Annotation Note, bool IsCut) Note(ProvenanceSpan span, int samplesPerFrame)
    {
        var text = Text(span);
        var isCut = Encoding.UTF8.GetByteCount(text) > MitAnnotation.MaximumAuxBytes;
        if (isCut)
            text = Text(span with { Method = "", Version = "" });
        var channel = Math.Min(span.Lead, byte.MaxValue);
        return (new Annotation(span.Span.Start / samplesPerFrame, MitAnnotation.Note, Channel: channel, Aux: text), isCut);
    }

    private static string Text(ProvenanceSpan span)
    {
        var start = ("start", span.Span.Start.ToString(CultureInfo.InvariantCulture));
        var end = ("end", span.Span.End.ToString(CultureInfo.InvariantCulture));
        return span.Lead < byte.MaxValue
            ? ProvenanceText.Write(span, start, end)
            : ProvenanceText.Write(span, start, end, ("lead", span.Lead.ToString(CultureInfo.InvariantCulture)));
    }

    private static ProvenanceSpan? Span(Annotation note, string path, IReadOnlyList<EcgLead> leads)
    {
        // Other notes are ignored.
        if (note.Code != MitAnnotation.Note || !ProvenanceText.TryRead(note.Aux, out var span, out var more))
            return null;
        var lead = more.ContainsKey("lead") ? Number("lead") : note.Channel;
        var (start, end) = (Number("start"), Number("end"));
        if (lead >= leads.Count || start >= end || end > leads[(int)lead].SampleCount)
        {
            throw new InvalidDataException(
                $"{path}: '{InputFile.Shorten(note.Aux)}' is about samples {start}..{end} of signal {lead}, "
                + "which the record does not have.");
        }

        return span with { Lead = (int)lead, Span = new SampleSpan(start, end) };

        long Number(string key) =>
            more.TryGetValue(key, out var text) && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
                ? value
                : throw new InvalidDataException(
                    $"{path}: '{InputFile.Shorten(note.Aux)}' has no {key}=NUMBER; expected the samples that it is about.");
    }
}
