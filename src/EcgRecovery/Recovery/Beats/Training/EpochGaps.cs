using EcgRecovery.Beats;
using EcgRecovery.Neural;
using EcgRecovery.Records;

namespace EcgRecovery.Recovery.Beats.Training;

/// <summary>The gaps of one training epoch of the beat model: random places and lengths, sometimes two gaps in a beat.</summary>
/// <remarks>
/// 35 % of the beats that reach beyond it get the focus gap; 15 % get two gaps; the others get one of 8 to 75 samples (0.07 to 0.63 s)
/// anywhere in the real signal. Within an epoch, places lie on a grid of three samples and lengths on one of four, with new random phases
/// every epoch: beats with the same gap share a search, which is several times faster.
/// </remarks>
internal sealed class EpochGaps
{
    /// <summary>Minimum number of real samples in a training row. With fewer, too few would remain beside a gap.</summary>
    public const int MinimumSignal = 24;

    private const double FocusShare = 0.35;
    private const double PairShare = 0.15;
    private const int PairCount = 80;
    private const int PlaceGrid = 3;
    private const int LengthGrid = 4;
    private const int Shortest = 8;
    private const int Lengths = 17;

    /// <summary>Minimum of real samples beside a single gap.</summary>
    private const int MinimumLeft = 12;

    /// <summary>Maximum reach of a gap into the padding: the end of the signal can be missing too.</summary>
    private const int Overhang = 4;

    private readonly SampleSpan _focus;
    private readonly int _placePhase;
    private readonly int _lengthPhase;
    private readonly (SampleSpan First, SampleSpan Second)[] _pairs;

    /// <param name="random">The epoch's random sequence.</param>
    /// <param name="focus">The gap of a third of the beats.</param>
    public EpochGaps(SeededRandom random, SampleSpan focus)
    {
        _focus = focus;
        _placePhase = random.NextInt(PlaceGrid);
        _lengthPhase = random.NextInt(LengthGrid);
        _pairs = [.. Enumerable.Range(0, PairCount).Select(_ => Pair(random))];
    }

    /// <summary>Makes samples of a beat missing.</summary>
    /// <param name="random">A random sequence; always four numbers are drawn, so that later beats do not depend on this one.</param>
    /// <param name="realLength">Samples before the padding, at least <see cref="MinimumSignal"/>.</param>
    /// <param name="beat">[187]; receives NaN.</param>
    public void Break(SeededRandom random, int realLength, Span<float> beat)
    {
        var kind = random.NextDouble();
        var (first, second) = _pairs[random.NextInt(PairCount)];
        var length = Math.Min(Shortest + _lengthPhase + (LengthGrid * random.NextInt(Lengths)), realLength - MinimumLeft);
        var place = (int)(random.NextDouble() * (realLength - length + Overhang));
        if (kind < FocusShare && realLength > _focus.Start + 2)
        {
            Lose(beat, _focus);
        }
        else if (kind >= 1 - PairShare && second.End <= realLength)
        {
            Lose(beat, first);
            Lose(beat, second);
        }
        else
        {
            var start = Math.Clamp((place / PlaceGrid * PlaceGrid) + _placePhase, 0, HeartbeatSet.BeatLength - length);
            Lose(beat, new SampleSpan(start, start + length));
        }
    }

    private static (SampleSpan First, SampleSpan Second) Pair(SeededRandom random)
    {
        var first = random.NextInt(100);
        var end = first + Shortest + random.NextInt(30);
        var second = end + 6 + random.NextInt(30);
        return (new SampleSpan(first, end), new SampleSpan(second, second + Shortest + random.NextInt(30)));
    }

    private static void Lose(Span<float> beat, SampleSpan gap) => beat[gap.ToRange()].Fill(float.NaN);
}
