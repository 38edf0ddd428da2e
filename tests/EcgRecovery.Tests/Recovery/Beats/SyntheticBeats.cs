using EcgRecovery.Beats;
using EcgRecovery.Neural;
using EcgRecovery.Records;

namespace EcgRecovery.Tests.Recovery.Beats;

/// <summary>Beats for tests, 0…1: two waves of random height, place and width on a slope; some padded.</summary>
internal static class SyntheticBeats
{
    public static HeartbeatSet Make(int count, int seed = 1, int records = 0)
    {
        var random = new SeededRandom((ulong)seed);
        var samples = new float[count * HeartbeatSet.BeatLength];
        for (var row = 0; row < count; row++)
            Draw(samples.AsSpan(row * HeartbeatSet.BeatLength, HeartbeatSet.BeatLength), random);
        var sources = records == 0
            ? null
            : Enumerable.Range(0, count).Select(row => new HeartbeatSource($"{100 + (row * records / count)}", row, "N")).ToList();
        return new HeartbeatSet(samples, new AamiClass[count], sources);
    }

    /// <summary>Similar beats that a network learns to recover in a few updates: an R wave at both ends, P and T between them.</summary>
    public static HeartbeatSet MakeAlike(int rows, ulong seed = 1)
    {
        var random = new SeededRandom(seed);
        var samples = new float[rows * HeartbeatSet.BeatLength];
        for (var row = 0; row < rows; row++)
        {
            var beat = samples.AsSpan(row * HeartbeatSet.BeatLength, HeartbeatSet.BeatLength);
            var realLength = 90 + random.NextInt(HeartbeatSet.BeatLength - 90 + 1);
            var second = 70 + random.NextInt(20);
            (double Centre, double Width, double Height)[] waves =
            [
                (0, 3, 1), (second, 3, 0.95), (25 + random.NextInt(10), 6 + random.NextDouble(), 0.3 + (0.2 * random.NextDouble())),
                (second - 15, 4, 0.15 + (0.1 * random.NextDouble())),
            ];
            for (var t = 0; t < realLength; t++)
            {
                var sum = waves.Sum(w => w.Height * Math.Exp(-0.5 * (t - w.Centre) * (t - w.Centre) / (w.Width * w.Width)));
                beat[t] = (float)Math.Min(1, 0.02 + sum);
            }
        }

        return new HeartbeatSet(samples, new AamiClass[rows]);
    }

    /// <summary>Returns the beats with the given samples missing in every row.</summary>
    public static float[] Break(HeartbeatSet beats, params SampleSpan[] gaps)
    {
        var broken = (float[])beats.Samples.Clone();
        for (var row = 0; row < beats.Count; row++)
        {
            foreach (var gap in gaps)
                broken.AsSpan(row * HeartbeatSet.BeatLength, HeartbeatSet.BeatLength)[gap.ToRange()].Fill(float.NaN);
        }

        return broken;
    }

    private static void Draw(Span<float> beat, SeededRandom random)
    {
        double rise = random.NextDouble(), height = 0.2 + (0.3 * random.NextDouble());
        double place = 60 + (40 * random.NextDouble()), width = 8 + (10 * random.NextDouble());
        var end = random.NextInt(3) == 0 ? 110 + random.NextInt(70) : beat.Length;
        for (var t = 0; t < end; t++)
        {
            var second = height * Math.Exp(-(t - place) * (t - place) / (2 * width * width));
            var value = Math.Exp(-t * t / 18.0) + second + (0.1 * rise * t / beat.Length);
            beat[t] = (float)Math.Clamp((value / 1.2) + (0.01 * random.NextGaussian()), 0.001, 1);
        }
    }
}
