using System.Diagnostics;
using System.Globalization;
using System.Runtime;
using EcgRecovery.Neural;

namespace EcgRecovery.Benchmarks;

/// <summary>Times what a fresh process waits for: construction, the first training step, the first inference; each against steady state.</summary>
/// <remarks>Every sample is a process of its own, because the runtime compiles a method once a process. Medians over the processes.</remarks>
internal static class StartUpBenchmark
{
    private const int TimeSteps = 187;
    private const int Batch = 32;
    private const int Calls = 400;
    private const int SteadyFrom = 300;
    private static readonly string[] s_figures =
        ["main", "constructor", "first", "second", "third", "slowest after", "steady", "process to end of first", "first less steady", "jit ms before", "jit ms in first", "methods"];

    /// <summary>Runs the children of both kinds, alternating, and prints the medians in milliseconds.</summary>
    public static void Run(int threads, int processes)
    {
        string[] works = ["training", "inference"];
        var samples = works.Select(_ => new List<double[]>()).ToArray();
        for (var i = 0; i < processes; i++)
        {
            for (var w = 0; w < works.Length; w++)
                samples[w].Add(RunChild(works[w], threads));
        }

        Console.WriteLine($"{"ms, median of " + processes.ToString(CultureInfo.InvariantCulture) + " processes",-32}{works[0],12}{works[1],12}");
        for (var f = 0; f < s_figures.Length; f++)
        {
            var medians = samples.Select(s => s.Select(x => x[f]).Order().ElementAt(s.Count / 2).ToString("F2", CultureInfo.InvariantCulture)).ToArray();
            Console.WriteLine($"{s_figures[f],-32}{medians[0],12}{medians[1],12}");
        }
    }

    /// <summary>The child's work: prints one line of figures.</summary>
    public static void RunOnce(string work, int threads, long processStart)
    {
        var main = Stopwatch.GetTimestamp();
        var network = new NetworkSpec(InputCount: 1, [new(64), new(32), new(64)], OutputCount: 1);
        var weights = NetworkInitializer.Initialize(network, seed: 0);
        var beats = Beats();
        var output = new float[beats.Length];
        var times = new double[Calls];

        var beforeConstruction = Stopwatch.GetTimestamp();
        using var trainer = work == "training" ? new NetworkTrainer(network, weights, threads) : null;
        using var predictor = work == "training" ? null : new NetworkPredictor(network, weights, threads);
        var constructed = Stopwatch.GetTimestamp();
        var jitBefore = JitInfo.GetCompilationTime().TotalMilliseconds;
        Call();
        var firstDone = Stopwatch.GetTimestamp();
        var jitAfter = JitInfo.GetCompilationTime().TotalMilliseconds;
        times[0] = Milliseconds(constructed, firstDone);
        for (var i = 1; i < Calls; i++)
        {
            var start = Stopwatch.GetTimestamp();
            Call();
            times[i] = Milliseconds(start, Stopwatch.GetTimestamp());
        }

        if (Environment.GetEnvironmentVariable("STARTUP_TRACE") == "1")
            Console.Error.WriteLine(string.Join(' ', times.Take(80).Select(t => t.ToString("F1", CultureInfo.InvariantCulture))));
        var steady = times[SteadyFrom..].Order().ElementAt((Calls - SteadyFrom) / 2);
        double[] figures =
        [
            Milliseconds(processStart, main), Milliseconds(beforeConstruction, constructed), times[0], times[1], times[2], times[3..SteadyFrom].Max(), steady,
            Milliseconds(processStart, firstDone), times[0] - steady, jitBefore, jitAfter - jitBefore, JitInfo.GetCompiledMethodCount(),
        ];
        Console.WriteLine(string.Join(' ', figures.Select(f => f.ToString("R", CultureInfo.InvariantCulture))));

        void Call()
        {
            if (trainer is not null)
                trainer.Step(beats, beats, lossWeights: [], Batch, TimeSteps, learningRate: 1e-3);
            else
                predictor!.Predict(beats, Batch, TimeSteps, output);
        }
    }

    private static float[] Beats()
    {
        var random = new SeededRandom(0);
        var beats = new float[Batch * TimeSteps];
        for (var i = 0; i < beats.Length; i++)
            beats[i] = (float)random.NextDouble();
        return beats;
    }

    // Both processes read one monotonic clock, so that the child can count from before its own runtime existed.
    private static double[] RunChild(string work, int threads)
    {
        var self = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true, UseShellExecute = false };
        var arguments = self.ArgumentList;
        arguments.Add("start-up-once");
        arguments.Add(work);
        arguments.Add(threads.ToString(CultureInfo.InvariantCulture));
        arguments.Add(Stopwatch.GetTimestamp().ToString(CultureInfo.InvariantCulture));
        using var child = Process.Start(self)!;
        var line = child.StandardOutput.ReadToEnd();
        child.WaitForExit();
        return [.. line.Split(' ').Select(v => double.Parse(v, CultureInfo.InvariantCulture))];
    }

    private static double Milliseconds(long from, long to) => (to - from) * 1000.0 / Stopwatch.Frequency;
}
