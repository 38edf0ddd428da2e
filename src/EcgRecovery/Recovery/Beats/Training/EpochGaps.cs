using EcgRecovery.Beats;
using EcgRecovery.Neural;
using EcgRecovery.Records;

namespace EcgRecovery.Recovery.Beats.Training;

/// <summary>Draws the gaps of one epoch of a <c>beat</c> model's training: fresh places and lengths, now and then two in a beat.</summary>
/// <remarks>
/// 35 % of the beats that reach beyond it lose the original's gap; 15 % lose two runs; the others one of 8 to 75 samples (0.07 to 0.63 s)
/// anywhere in the real signal. Within an epoch places lie on a grid of three samples and lengths on one of four, whose phases are drawn anew
/// for every epoch: beats that share a gap are searched for together, which is several times faster.
/// </remarks>
internal sealed class EpochGaps
{
    /// <summary>A row with less signal is not trained on: too little would be left beside a gap.</summary>
    public const int MinimumSignal = 24;

    private const double FocusShare = 0.35;
    private const double PairShare = 0.15;
    private const int PairCount = 80;
    private const int PlaceGrid = 3;
    private const int LengthGrid = 4;
    private const int Shortest = 8;
    private const int Lengths = 17;

    /// <summary>Of real signal that is left beside a single gap.</summary>
    private const int MinimumLeft = 12;

    /// <summary>How far a gap may reach into the padding: the end of the signal can be lost too.</summary>
    private const int Overhang = 4;

    private readonly SampleSpan _focus;
    private readonly int _placePhase;
    private readonly int _lengthPhase;
    private readonly (SampleSpan First, SampleSpan Second)[] _pairs;

    /// <param name="random">The epoch's own numbers.</param>
    /// <param name="focus">The gap that a third of the beats lose.</param>
    public EpochGaps(SeededRandom random, SampleSpan focus)
    {
        _focus = focus;
        _placePhase = random.NextInt(PlaceGrid);
        _lengthPhase = random.NextInt(LengthGrid);
        _pairs = [.. Enumerable.Range(0, PairCount).Select(_ => Pair(random))];
    }

    /// <summary>Makes samples of a beat missing.</summary>
    /// <param name="random">Takes four numbers, so that one beat takes as much of the sequence as another.</param>
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
