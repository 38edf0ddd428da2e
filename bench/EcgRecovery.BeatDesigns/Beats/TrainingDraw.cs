using EcgRecovery.BeatDesigns.Designs;
using EcgRecovery.Neural;
using EcgRecovery.Records;

namespace EcgRecovery.BeatDesigns.Beats;

/// <summary>The gaps that all designs train on: every row once a pass, in a new order, with a fresh gap.</summary>
/// <remarks>
/// Of 100 beats about 35 miss 100..137, 15 two gaps of 8 to 37 samples, the others one of 8 to 75 that lies within the real signal or reaches
/// up to 4 samples beyond it. A pass has few different gaps (starts on a grid of 3, lengths on one of 4, 80 pairs), because rows that miss
/// the same samples share one search among the reference beats; the grids move from pass to pass.
/// </remarks>
internal static class TrainingDraw
{
    private const int Passes = 8;
    private const ulong Seed = 5;
    private const int Pairs = 80;
    private const double FixedGapShare = 0.35;
    private const double OneGapShare = 0.85;

    /// <summary>The fixed gap is of no use as training where so little of the signal reaches into it.</summary>
    private const int LeastEndForFixedGap = 104;

    private const int LeastRealLength = 24;
    private static readonly Gap s_fixedGap = new(100, 137);

    /// <summary>Draws all passes. Of both leads a pass takes every second row, so that all sources give the same number of beats.</summary>
    public static BrokenBeat[] Draw(HeartbeatSet set, BeatSource source)
    {
        var stride = source == BeatSource.BothLeads ? 2 : 1;
        var random = new SeededRandom(Seed);
        var beats = new List<BrokenBeat>();
        for (var pass = 0; pass < Passes; pass++)
        {
            var draw = new Pass(random);
            var order = Enumerable.Range(0, set.Count).Where(row => row % stride == pass % stride).ToArray();
            random.Shuffle(order);
            foreach (var row in order)
            {
                var real = set.RealLength(row);
                if (real >= LeastRealLength)
                    beats.Add(draw.Break(row, real));
            }
        }

        return [.. beats];
    }

    /// <summary>One pass: its grids and its pairs of gaps.</summary>
    private sealed class Pass
    {
        private readonly SeededRandom _random;
        private readonly (Gap First, Gap Second)[] _pairs = new (Gap, Gap)[Pairs];
        private readonly int _phase;
        private readonly int _lengthPhase;

        public Pass(SeededRandom random)
        {
            _random = random;
            for (var i = 0; i < Pairs; i++)
            {
                var (start, first, between, second) = (random.NextInt(100), 8 + random.NextInt(30), 6 + random.NextInt(30), 8 + random.NextInt(30));
                var end = start + first;
                _pairs[i] = (new Gap(start, end), new Gap(end + between, end + between + second));
            }

            _phase = random.NextInt(3);
            _lengthPhase = random.NextInt(4);
        }

        public BrokenBeat Break(int row, int real)
        {
            // All is drawn whatever comes of it: a row's gap does not depend on what became of the rows before.
            var kind = _random.NextDouble();
            var pair = _pairs[_random.NextInt(Pairs)];
            var lengthStep = _random.NextInt(17);
            var place = _random.NextDouble();
            if (kind < FixedGapShare && real >= LeastEndForFixedGap)
                return new BrokenBeat(row, s_fixedGap);
            if (kind > OneGapShare && pair.Second.EndSample <= real)
                return new BrokenBeat(row, pair.First, pair.Second);
            var length = Math.Min(8 + _lengthPhase + (4 * lengthStep), real - 12);
            var start = (int)(place * (real - length + 4));
            start = Math.Clamp((start / 3 * 3) + _phase, 0, HeartbeatSet.BeatLength - length);
            return new BrokenBeat(row, new Gap(start, start + length));
        }
    }
}
