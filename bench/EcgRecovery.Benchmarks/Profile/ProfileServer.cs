using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using EcgRecovery.Benchmarks.Cases;
using EcgRecovery.Neural;
using EcgRecovery.Neural.Engine;
using EcgRecovery.Neural.Kernels;
using EcgRecovery.Neural.Training;

namespace EcgRecovery.Benchmarks.Profile;

/// <summary>The command that trains with the engine's clocks on and prints milliseconds per step and phase.</summary>
internal static unsafe class ProfileServer
{
    /// <summary>The name of the whole step, in addition to those of <see cref="Phase"/>.</summary>
    public const string StepWord = "Step";

    private const double WarmUpSeconds = 0.5;

    public static void Run(string casePath, int threads, double seconds)
    {
        Environment.SetEnvironmentVariable(PhaseClock.Variable, "1");   // before the engine reads it
        var folder = CaseFolder.Read(casePath);
        switch (EnginePaths.Active)
        {
            case EnginePath.Avx512:
                Run<Lanes512>(folder, threads, seconds);
                break;
            case EnginePath.Avx2:
                Run<Lanes256>(folder, threads, seconds);
                break;
            default:
                Run<Lanes128>(folder, threads, seconds);
                break;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Run<TLanes>(CaseFolder folder, int threads, double seconds)
        where TLanes : struct, ILanes<TLanes>
    {
        using var engine = new LaneEngine<TLanes>(folder.Network, threads, forTraining: true, Neural.Engines.DefaultSegmentSteps);
        engine.Import(EngineArray.Weights, folder.Weights);
        _ = Steps(engine, folder, WarmUpSeconds);
        foreach (var clock in engine.Clocks)
            clock.Reset();
        var (steps, milliseconds) = Steps(engine, folder, seconds);

        Print(StepWord, milliseconds / steps);
        var rest = milliseconds / steps;
        foreach (var phase in Enum.GetValues<Phase>().Where(phase => phase != Phase.Waiting))
        {
            // All threads take part in the update, but only the first one has a clock for it.
            var sharers = phase == Phase.Update ? 1 : threads;
            var mean = engine.Clocks.Sum(clock => clock.Milliseconds(phase)) / sharers / steps;
            Print(phase.ToString(), mean);
            rest -= mean;
        }

        Print(nameof(Phase.Waiting), rest);
    }

    private static (int Steps, double Milliseconds) Steps<TLanes>(LaneEngine<TLanes> engine, CaseFolder folder, double seconds)
        where TLanes : struct, ILanes<TLanes>
    {
        var options = new AdamOptions();
        var clock = Stopwatch.StartNew();
        var steps = 0;
        fixed (float* input = folder.Input, target = folder.Target)
        {
            for (; clock.Elapsed.TotalSeconds < seconds || steps == 0; steps++)
            {
                engine.ComputeGradients(input, target, lossWeights: null, folder.Sequences, folder.TimeSteps, new MeanSquaredError());
                engine.Update(options, learningRate: 1e-3);
            }
        }

        return (steps, clock.Elapsed.TotalMilliseconds);
    }

    private static void Print(string name, double milliseconds) =>
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name} {milliseconds:F6}"));
}
