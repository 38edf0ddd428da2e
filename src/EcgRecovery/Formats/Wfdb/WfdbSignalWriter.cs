using EcgRecovery.Records;

namespace EcgRecovery.Formats.Wfdb;

/// <summary>Writes the signal file of a record: all leads, interleaved, in one format.</summary>
/// <param name="leads">The leads.</param>
/// <param name="frames">The frames.</param>
/// <param name="format">The format.</param>
internal sealed class WfdbSignalWriter(IReadOnlyList<WfdbLeadPlan> leads, WfdbFramePlan frames, WfdbSignalFormat format)
{
    private readonly WfdbFrame _frame = new(frames.SamplesPerFrame);
    private readonly uint[] _sums = new uint[leads.Count];
    private readonly int[] _firstSamples = new int[leads.Count];

    // Format 8: the sample before the next difference.
    private readonly int[] _before = new int[leads.Count];

    /// <summary>Returns a signal's checksum for the header: the sum of its samples, modulo 65536.</summary>
    public short Checksum(int signal) => (short)_sums[signal];

    /// <summary>Returns a signal's first sample.</summary>
    public int InitialValue(int signal) => _firstSamples[signal];

    /// <summary>Returns the smallest format of 212, 16, 24 and 32 that holds every sample besides its value for missing ones.</summary>
    /// <param name="leads">The leads; all samples are read.</param>
    /// <param name="cancellationToken">Checked once per window.</param>
    public static WfdbSignalFormat Smallest(IReadOnlyList<WfdbLeadPlan> leads, CancellationToken cancellationToken)
    {
        int[] codes = [212, 16, 24, 32];
        var formats = Array.ConvertAll(codes, code => WfdbSignalFormat.Find(code)!);
        var chosen = 0;
        var window = new int[SampleWindow.Length];
        foreach (var samples in leads.Select(lead => lead.AdcUnits))
        {
            for (long start = 0; start < samples.Count; start += window.Length)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var values = window.AsSpan(0, (int)Math.Min(window.Length, samples.Count - start));
                samples.Read(start, values);
                // Missing samples are outside every range, so a window that does not fit is checked sample by sample.
                if (!values.ContainsAnyExceptInRange(formats[chosen].Minimum, formats[chosen].Maximum))
                    continue;
                foreach (var value in values)
                {
                    while (value != EcgLead.MissingAdcUnits && (value < formats[chosen].Minimum || value > formats[chosen].Maximum))
                        chosen++;
                }
            }
        }

        return formats[chosen];
    }

    /// <summary>Writes all samples.</summary>
    /// <param name="destination">The signal file.</param>
    /// <param name="cancellationToken">Checked once per block.</param>
    /// <exception cref="InvalidDataException">A sample does not fit the format.</exception>
    public void Write(Stream destination, CancellationToken cancellationToken)
    {
        var perBlock = _frame.FramesPerBlock;
        var sorted = new int[perBlock * _frame.SampleCount];
        var interleaved = new int[sorted.Length];
        var bytes = new byte[format.PackedByteCount(sorted.Length)];
        for (long first = 0; first < frames.Frames; first += perBlock)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var count = (int)Math.Min(perBlock, frames.Frames - first);
            for (var signal = 0; signal < leads.Count; signal++)
                ReadSignal(signal, first, _frame.Of(sorted, signal, count));
            var block = interleaved.AsSpan(0, count * _frame.SampleCount);
            _frame.Interleave(sorted, block, count);
            var packed = bytes.AsSpan(0, format.PackedByteCount(block.Length));
            format.Pack(block, packed);
            destination.Write(packed);
        }
    }

    private void ReadSignal(int signal, long firstFrame, Span<int> samples)
    {
        var source = leads[signal].AdcUnits;
        var start = firstFrame * _frame.SamplesOf(signal);
        var held = (int)Math.Clamp(source.Count - start, 0, samples.Length);
        source.Read(Math.Min(start, source.Count), samples[..held]);
        samples[held..].Fill(EcgLead.MissingAdcUnits);
        Check(signal, start, samples);
        if (format.Missing is { } missing)
            samples.Replace(EcgLead.MissingAdcUnits, missing);
        if (firstFrame == 0)
            _before[signal] = _firstSamples[signal] = samples[0];
        _sums[signal] += WfdbSignalFile.Sum(samples);
        if (format.IsDifference)
            Differentiate(signal, start, samples);
    }

    private void Check(int signal, long start, Span<int> samples)
    {
        var (minimum, maximum) = (format.Minimum, format.Maximum);
        if (!samples.ContainsAnyExceptInRange(minimum, maximum))
            return;
        for (var t = 0; t < samples.Length; t++)
        {
            if (samples[t] == EcgLead.MissingAdcUnits)
            {
                if (format.Missing is null)
                    throw Wrong(signal, start + t, "is missing", $"format {format.Code} has no mark for missing samples");
            }
            else if (samples[t] < minimum || samples[t] > maximum)
            {
                throw Wrong(signal, start + t, $"is {samples[t]}", $"format {format.Code} holds {minimum}…{maximum}");
            }
        }
    }

    private void Differentiate(int signal, long start, Span<int> samples)
    {
        for (var t = 0; t < samples.Length; t++)
        {
            var difference = (long)samples[t] - _before[signal];
            if (difference is < sbyte.MinValue or > sbyte.MaxValue)
                throw Wrong(signal, start + t, $"changes by {difference}", "format 8 holds steps of −128…127");
            _before[signal] = samples[t];
            samples[t] = (int)difference;
        }
    }

    private InvalidDataException Wrong(int signal, long sample, string came, string expected) =>
        new($"Lead {leads[signal].Lead.Name}, sample {sample} {came}; {expected}.");
}
