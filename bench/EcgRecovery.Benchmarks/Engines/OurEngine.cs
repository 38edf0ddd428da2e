using System.Diagnostics;
using EcgRecovery.Benchmarks.Cases;
using EcgRecovery.Benchmarks.Workloads;
using EcgRecovery.Neural;

namespace EcgRecovery.Benchmarks.Engines;

/// <summary>Our engine, on one of its paths.</summary>
internal sealed class OurEngine(EnginePath path) : TimedEngine
{
    /// <summary>The command of this program that runs the engine.</summary>
    public const string Verb = "engine";

    /// <summary>Gets the engine on the path of this process.</summary>
    public static OurEngine Active { get; } = new(EnginePaths.Active);

    public EnginePath Path => path;

    public override string Name => path == EnginePaths.Active ? "ours" : $"ours, {path} path";

    /// <summary>Gets the path of this program.</summary>
    public static string Program { get; } = System.IO.Path.Combine(
        AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "EcgRecovery.Benchmarks.exe" : "EcgRecovery.Benchmarks");

    public override void Prepare()
    {
        if (!EnginePaths.Available.Contains(path))
            throw new EngineFailedException($"this machine has no {path}");
    }

    public override IRunningEngine Start(CaseFolder folder, Work work, int threads)
    {
        var start = new ProcessStartInfo(Program, [Verb]);
        start.Environment[EnginePaths.Variable] = path.ToString();
        return EngineProcess.Start(start, folder, work, threads);
    }
}

/// <summary>Our engine, time step by time step as for a live signal.</summary>
internal sealed class OurStream : TimedEngine
{
    /// <summary>The command of this program that runs the engine.</summary>
    public const string Verb = "stream";

    public static OurStream Instance { get; } = new();

    public override string Name => "ours, step by step";

    public override void Prepare()
    {
        // Always available.
    }

    public override IRunningEngine Start(CaseFolder folder, Work work, int threads) => work == Work.Inference && threads == 1
        ? EngineProcess.Start(new ProcessStartInfo(OurEngine.Program, [Verb]), folder, work, threads)
        : throw new EngineFailedException("a stream is timed at inference on one thread");
}
