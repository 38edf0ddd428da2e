using System.Numerics;
using EcgRecovery.Formats.Files;
using EcgRecovery.Records;
using Microsoft.Win32.SafeHandles;

namespace EcgRecovery.Formats.Wfdb;

/// <summary>One signal file of a record: where its samples lie, and how a block of frames becomes samples sorted by signal.</summary>
internal sealed class WfdbSignalFile : IDisposable
{
    // Samples that are unpacked at once before they are sorted: they stay in the processor's first cache. Whole groups of every format.
    private const int ChunkSamples = 6 * 512;

    private readonly SafeFileHandle? _handle;
    private readonly long _byteOffset;
    private readonly WfdbFrame _frame;

    // Format 8: the sample before each block, [block][signal]; grown as blocks are read in turn.
    private readonly List<int[]> _sampleBefore = [];

    /// <summary>Opens the file of the signals [first, end) of a header, and finds how many frames it holds.</summary>
    /// <param name="folder">The header's.</param>
    /// <param name="header">The header; its frame count, where given, must be held.</param>
    /// <param name="first">First signal.</param>
    /// <param name="end">After the last signal; all are of one file.</param>
    /// <param name="keepOpen">Whether the file stays open; else it is opened for every block.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It is too short, or the signals contradict each other.</exception>
    public WfdbSignalFile(string folder, WfdbHeader header, int first, int end, bool keepOpen)
    {
        Signals = [.. header.Signals.Skip(first).Take(end - first)];
        Path = System.IO.Path.Combine(folder, Signals[0].FileName);
        Format = WfdbSignalFormat.Find(Signals[0].Format)!;
        _byteOffset = Signals[0].ByteOffset;
        if (Signals.Any(signal => signal.Format != Format.Code || signal.ByteOffset != _byteOffset))
            throw new InvalidDataException($"{Path} has signals of different formats or byte offsets in header {header.Name}; expected one.");
        if (Signals.Sum(signal => (long)signal.SamplesPerFrame) > WfdbFrame.MaximumSamples)
            throw new InvalidDataException($"{Path} has frames of more than {WfdbFrame.MaximumSamples} samples in header {header.Name}; expected fewer.");
        _frame = new WfdbFrame(Signals.Select(signal => signal.SamplesPerFrame));

        using var stream = InputFile.OpenRead(Path);
        var available = Math.Max(0, stream.Length - _byteOffset);
        // In frames, so that no product of what a header claims can overflow.
        FramesHeld = Format.SampleCount(available) / _frame.SampleCount;
        FrameCount = header.FrameCount ?? FramesHeld;
        if (FrameCount > FramesHeld)
        {
            throw new InvalidDataException(
                $"{Path} has {available} bytes of samples; header {header.Name} expects {FrameCount} frames of {_frame.SampleCount} samples "
                + $"in format {Format.Code}. Is it truncated?");
        }

        FramesPerBlock = (int)Math.Min(_frame.FramesPerBlock, Math.Max(1, FrameCount));
        if (Format.IsDifference)
            _sampleBefore.Add([.. Signals.Select(signal => signal.InitialValue ?? signal.AdcZero)]);
        if (keepOpen)
            _handle = File.OpenHandle(Path);
    }

    /// <summary>Its path.</summary>
    public string Path { get; }

    /// <summary>Its signals.</summary>
    public IReadOnlyList<WfdbSignalLine> Signals { get; }

    /// <summary>How samples are stored.</summary>
    public WfdbSignalFormat Format { get; }

    /// <summary>Frames that belong to the record.</summary>
    public long FrameCount { get; private set; }

    /// <summary>Frames that the file has room for.</summary>
    public long FramesHeld { get; }

    /// <summary>Frames of a block; the last block may have fewer.</summary>
    public int FramesPerBlock { get; }

    /// <summary>Samples of all signals in a block.</summary>
    public int BlockSamples => FramesPerBlock * _frame.SampleCount;

    /// <summary>Bytes of a block.</summary>
    public int BlockBytes => (int)Format.ByteCount(BlockSamples);

    /// <summary>Blocks of the file.</summary>
    public long BlockCount => (FrameCount + FramesPerBlock - 1) / FramesPerBlock;

    /// <summary>Samples of a signal.</summary>
    public long SampleCountOf(int signal) => FrameCount * _frame.SamplesOf(signal);

    /// <summary>Samples of a signal in a block.</summary>
    public int BlockSamplesOf(int signal) => FramesPerBlock * _frame.SamplesOf(signal);

    /// <summary>Frames of a block.</summary>
    public int FramesOf(long block) => (int)Math.Min(FramesPerBlock, FrameCount - (block * FramesPerBlock));

    /// <summary>A signal's samples in a block.</summary>
    /// <param name="samples">What <see cref="Decode"/> gave.</param>
    /// <param name="signal">The signal.</param>
    /// <param name="block">Which block it was.</param>
    public Span<int> Of(Span<int> samples, int signal, long block) => _frame.Of(samples, signal, FramesOf(block));

    /// <summary>Leaves frames at the end out: where the header does not say how many there are, the shortest file of the record does.</summary>
    public void Shorten(long frames) => FrameCount = Math.Min(FrameCount, frames);

    /// <summary>Reads a block, sorts it by signal and marks what is missing.</summary>
    /// <param name="block">Which.</param>
    /// <param name="bytes">Room for <see cref="BlockBytes"/>.</param>
    /// <param name="samples">Receives the samples, <see cref="EcgLead.MissingAdcUnits"/> = missing; room for <see cref="BlockSamples"/>.</param>
    /// <param name="sums">Where given: to each signal's entry its samples' sum is added, before any are marked, modulo 2³².</param>
    /// <param name="firstSamples">Where given, with block 0: receives each signal's first sample, before it is marked.</param>
    /// <exception cref="IOException">The file cannot be read any more.</exception>
    public void Decode(long block, byte[] bytes, int[] samples, uint[]? sums = null, int[]? firstSamples = null)
    {
        if (Format.IsDifference)
        {
            // Every block needs the sample before it: the blocks between are read once, in turn.
            for (long earlier = _sampleBefore.Count - 1; earlier < block; earlier++)
            {
                Unpack(earlier, bytes, samples);
                Integrate(earlier, samples);
            }
        }

        Unpack(block, bytes, samples);
        if (Format.IsDifference)
            Integrate(block, samples);
        for (var signal = 0; signal < Signals.Count; signal++)
        {
            var own = Of(samples, signal, block);
            if (sums is not null)
                sums[signal] += Sum(own);
            if (firstSamples is not null && block == 0)
                firstSamples[signal] = own[0];
            if (Format.Missing is { } missing)
                own.Replace(missing, EcgLead.MissingAdcUnits);
        }
    }

    /// <summary>The samples' sum, modulo 2³².</summary>
    public static uint Sum(ReadOnlySpan<int> samples)
    {
        var sums = Vector<int>.Zero;
        var i = 0;
        for (; i <= samples.Length - Vector<int>.Count; i += Vector<int>.Count)
            sums += new Vector<int>(samples[i..]);
        var sum = Vector.Sum(sums);
        for (; i < samples.Length; i++)
            sum = unchecked(sum + samples[i]);
        return (uint)sum;
    }

    /// <inheritdoc/>
    public void Dispose() => _handle?.Dispose();

    private void Unpack(long block, byte[] bytes, int[] samples)
    {
        var frames = FramesOf(block);
        var count = frames * _frame.SampleCount;
        var read = bytes.AsSpan(0, (int)Format.ByteCount(count));
        ReadBytes(_byteOffset + Format.ByteCount(block * BlockSamples), read);
        if (_frame.SignalCount == 1)
        {
            Format.Unpack(read, samples.AsSpan(0, count));
        }
        else if (Format.Code == 212 && _frame is { SignalCount: 2, SampleCount: 2 })
        {
            Wfdb212.UnpackTwo(read, samples.AsSpan(0, frames), samples.AsSpan(frames, frames));
        }
        else
        {
            Sort(read, samples, frames);
        }
    }

    private void Sort(ReadOnlySpan<byte> bytes, int[] samples, int frames)
    {
        const int Whole = WfdbSignalFormat.SamplesOfWholeGroups;
        var step = Math.Max(Whole, ChunkSamples / _frame.SampleCount / Whole * Whole);
        Span<int> chunk = step * _frame.SampleCount <= ChunkSamples ? stackalloc int[ChunkSamples] : new int[step * _frame.SampleCount];
        for (var from = 0; from < frames; from += step)
        {
            var interleaved = chunk[..(Math.Min(step, frames - from) * _frame.SampleCount)];
            Format.Unpack(bytes[(int)Format.ByteCount((long)from * _frame.SampleCount)..], interleaved);
            _frame.Sort(interleaved, samples, from, frames);
        }
    }

    // Differences to samples, and what the next block needs.
    private void Integrate(long block, int[] samples)
    {
        var last = new int[Signals.Count];
        for (var signal = 0; signal < last.Length; signal++)
        {
            var sum = _sampleBefore[(int)block][signal];
            foreach (ref var sample in Of(samples, signal, block))
            {
                sum = unchecked(sum + sample);
                sample = sum;
            }

            last[signal] = sum;
        }

        if (_sampleBefore.Count == block + 1)
            _sampleBefore.Add(last);
    }

    private void ReadBytes(long at, Span<byte> destination)
    {
        if (_handle is not null)
        {
            ReadBytes(_handle, at, destination);
            return;
        }

        using var opened = File.OpenHandle(Path);
        ReadBytes(opened, at, destination);
    }

    private void ReadBytes(SafeFileHandle file, long at, Span<byte> destination)
    {
        while (destination.Length > 0)
        {
            var read = RandomAccess.Read(file, destination, at);
            if (read == 0)
                throw new IOException($"{Path} has become shorter since it was opened.");
            at += read;
            destination = destination[read..];
        }
    }
}
