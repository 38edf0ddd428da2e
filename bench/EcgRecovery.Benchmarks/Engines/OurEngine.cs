using System.Diagnostics;
using EcgRecovery.Benchmarks.Cases;
using EcgRecovery.Benchmarks.Workloads;
using EcgRecovery.Neural;

namespace EcgRecovery.Benchmarks.Engines;

/// <summary>Ours, on one of its paths.</summary>
internal sealed class OurEngine(EnginePath path) : TimedEngine
{
    /// <summary>The verb under which this program is that engine.</summary>
    public const string Verb = "engine";

    /// <summary>The path that this process would take: the machine's widest, unless the environment names another.</summary>
    public static OurEngine Active { get; } = new(EnginePaths.Active);

    public EnginePath Path => path;

    public override string Name => path == EnginePaths.Active ? "ours" : $"ours, {path} path";

    /// <summary>This program.</summary>
    public static string Program { get; } = System.IO.Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "EcgRecovery.Benchmarks.exe" : "EcgRecovery.Benchmarks");

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

/// <summary>Ours, fed time step by time step as a live signal comes.</summary>
internal sealed class OurStream : TimedEngine
{
    /// <summary>The verb under which this program is that engine.</summary>
    public const string Verb = "stream";

    public static OurStream Instance { get; } = new();

    public override string Name => "ours, step by step";

    public override void Prepare()
    {
        // It is always here.
    }

    public override IRunningEngine Start(CaseFolder folder, Work work, int threads) => work == Work.Inference && threads == 1
        ? EngineProcess.Start(new ProcessStartInfo(OurEngine.Program, [Verb]), folder, work, threads)
        : throw new EngineFailedException("a stream infers, on one thread");
}
