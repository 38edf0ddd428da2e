using System.Numerics;
using EcgRecovery.Records;

namespace EcgRecovery.Gaps;

/// <summary>Finds packets that occur twice or more in a row: some receivers output the last packet again when the next is lost.</summary>
/// <remarks>
/// A packet of d samples is repeated if x[t] = x[t − d] for at least d consecutive samples, of which at least sixteen differ from the one
/// before: this much noise does not repeat by chance. Every sixteen consecutive samples are searched among those of the last seconds with a
/// rolling hash (Karp and Rabin 1987, doi:10.1147/rd.312.0249), and a match is followed to its ends.
/// </remarks>
internal sealed class RepeatedPackets
{
    /// <summary>Samples of the shortest packet: enough not to repeat by chance.</summary>
    public const int MinimumSamples = 16;

    // Limits memory and the work per match: 2 s at 4,000 samples per second, more than any packet has.
    private const int MaximumSamples = 1 << 13;

    // Samples of a packet that differ from the one before. Each is a step up or down: sixteen are the same by chance in 1 of 65,536 cases,
    // or fewer, as they are also at the same places.
    private const int MinimumChanges = 16;

    // Sixteen samples with fewer steps are not searched; this only saves time.
    private const int LookedUpChanges = 4;

    // If a larger share of a lead is repeated, it is a signal generator, whose beats are all the same.
    private const double MaximumRepeated = 0.1;

    private const ulong Base = 0x9E3779B97F4A7C15;
    private static readonly ulong s_oldestFactor = Power(Base, MinimumSamples);

    private readonly List<MissingSpan> _found = [];
    private readonly long _shortest;
    private readonly long _longest;
    private readonly double[] _ring;
    private readonly (ulong Hash, long Position)[] _known;
    private readonly int _shift;
    private long _from = -1;
    private long _observedSamples;
    private long _repeatedSamples;
    private double _last;
    private ulong _hash;
    private uint _changes;
    private long _distance;
    private long _matchStart;

    /// <summary>Prepares the search.</summary>
    /// <param name="shortest">Samples of the shortest packet.</param>
    /// <param name="longest">Samples of the longest packet.</param>
    public RepeatedPackets(long shortest, long longest)
    {
        _shortest = shortest;
        _longest = Math.Min(longest, MaximumSamples);
        var size = BitOperations.RoundUpToPowerOf2((uint)(_longest + (2 * MinimumSamples)));
        _ring = new double[size];
        _known = new (ulong, long)[2 * size];
        _shift = 64 - BitOperations.Log2((uint)_known.Length);
    }

    /// <summary>The repetitions, in order, without the packet that is repeated.</summary>
    public IReadOnlyList<MissingSpan> Found => _repeatedSamples > MaximumRepeated * _observedSamples ? [] : _found;

    /// <summary>Adds the next sample.</summary>
    public void Next(long t, double value)
    {
        if (_from < 0)
            Begin(t);
        _observedSamples++;
        var slot = t & (_ring.Length - 1);
        // Hash of the last sixteen samples: one is added, one removed.
        _hash = (_hash * Base) + Bits(value);
        if (t - MinimumSamples >= _from)
            _hash -= s_oldestFactor * Bits(_ring[(t - MinimumSamples) & (_ring.Length - 1)]);
        _changes = (_changes << 1) | (value == _last ? 0u : 1u);
        _last = value;
        _ring[slot] = value;

        if (_distance > 0 && value != At(t - _distance))
            End(t);
        if (t - _from < MinimumSamples - 1 || BitOperations.PopCount(_changes & 0xFFFF) < LookedUpChanges)
            return;
        // Samples before the last break are ignored.
        ref var known = ref _known[(_hash * Base) >> _shift];
        if (_distance == 0 && known.Hash == _hash && known.Position >= _from + MinimumSamples - 1)
            Follow(t, t - known.Position);
        known = (_hash, t);
    }

    /// <summary>Ends a repetition before <paramref name="t"/>, where a sample is missing.</summary>
    public void Break(long t)
    {
        if (_distance > 0)
            End(t);
        _from = -1;
    }

    private void Begin(long t)
    {
        _from = t;
        _hash = 0;
        _changes = 0;
        _distance = 0;
    }

    // A match is found at its sixteenth sample or later, so its beginning is searched backwards.
    private void Follow(long t, long distance)
    {
        if (distance < _shortest || distance > _longest)
            return;
        var oldest = Math.Max(_from, t - _ring.Length + 1) + distance;
        if (_found is [.., var last])
            oldest = Math.Max(oldest, last.Span.End);
        var start = t + 1;
        while (start > oldest && At(start - 1) == At(start - 1 - distance))
            start--;
        if (t + 1 - start < MinimumSamples)
            return;
        _distance = distance;
        _matchStart = start;
    }

    private void End(long t)
    {
        var packets = (t - _matchStart) / _distance;
        if (packets > 0 && Changes(t - _distance, t) >= MinimumChanges)
        {
            _found.Add(new MissingSpan(new SampleSpan(_matchStart, _matchStart + (packets * _distance)), MissingCause.PacketLoss));
            _repeatedSamples += packets * _distance;
        }

        _distance = 0;
    }

    private int Changes(long start, long end)
    {
        var changes = 0;
        for (var t = start + 1; t < end; t++)
            changes += At(t) == At(t - 1) ? 0 : 1;
        return changes;
    }

    private double At(long t) => _ring[t & (_ring.Length - 1)];

    // 0 and −0 are the same value.
    private static ulong Bits(double value)
    {
        var bits = BitConverter.DoubleToUInt64Bits(value + 0.0);
        return (bits ^ (bits >> 32)) * 0xD6E8FEB86659FD93;
    }

    private static ulong Power(ulong number, int exponent)
    {
        var power = 1UL;
        for (var i = 0; i < exponent; i++)
            power *= number;
        return power;
    }
}
