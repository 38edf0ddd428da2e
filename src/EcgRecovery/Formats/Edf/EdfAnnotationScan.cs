using EcgRecovery.Formats.Files;

namespace EcgRecovery.Formats.Edf;

/// <summary>The content of a file's annotation signals: the onsets of the data records, and the annotations.</summary>
/// <remarks>
/// Only the annotation signals' bytes are read, batch by batch. Memory grows with the number of annotations, up to a limit.
/// </remarks>
internal sealed class EdfAnnotationScan
{
    // Limits against hostile files, which could cost gigabytes.
    private const int MaximumAnnotations = 4_000_000;
    private const long MaximumTextBytes = 256L << 20;
    private const int LongestSignal = 16 << 20;

    // If the signals between the annotations are short, whole data records are read, many at a time; otherwise only the annotations of
    // each.
    private const int BatchBytes = 1 << 20;
    private const int WorthReadingWhole = 4096;

    // Short texts are shared: most are the symbol of a beat.
    private const int SharedTextBytes = 24;

    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);
    private long _textBytes;

    /// <summary>The annotations, by onset.</summary>
    public List<EdfTal> Annotations { get; private set; } = [];

    /// <summary>Number of broken lists.</summary>
    public long Broken { get; private set; }

    /// <summary>Reads a file's annotations.</summary>
    /// <param name="file">The file.</param>
    /// <param name="header">Its header, with annotation signals.</param>
    /// <param name="keepTime">Receives the number and onset of each data record, in order; null if a record has no onset.</param>
    /// <exception cref="InvalidDataException">There are more annotations than any recording has.</exception>
    public static EdfAnnotationScan Read(EdfFile file, EdfHeader header, Action<long, decimal?> keepTime)
    {
        var scan = new EdfAnnotationScan();
        var signals = header.Signals.Where(signal => signal.HoldsAnnotations && signal.SamplesPerRecord > 0).ToArray();
        if (Array.Find(signals, signal => (long)signal.SamplesPerRecord * header.Kind.BytesPerSample > LongestSignal) is { } longest)
        {
            throw new InvalidDataException(
                $"{file.Path}: signal \"{longest.Label}\" has {longest.SamplesPerRecord} samples in each data record; "
                + $"expected at most {LongestSignal / header.Kind.BytesPerSample}.");
        }

        var annotationBytes = signals.Sum(signal => (long)signal.SamplesPerRecord * header.Kind.BytesPerSample);
        var recordsAtOnce = header.RecordBytes - annotationBytes <= WorthReadingWhole ? Math.Max(1, BatchBytes / header.RecordBytes) : 1;
        var batch = recordsAtOnce > 1 ? new byte[recordsAtOnce * header.RecordBytes] : [];
        var part = new byte[signals.Length == 0 ? 0 : signals.Max(signal => signal.SamplesPerRecord) * header.Kind.BytesPerSample];
        var times = new List<decimal>();
        for (var record = 0L; record < header.RecordCount; record++)
        {
            var inBatch = record % recordsAtOnce;
            if (recordsAtOnce > 1 && inBatch == 0)
            {
                var count = Math.Min(recordsAtOnce, header.RecordCount - record);
                file.Read(header.DataOffset + (record * header.RecordBytes), batch.AsSpan(0, (int)(count * header.RecordBytes)));
            }

            decimal? onset = null;
            for (var i = 0; i < signals.Length; i++)
            {
                var length = signals[i].SamplesPerRecord * header.Kind.BytesPerSample;
                var bytes = part.AsSpan(0, length);
                if (recordsAtOnce > 1)
                    bytes = batch.AsSpan((int)((inBatch * header.RecordBytes) + signals[i].OffsetInRecord), length);
                else
                    file.Read(header.DataOffset + (record * header.RecordBytes) + signals[i].OffsetInRecord, bytes);
                times.Clear();
                scan.Broken += EdfTal.Read(bytes, times, scan.Annotations, scan.Decode);
                // The first list of the first annotation signal has the record's onset.
                if (i == 0 && times.Count > 0)
                    onset = times[0];
            }

            keepTime(record, onset);
            if (scan.Annotations.Count > MaximumAnnotations || scan._textBytes > MaximumTextBytes)
            {
                throw new InvalidDataException(
                    $"{file.Path} has more than {MaximumAnnotations} annotations, or {MaximumTextBytes >> 20} MiB of them; "
                    + "expected fewer.");
            }
        }

        scan.Annotations = [.. scan.Annotations.OrderBy(annotation => annotation.Onset)];
        return scan;
    }

    private string Decode(ReadOnlySpan<byte> bytes)
    {
        var text = FileText.Decode(bytes);
        if (bytes.Length <= SharedTextBytes)
        {
            if (_texts.TryGetValue(text, out var known))
                return known;
            if (_texts.Count < 1 << 16)
                _texts.Add(text, text);
        }

        _textBytes += bytes.Length;
        return text;
    }
}
