using System.Numerics;
using EcgRecovery.Formats.Files;
using EcgRecovery.Records;
using Microsoft.Win32.SafeHandles;

namespace EcgRecovery.Formats.Wfdb;

/// <summary>A signal file of a record; decodes blocks of frames to samples sorted by signal.</summary>
internal sealed class WfdbSignalFile : IDisposable
{
    // Samples that are unpacked at once before they are sorted; they fit the processor's first cache. Whole groups of every format.
    private const int ChunkSamples = 6 * 512;

    private readonly SafeFileHandle? _handle;
    private readonly long _byteOffset;
    private readonly WfdbFrame _frame;

    // Format 8: the sample before each block, [block][signal]; grows as blocks are read in order.
    private readonly List<int[]> _sampleBefore = [];

    /// <summary>Opens the file of the signals [first, end) of a header, and counts its frames.</summary>
    /// <param name="folder">The header's folder.</param>
    /// <param name="header">The header; the file must hold its frame count, if given.</param>
    /// <param name="first">First signal.</param>
    /// <param name="end">Index after the last signal; all are in one file.</param>
    /// <param name="keepOpen">Whether the file stays open; otherwise it is opened for every block.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is too short, or the signals contradict each other.</exception>
    public WfdbSignalFile(string folder, WfdbHeader header, int first, int end, bool keepOpen)
    {
        Signals = [.. header.Signals.Skip(first).Take(end - first)];
        Path = System.IO.Path.Combine(folder, Signals[0].FileName);
        Format = WfdbSignalFormat.Find(Signals[0].Format)!;
        _byteOffset = Signals[0].ByteOffset;
        if (Signals.Any(signal => signal.Format != Format.Code || signal.ByteOffset != _byteOffset))
        {
            throw new InvalidDataException(
                $"{Path} has signals of different formats or byte offsets in header {header.Name}; expected one.");
        }

        if (Signals.Sum(signal => (long)signal.SamplesPerFrame) > WfdbFrame.MaximumSamples)
        {
            throw new InvalidDataException(
                $"{Path} has frames of more than {WfdbFrame.MaximumSamples} samples in header {header.Name}; expected fewer.");
        }

        _frame = new WfdbFrame(Signals.Select(signal => signal.SamplesPerFrame));

        using var stream = InputFile.OpenRead(Path);
        var available = Math.Max(0, stream.Length - _byteOffset);
        // Compares frames, since products of a header's numbers could overflow.
        FramesHeld = Format.SampleCount(available) / _frame.SampleCount;
        FrameCount = header.FrameCount ?? FramesHeld;
        if (FrameCount > FramesHeld)
        {
            throw new InvalidDataException(
                $"{Path} has {available} bytes of samples; "
                + $"header {header.Name} expects {FrameCount} frames of {_frame.SampleCount} samples in format {Format.Code}. "
                + "Is it truncated?");
        }

        FramesPerBlock = (int)Math.Min(_frame.FramesPerBlock, Math.Max(1, FrameCount));
        if (Format.IsDifference)
            _sampleBefore.Add([.. Signals.Select(signal => signal.InitialValue ?? signal.AdcZero)]);
        if (keepOpen)
            _handle = File.OpenHandle(Path);
    }

    /// <summary>The file's path.</summary>
    public string Path { get; }

    /// <summary>The file's signals.</summary>
    public IReadOnlyList<WfdbSignalLine> Signals { get; }

    /// <summary>The signal format.</summary>
    public WfdbSignalFormat Format { get; }

    /// <summary>Number of frames that belong to the record.</summary>
    public long FrameCount { get; private set; }

    /// <summary>Number of frames for which the file has room.</summary>
    public long FramesHeld { get; }

    /// <summary>Frames per block; the last block may have fewer.</summary>
    public int FramesPerBlock { get; }

    /// <summary>Samples of all signals per block.</summary>
    public int BlockSamples => FramesPerBlock * _frame.SampleCount;

    /// <summary>Bytes per block.</summary>
    public int BlockBytes => (int)Format.ByteCount(BlockSamples);

    /// <summary>Number of blocks.</summary>
    public long BlockCount => (FrameCount + FramesPerBlock - 1) / FramesPerBlock;

    /// <summary>Returns the samples of a signal.</summary>
    public long SampleCountOf(int signal) => FrameCount * _frame.SamplesOf(signal);

    /// <summary>Returns the samples of a signal per block.</summary>
    public int BlockSamplesOf(int signal) => FramesPerBlock * _frame.SamplesOf(signal);

    /// <summary>Returns the frames of a block.</summary>
    public int FramesOf(long block) => (int)Math.Min(FramesPerBlock, FrameCount - (block * FramesPerBlock));

    /// <summary>Returns a signal's samples of a decoded block.</summary>
    /// <param name="samples">The output of <see cref="Decode"/>.</param>
    /// <param name="signal">The signal.</param>
    /// <param name="block">The block.</param>
    public Span<int> Of(Span<int> samples, int signal, long block) => _frame.Of(samples, signal, FramesOf(block));

    /// <summary>Drops frames at the end: if the header does not give their number, the record's shortest file decides.</summary>
    public void Shorten(long frames) => FrameCount = Math.Min(FrameCount, frames);

    /// <summary>Reads a block, sorts it by signal and sets missing samples to <see cref="EcgLead.MissingAdcUnits"/>.</summary>
    /// <param name="block">The block.</param>
    /// <param name="bytes">Room for <see cref="BlockBytes"/>.</param>
    /// <param name="samples">Receives the samples; room for <see cref="BlockSamples"/>.</param>
    /// <param name="sums">If given, receives the stored values of each signal.</param>
    /// <exception cref="IOException">The file cannot be read any more.</exception>
    public void Decode(long block, byte[] bytes, int[] samples, WfdbSums? sums = null)
    {
        if (Format.IsDifference)
        {
            // A block needs the sample before it, so the blocks before are read once, in order.
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
            sums?.Add(signal, block, own);
            if (Format.Missing is { } missing)
                own.Replace(missing, EcgLead.MissingAdcUnits);
        }
    }

    /// <summary>Returns the sum of samples, modulo 2³².</summary>
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

    // Sums the differences, and keeps the last samples for the next block.
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
