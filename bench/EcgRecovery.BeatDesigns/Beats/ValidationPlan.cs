using EcgRecovery.Neural;
using EcgRecovery.Records;

namespace EcgRecovery.BeatDesigns.Beats;

/// <summary>The gaps of one test on the validation patients.</summary>
/// <param name="Name">As in <c>random-37</c>.</param>
/// <param name="Length">Of a gap that lies anywhere within the real signal; 0 for 100..137 in every row.</param>
internal sealed record ValidationPlan(string Name, int Length)
{
    private const ulong Seed = 11;

    /// <summary>Every second row is tested: 6,268 of them, enough to tell designs apart better than their seeds do.</summary>
    private const int RowStride = 2;

    /// <summary>The gap of the original's tests.</summary>
    public static ValidationPlan Fixed { get; } = new("100..137", 0);

    /// <summary>Gaps within the real signal.</summary>
    public static IReadOnlyList<ValidationPlan> Random { get; } = [new("random-10", 10), new("random-20", 20), new("random-37", 37), new("random-60", 60)];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ValidationPlan> All { get; } = [Fixed, .. Random];

    /// <summary>Draws the gaps; rows that are too short for theirs are left out.</summary>
    public BrokenBeat[] Draw(HeartbeatSet set)
    {
        var random = new SeededRandom(Seed);
        var beats = new List<BrokenBeat>();
        for (var row = 0; row < set.Count; row++)
        {
            var place = random.NextDouble();
            if (row % RowStride != 0)
                continue;
            var real = set.RealLength(row);
            if (Length == 0)
            {
                beats.Add(new BrokenBeat(row, new Gap(100, 137)));
            }
            else if (real >= Length + 2)
            {
                var start = (int)(place * (real - Length + 1));
                beats.Add(new BrokenBeat(row, new Gap(start, start + Length)));
            }
        }

        return [.. beats];
    }
}
