namespace EcgRecovery.Formats.Wfdb;

/// <summary>The layout of samples in frames: in each frame the samples of signal 0, then those of signal 1, and so on.</summary>
internal sealed class WfdbFrame
{
    /// <summary>
    /// The largest number of samples in a frame, a limit against hostile headers: converted EDF has one frame per data record, with up to
    /// some 100,000 samples.
    /// </summary>
    public const int MaximumSamples = 1 << 20;

    private readonly int[] _perFrame;
    private readonly int[] _offset;

    /// <param name="samplesPerFrame">Samples of each signal in a frame, at least 1; at most <see cref="MaximumSamples"/> in all.</param>
    public WfdbFrame(IEnumerable<int> samplesPerFrame)
    {
        _perFrame = [.. samplesPerFrame];
        _offset = new int[_perFrame.Length];
        for (var signal = 1; signal < _perFrame.Length; signal++)
            _offset[signal] = _offset[signal - 1] + _perFrame[signal - 1];
        SampleCount = _offset[^1] + _perFrame[^1];
    }

    /// <summary>Number of signals.</summary>
    public int SignalCount => _perFrame.Length;

    /// <summary>Samples of all signals in a frame.</summary>
    public int SampleCount { get; }

    /// <summary>Returns the samples of one signal in a frame.</summary>
    public int SamplesOf(int signal) => _perFrame[signal];

    /// <summary>Frames that are handled together: some 64 Ki samples, in whole groups of every signal format.</summary>
    public int FramesPerBlock
    {
        get
        {
            const int Whole = WfdbSignalFormat.SamplesOfWholeGroups;
            return Math.Max(Whole, (1 << 16) / SampleCount / Whole * Whole);
        }
    }

    /// <summary>Returns the samples of one signal among samples that are sorted by signal.</summary>
    /// <param name="sorted">The samples of some frames: first all of signal 0, then all of signal 1, …</param>
    /// <param name="signal">The signal.</param>
    /// <param name="frames">The number of frames.</param>
    public Span<int> Of(Span<int> sorted, int signal, int frames) => sorted.Slice(_offset[signal] * frames, _perFrame[signal] * frames);

    /// <summary>Sorts samples by signal.</summary>
    /// <param name="interleaved">Samples of some frames, frame by frame.</param>
    /// <param name="sorted">Receives the samples.</param>
    /// <param name="firstFrame">The place of the first frame in <paramref name="sorted"/>.</param>
    /// <param name="frames">The frames for which <paramref name="sorted"/> has room.</param>
    public void Sort(ReadOnlySpan<int> interleaved, Span<int> sorted, int firstFrame, int frames)
    {
        var count = interleaved.Length / SampleCount;
        for (var signal = 0; signal < _perFrame.Length; signal++)
        {
            var run = _perFrame[signal];
            var target = Of(sorted, signal, frames).Slice(firstFrame * run, count * run);
            var from = _offset[signal];
            if (run == 1)
            {
                for (var frame = 0; frame < target.Length; frame++, from += SampleCount)
                    target[frame] = interleaved[from];
            }
            else
            {
                for (var frame = 0; frame < count; frame++, from += SampleCount)
                    interleaved.Slice(from, run).CopyTo(target[(frame * run)..]);
            }
        }
    }

    /// <summary>Undoes <see cref="Sort"/> for all frames.</summary>
    public void Interleave(Span<int> sorted, Span<int> interleaved, int frames)
    {
        for (var signal = 0; signal < _perFrame.Length; signal++)
        {
            var run = _perFrame[signal];
            var source = Of(sorted, signal, frames);
            var to = _offset[signal];
            if (run == 1)
            {
                for (var frame = 0; frame < source.Length; frame++, to += SampleCount)
                    interleaved[to] = source[frame];
            }
            else
            {
                for (var frame = 0; frame < frames; frame++, to += SampleCount)
                    source.Slice(frame * run, run).CopyTo(interleaved[to..]);
            }
        }
    }
}
