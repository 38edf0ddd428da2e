namespace EcgRecovery.Formats.Wfdb;

/// <summary>How the samples of a signal file lie in frames: in each frame the samples of signal 0, then those of signal 1, and so on.</summary>
internal sealed class WfdbFrame
{
    /// <summary>
    /// Frames may hold so many samples; a limit for hostile headers, far above what is used: converted EDF has a frame a data record, up to some 100,000 samples.
    /// </summary>
    public const int MaximumSamples = 1 << 20;

    private readonly int[] _perFrame;
    private readonly int[] _offset;

    /// <param name="samplesPerFrame">Of each signal, at least 1; together at most <see cref="MaximumSamples"/>.</param>
    public WfdbFrame(IEnumerable<int> samplesPerFrame)
    {
        _perFrame = [.. samplesPerFrame];
        _offset = new int[_perFrame.Length];
        for (var signal = 1; signal < _perFrame.Length; signal++)
            _offset[signal] = _offset[signal - 1] + _perFrame[signal - 1];
        SampleCount = _offset[^1] + _perFrame[^1];
    }

    /// <summary>Signals.</summary>
    public int SignalCount => _perFrame.Length;

    /// <summary>Samples of all signals in a frame.</summary>
    public int SampleCount { get; }

    /// <summary>Samples of one signal in a frame.</summary>
    public int SamplesOf(int signal) => _perFrame[signal];

    /// <summary>Frames that are handled together: some 64 Ki samples, in whole groups of every signal format.</summary>
    public int FramesPerBlock =>
        Math.Max(WfdbSignalFormat.SamplesOfWholeGroups, (1 << 16) / SampleCount / WfdbSignalFormat.SamplesOfWholeGroups * WfdbSignalFormat.SamplesOfWholeGroups);

    /// <summary>Where a signal lies among samples that are sorted by signal.</summary>
    /// <param name="sorted">Those of so many frames: first all of signal 0, then all of signal 1, …</param>
    /// <param name="signal">The signal.</param>
    /// <param name="frames">How many frames.</param>
    public Span<int> Of(Span<int> sorted, int signal, int frames) => sorted.Slice(_offset[signal] * frames, _perFrame[signal] * frames);

    /// <summary>Sorts samples by signal.</summary>
    /// <param name="interleaved">Frame after frame, some of them.</param>
    /// <param name="sorted">Receives them, sorted as those of <paramref name="frames"/> frames.</param>
    /// <param name="firstFrame">Which frame the first one is.</param>
    /// <param name="frames">Frames that <paramref name="sorted"/> holds.</param>
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
