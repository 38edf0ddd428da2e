using EcgRecovery.Records;

namespace EcgRecovery.Formats.Edf;

/// <summary>The samples of one signal, read from the file; missing in time gaps and where annotations mark them so.</summary>
/// <param name="file">The open file.</param>
/// <param name="header">The file's header.</param>
/// <param name="signal">The signal.</param>
/// <param name="runs">First data record and first sample of each run of records without a gap, in order; the first is (0, 0).</param>
/// <param name="missing">Missing samples besides the gaps, merged.</param>
/// <param name="count">Number of samples; the file may hold more (padding) or fewer (a gap at the end).</param>
internal sealed class EdfSamples(
    EdfFile file, EdfHeader header, EdfSignal signal, (long Record, long Sample)[] runs, SampleSpan[] missing, long count) : ISamples<int>
{
    private const int PartSamples = 4096;

    /// <inheritdoc/>
    public long Count => count;

    /// <inheritdoc/>
    public void Read(long start, Span<int> destination)
    {
        SampleWindow.Check(start, destination.Length, count);
        var run = OrderedSearch.CountWhile(runs.Length, i => runs[i].Sample <= start) - 1;
        for (var done = 0; done < destination.Length;)
        {
            var (record, first) = runs[run];
            var records = (run + 1 < runs.Length ? runs[run + 1].Record : header.RecordCount) - record;
            var inRun = start + done - first;
            var held = (records * signal.SamplesPerRecord) - inRun;
            if (held > 0)
            {
                var part = destination.Slice(done, (int)Math.Min(held, destination.Length - done));
                ReadHeld(record, inRun, part);
                done += part.Length;
            }
            else
            {
                var gapEnd = run + 1 < runs.Length ? runs[run + 1].Sample : count;
                var part = destination.Slice(done, (int)Math.Min(gapEnd - start - done, destination.Length - done));
                part.Fill(EcgLead.MissingAdcUnits);
                done += part.Length;
                run++;
            }
        }

        Blank(start, destination);
    }

    // Consecutive samples, which may be in several data records.
    private void ReadHeld(long firstRecord, long sample, Span<int> destination)
    {
        var width = header.Kind.BytesPerSample;
        Span<byte> bytes = stackalloc byte[Math.Min(PartSamples, destination.Length) * width];
        while (destination.Length > 0)
        {
            var (record, inRecord) = Math.DivRem(sample, signal.SamplesPerRecord);
            var length = (int)Math.Min(Math.Min(signal.SamplesPerRecord - inRecord, destination.Length), PartSamples);
            var part = bytes[..(length * width)];
            file.ReadOfRecord(header, firstRecord + record, signal.OffsetInRecord + (inRecord * width), part);
            EdfBytes.Decode(part, width, destination);
            destination = destination[length..];
            sample += length;
        }
    }

    private void Blank(long start, Span<int> destination)
    {
        var window = new SampleSpan(start, start + destination.Length);
        var first = OrderedSearch.CountWhile(missing.Length, i => missing[i].End <= start);
        for (var i = first; i < missing.Length && missing[i].Start < window.End; i++)
            destination[missing[i].Intersect(window).Shift(-start).ToRange()].Fill(EcgLead.MissingAdcUnits);
    }
}

/// <summary>Converts the bytes of samples: little-endian, two's complement, 2 or 3 bytes.</summary>
internal static class EdfBytes
{
    /// <summary>Reads samples.</summary>
    public static void Decode(ReadOnlySpan<byte> bytes, int width, Span<int> destination)
    {
        if (width == 2)
        {
            for (var i = 0; i < bytes.Length / 2; i++)
                destination[i] = (short)(bytes[2 * i] | (bytes[(2 * i) + 1] << 8));
            return;
        }

        for (var i = 0; i < bytes.Length / 3; i++)
            destination[i] = bytes[3 * i] | (bytes[(3 * i) + 1] << 8) | ((sbyte)bytes[(3 * i) + 2] << 16);
    }

    /// <summary>Writes samples.</summary>
    public static void Encode(ReadOnlySpan<int> samples, int width, Span<byte> destination)
    {
        for (var i = 0; i < samples.Length; i++)
        {
            destination[width * i] = (byte)samples[i];
            destination[(width * i) + 1] = (byte)(samples[i] >> 8);
            if (width == 3)
                destination[(3 * i) + 2] = (byte)(samples[i] >> 16);
        }
    }
}
