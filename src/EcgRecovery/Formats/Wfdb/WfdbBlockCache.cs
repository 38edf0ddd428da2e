namespace EcgRecovery.Formats.Wfdb;

/// <summary>Caches the decoded blocks of a record's signal files, so that each block is decoded once for all leads.</summary>
/// <remarks>
/// Holds up to <see cref="CapacitySamples"/> samples (16 MiB, of which a 30-minute record of two leads at 360 Hz fills a third) and reuses
/// the buffers of evicted blocks. Safe for several threads, one at a time.
/// </remarks>
internal sealed class WfdbBlockCache
{
    /// <summary>Capacity in samples; a single larger block is held too.</summary>
    public const int CapacitySamples = 4 << 20;

    private readonly Lock _gate = new();
    private readonly Dictionary<(WfdbSignalFile File, long Block), LinkedListNode<Entry>> _entries = [];
    private readonly LinkedList<Entry> _byAge = new();
    private long _held;
    private byte[] _bytes = [];

    /// <summary>Reads samples of one signal.</summary>
    /// <param name="file">The signal's file.</param>
    /// <param name="signal">The signal, counted from 0 in the file.</param>
    /// <param name="start">First sample; the window lies inside the file's frames.</param>
    /// <param name="destination">Receives the samples.</param>
    public void Read(WfdbSignalFile file, int signal, long start, Span<int> destination)
    {
        var perBlock = file.BlockSamplesOf(signal);
        lock (_gate)
        {
            while (destination.Length > 0)
            {
                var (block, from) = Math.DivRem(start, perBlock);
                var own = file.Of(Load(file, block, sums: null), signal, block)[(int)from..];
                var count = Math.Min(own.Length, destination.Length);
                own[..count].CopyTo(destination);
                start += count;
                destination = destination[count..];
            }
        }
    }

    /// <summary>Compares the first samples and checksums of a file with its header, in one pass.</summary>
    /// <param name="file">The file.</param>
    /// <param name="header">The header's name in errors.</param>
    /// <param name="compareSums">Whether checksums are compared: only if the header gives the record's length.</param>
    /// <returns>The number of checksums that are 0 although the samples' sum is not.</returns>
    /// <exception cref="InvalidDataException">A first sample or a checksum differs.</exception>
    public int Verify(WfdbSignalFile file, string header, bool compareSums)
    {
        var sums = new WfdbSums(file);
        lock (_gate)
        {
            for (long block = 0; block < file.BlockCount; block++)
                Load(file, block, sums);
        }

        return sums.Compare(header, compareSums);
    }

    private int[] Load(WfdbSignalFile file, long block, WfdbSums? sums)
    {
        if (sums is null && _entries.TryGetValue((file, block), out var known))
        {
            _byAge.Remove(known);
            _byAge.AddFirst(known);
            return known.Value.Samples;
        }

        var samples = MakeRoom(file.BlockSamples) ?? new int[file.BlockSamples];
        if (_bytes.Length < file.BlockBytes)
            _bytes = new byte[file.BlockBytes];
        file.Decode(block, _bytes, samples, sums);
        _entries[(file, block)] = _byAge.AddFirst(new Entry(file, block, samples));
        _held += samples.Length;
        return samples;
    }

    /// <summary>Evicts blocks until this number of samples fits.</summary>
    /// <returns>The buffer of an evicted block, if it has the right size; otherwise null.</returns>
    private int[]? MakeRoom(int samples)
    {
        int[]? free = null;
        while (_held + samples > CapacitySamples && _byAge.Last is { } oldest)
        {
            _byAge.RemoveLast();
            _entries.Remove((oldest.Value.File, oldest.Value.Block));
            _held -= oldest.Value.Samples.Length;
            if (oldest.Value.Samples.Length == samples)
                free = oldest.Value.Samples;
        }

        return free;
    }

    private sealed record Entry(WfdbSignalFile File, long Block, int[] Samples);
}
