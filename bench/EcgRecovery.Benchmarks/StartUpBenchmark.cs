using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Runtime;
using EcgRecovery.Benchmarks.Timing;
using EcgRecovery.Neural;
using EcgRecovery.Neural.Networks;

namespace EcgRecovery.Benchmarks;

/// <summary>The command <c>start-up</c>: the first calls of a new process against steady calls, with the original network.</summary>
/// <remarks>Every sample is a new process, because the runtime compiles a method once per process. The kinds of work alternate.</remarks>
internal static class StartUpBenchmark
{
    private const string Verb = "start-up";
    private const string ChildVerb = "start-up-once";
    private const string Training = "training";
    private const int TimeSteps = 187;

    // The runtime's last compilation comes after about 80 calls.
    private const int Calls = 150;
    private const int SteadyFrom = 100;

    private static readonly (string Name, int Beats)[] s_works = [(Training, 32), ("inference", 32), ("one beat", 1)];

    private static readonly string[] s_figures =
    [
        "process to main", "constructor", "first call", "second call", "steady call", "first less steady", "constructor and first",
        "process to end of first", "slowest call later", "lost until steady", "compiling before first", "compiling in first",
    ];

    public static Command Create()
    {
        var threads = new Option<int>("--threads") { Description = "Number of threads of the engine.", DefaultValueFactory = _ => 2 };
        var processes = new Option<int>("--processes")
        {
            Description = "Number of processes for each kind of work.",
            DefaultValueFactory = _ => 11,
        };
        var command = new Command(
            Verb, "Times construction, the first call and steady calls in new processes; median and maximum, in milliseconds.")
        {
            threads, processes,
        };
        command.SetAction(parse => Run(parse.GetValue(threads), parse.GetValue(processes)));
        return command;
    }

    public static Command CreateChild()
    {
        var work = new Argument<string>("WORK");
        var threads = new Argument<int>("THREADS");
        var processStart = new Argument<long>("START");
        var command = new Command(ChildVerb, $"Runs one process of {Verb}.") { work, threads, processStart };
        var main = Stopwatch.GetTimestamp();
        command.SetAction(parse => RunOnce(
            parse.GetRequiredValue(work), parse.GetRequiredValue(threads), parse.GetRequiredValue(processStart), main));
        return command;
    }

    private static void Run(int threads, int processes)
    {
        var samples = s_works.Select(_ => new List<double[]>()).ToArray();
        for (var i = 0; i < processes; i++)
        {
            for (var work = 0; work < s_works.Length; work++)
                samples[work].Add(RunChild(s_works[work].Name, threads));
        }

        Console.WriteLine($"{"ms",-26}{string.Concat(s_works.Select(work => $"{work.Name,12}{"worst",9}"))}");
        for (var f = 0; f < s_figures.Length; f++)
        {
            var columns = samples
                .Select(processesOfWork => processesOfWork.Select(figures => figures[f]).ToArray())
                .Select(values => string.Create(CultureInfo.InvariantCulture, $"{Median.Of(values),12:F1}{values.Max(),9:F1}"));
            Console.WriteLine($"{s_figures[f],-26}{string.Concat(columns)}");
        }
    }

    // The clock is the same for all processes, so a child can count from before its start.
    private static void RunOnce(string work, int threads, long processStart, long main)
    {
        var network = new NetworkSpec(InputCount: 1, [new(64), new(32), new(64)], OutputCount: 1);
        var weights = NetworkInitializer.Initialize(network, seed: 0);
        var sequences = s_works.Single(w => w.Name == work).Beats;
        var beats = Beats(sequences);
        var output = new float[beats.Length];

        var start = Stopwatch.GetTimestamp();
        using var trainer = work == Training ? new NetworkTrainer(network, weights, threads) : null;
        using var predictor = work == Training ? null : new NetworkPredictor(network, weights, threads);
        var constructed = Stopwatch.GetTimestamp();
        var compiledBefore = JitInfo.GetCompilationTime().TotalMilliseconds;
        var times = new double[Calls];
        times[0] = Call();
        var firstDone = Stopwatch.GetTimestamp();
        var compiledInFirst = JitInfo.GetCompilationTime().TotalMilliseconds - compiledBefore;
        for (var i = 1; i < Calls; i++)
            times[i] = Call();

        var steady = Median.Of(times[SteadyFrom..]);
        double[] figures =
        [
            Milliseconds(processStart, main), Milliseconds(start, constructed), times[0], times[1], steady, times[0] - steady,
            Milliseconds(start, firstDone), Milliseconds(processStart, firstDone), times[2..].Max(),
            times[..SteadyFrom].Sum(time => time - steady), compiledBefore, compiledInFirst,
        ];
        Console.WriteLine(string.Join(' ', figures.Select(figure => figure.ToString("R", CultureInfo.InvariantCulture))));

        double Call()
        {
            var begin = Stopwatch.GetTimestamp();
            if (trainer is not null)
                trainer.Step(beats, beats, lossWeights: [], sequences, TimeSteps, learningRate: 1e-3);
            else
                predictor!.Predict(beats, sequences, TimeSteps, output);
            return Milliseconds(begin, Stopwatch.GetTimestamp());
        }
    }

    private static float[] Beats(int sequences)
    {
        var random = new SeededRandom(0);
        var beats = new float[sequences * TimeSteps];
        for (var i = 0; i < beats.Length; i++)
            beats[i] = (float)random.NextDouble();
        return beats;
    }

    private static double[] RunChild(string work, int threads)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true, UseShellExecute = false };
        start.ArgumentList.Add(ChildVerb);
        start.ArgumentList.Add(work);
        start.ArgumentList.Add(threads.ToString(CultureInfo.InvariantCulture));
        start.ArgumentList.Add(Stopwatch.GetTimestamp().ToString(CultureInfo.InvariantCulture));
        using var child = Process.Start(start)!;
        var line = child.StandardOutput.ReadToEnd();
        child.WaitForExit();
        return [.. line.Split(' ').Select(value => double.Parse(value, CultureInfo.InvariantCulture))];
    }

    private static double Milliseconds(long from, long to) => (to - from) * 1000.0 / Stopwatch.Frequency;
}
