using EcgRecovery.Records;

namespace EcgRecovery.Formats;

/// <summary>Reads WFDB records: a header and its signal files in formats 16 and 212.</summary>
/// <remarks>Each signal's initial value and checksum are verified where the header gives them.</remarks>
public static class WfdbRecordReader
{
    /// <summary>Reads a whole record.</summary>
    /// <param name="path">The record's path without an extension, as WFDB names it, or that of its <c>.hea</c> file.</param>
    /// <exception cref="FileNotFoundException">The header or a signal file is missing.</exception>
    /// <exception cref="InvalidDataException">A file is truncated, broken, of a kind that is not read, or fails its checksum.</exception>
    public static EcgRecord Read(string path)
    {
        var headerPath = path.EndsWith(".hea", StringComparison.Ordinal) ? path : path + ".hea";
        var header = WfdbHeader.Read(headerPath);
        var folder = Path.GetDirectoryName(headerPath) ?? "";
        var leads = new List<EcgLead>(header.Signals.Count);
        for (var first = 0; first < header.Signals.Count;)
        {
            var end = first + 1;
            while (end < header.Signals.Count && header.Signals[end].FileName == header.Signals[first].FileName)
                end++;
            leads.AddRange(ReadSignalFile(folder, header, first, end));
            first = end;
        }

        return new EcgRecord
        {
            Name = header.Name,
            SamplingFrequencyHz = header.SamplingFrequencyHz,
            Leads = leads,
            Comments = header.Comments,
        };
    }

    /// <summary>Reads the signals [first, end) of the header, which lie interleaved in one file.</summary>
    private static IEnumerable<EcgLead> ReadSignalFile(string folder, WfdbHeader header, int first, int end)
    {
        var signals = header.Signals.Skip(first).Take(end - first).ToArray();
        var format = signals[0].Format;
        var offset = signals[0].ByteOffset;
        var path = Path.Combine(folder, signals[0].FileName);
        if (signals.Any(signal => signal.Format != format || signal.ByteOffset != offset))
            throw new InvalidDataException($"{path} has signals of different formats or byte offsets in header {header.Name}; expected one.");

        var bytes = InputFile.ReadAllBytes(path, Array.MaxLength);
        var available = Math.Max(0, bytes.Length - offset);
        var sampleCount = header.SampleCount ?? WfdbSignalFormat.SampleCount(format, available) / signals.Length;
        // A file of n bytes holds at most n samples, so the products below cannot overflow once this holds.
        if (sampleCount > available || WfdbSignalFormat.ByteCount(format, sampleCount * signals.Length) > available)
        {
            throw new InvalidDataException(
                $"{path} has {available} bytes of samples; header {header.Name} expects {sampleCount} samples of {signals.Length} signals "
                + $"in format {format}. Is it truncated?");
        }

        var interleaved = new int[checked((int)sampleCount * signals.Length)];
        WfdbSignalFormat.Decode(format, bytes.AsSpan((int)Math.Min(offset, bytes.Length)), interleaved);
        return signals.Select((signal, i) => Lead(path, header, signal, Deinterleave(interleaved, i, signals.Length)));
    }

    private static int[] Deinterleave(int[] interleaved, int first, int step)
    {
        var samples = new int[interleaved.Length / step];
        for (var t = 0; t < samples.Length; t++)
            samples[t] = interleaved[(t * step) + first];
        return samples;
    }

    private static EcgLead Lead(string path, WfdbHeader header, WfdbSignalLine signal, int[] samples)
    {
        if (samples.Length > 0 && signal.InitialValue is { } initial && samples[0] != initial)
            throw Wrong($"first sample is {samples[0]}; header {header.Name} expects {initial}");

        var sum = 0L;
        foreach (var sample in samples)
            sum += sample;
        if (signal.Checksum is { } checksum && (ushort)sum != (ushort)checksum)
            throw Wrong($"checksum is {(short)sum}; header {header.Name} expects {checksum}");

        return new EcgLead
        {
            Name = signal.Description,
            Unit = signal.Unit,
            Gain = signal.Gain,
            IsCalibrated = signal.IsCalibrated,
            AdcBaseline = signal.AdcBaseline,
            AdcZero = signal.AdcZero,
            SamplingFrequencyHz = header.SamplingFrequencyHz,
            AdcUnits = new MemorySamples<int>(Marked(samples, WfdbSignalFormat.MissingValue(signal.Format))),
        };

        static int[] Marked(int[] samples, int missing)
        {
            samples.AsSpan().Replace(missing, EcgLead.MissingAdcUnits);
            return samples;
        }

        InvalidDataException Wrong(string what) => new($"{path}, signal {signal.Description}: {what}.");
    }
}
