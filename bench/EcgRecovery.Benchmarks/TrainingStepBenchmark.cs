using System.Diagnostics;
using System.Globalization;
using EcgRecovery.Neural;

namespace EcgRecovery.Benchmarks;

/// <summary>Times one training step (forward, backward, Adam) of the original network and prints what ../training/compare.py compares.</summary>
internal static class TrainingStepBenchmark
{
    private const int TimeSteps = 187;

    // The first steps run code that the runtime has not optimised yet.
    private const int WarmUpSteps = 30;
    private const int FewestSteps = 3;

    /// <summary>Prints the median of the steps of a run, in milliseconds.</summary>
    public static void Run(int threads, int batch, double seconds)
    {
        var network = new NetworkSpec(InputCount: 1, [new(64), new(32), new(64)], OutputCount: 1);
        using var trainer = new NetworkTrainer(network, NetworkInitializer.Initialize(network, seed: 0), threads);
        var random = new SeededRandom(0);
        var beats = new float[batch * TimeSteps];
        for (var i = 0; i < beats.Length; i++)
            beats[i] = (float)random.NextDouble();

        for (var i = 0; i < WarmUpSteps; i++)
            Step();
        var times = new List<double>();
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed.TotalSeconds < seconds || times.Count < FewestSteps)
        {
            var start = clock.Elapsed;
            Step();
            times.Add((clock.Elapsed - start).TotalMilliseconds);
        }

        times.Sort();
        Console.WriteLine(times[times.Count / 2].ToString("F3", CultureInfo.InvariantCulture));

        void Step() => trainer.Step(beats, beats, lossWeights: [], batch, TimeSteps, learningRate: 1e-3);
    }
}
