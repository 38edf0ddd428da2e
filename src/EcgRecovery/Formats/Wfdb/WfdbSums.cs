using EcgRecovery.Formats.Files;

namespace EcgRecovery.Formats.Wfdb;

/// <summary>The sums and first samples of a signal file's signals, to be compared with a header.</summary>
/// <param name="file">The file.</param>
internal sealed class WfdbSums(WfdbSignalFile file)
{
    // The library's value of a missing sample in every format: its headers have this one, its files the format's own.
    private const int InvalidSample = -32768;

    private readonly uint[] _sums = new uint[file.Signals.Count];
    private readonly long[] _missing = new long[file.Signals.Count];
    private readonly int[] _first = new int[file.Signals.Count];

    /// <summary>Adds the samples of a block.</summary>
    /// <param name="signal">The signal.</param>
    /// <param name="block">The block.</param>
    /// <param name="stored">The stored values.</param>
    public void Add(int signal, long block, ReadOnlySpan<int> stored)
    {
        _sums[signal] += WfdbSignalFile.Sum(stored);
        if (file.Format.Missing is { } missing)
            _missing[signal] += stored.Count(missing);
        if (block == 0)
            _first[signal] = stored[0];
    }

    /// <summary>Compares first samples and sums with a header.</summary>
    /// <param name="header">The header's name in errors.</param>
    /// <param name="compareSums">Whether checksums are compared: only if the header gives the record's length.</param>
    /// <returns>The number of checksums that are 0 although the samples' sum is not: programs that compute none write 0.</returns>
    /// <exception cref="InvalidDataException">A first sample or a checksum differs.</exception>
    public int Compare(string header, bool compareSums)
    {
        var notGiven = 0;
        for (var i = 0; i < _sums.Length; i++)
        {
            var signal = file.Signals[i];
            if (signal.InitialValue is { } initial && !IsFirst(i, initial))
                throw Wrong(signal, $"first sample is {_first[i]}; header {header} expects {initial}");
            if (!compareSums || signal.Checksum is not { } checksum || IsSum(i, checksum))
                continue;
            if (checksum != 0)
                throw Wrong(signal, $"checksum is {(short)_sums[i]}; header {header} expects {checksum}");
            notGiven++;
        }

        return notGiven;
    }

    // In format 8 the first sample is computed from the initial value, so there is nothing to compare.
    private bool IsFirst(int signal, int initial) =>
        file.FrameCount == 0 || file.Format.IsDifference || _first[signal] == initial
        // Programs that compute no checksum often give no initial value either.
        || (initial == 0 && file.Signals[signal].Checksum is 0)
        || (_first[signal] == file.Format.Missing && WfdbSignalFormat.All.Any(format => format.Missing == initial));

    private bool IsSum(int signal, int checksum)
    {
        var withInvalid = _sums[signal] + (uint)(_missing[signal] * (InvalidSample - (file.Format.Missing ?? 0)));
        return (ushort)_sums[signal] == (ushort)checksum || (ushort)withInvalid == (ushort)checksum;
    }

    private InvalidDataException Wrong(WfdbSignalLine signal, string difference) =>
        new($"{file.Path}, signal {InputFile.Shorten(signal.Description)}: {difference}.");
}
