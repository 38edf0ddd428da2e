using System.Diagnostics;
using System.Globalization;
using EcgRecovery.Benchmarks.Cases;
using EcgRecovery.Benchmarks.Workloads;

namespace EcgRecovery.Benchmarks.Engines;

/// <summary>PyTorch of the distribution.</summary>
internal sealed class PyTorch : TimedEngine
{
    private string _python = "";

    public static PyTorch Instance { get; } = new();

    public override string Name => "PyTorch";

    public override void Prepare()
    {
        // The distribution's python3 first: another one earlier in the path may have no PyTorch.
        foreach (var python in new[] { "/usr/bin/python3", "python3", "python" })
        {
            try
            {
                Tools.Run(python, ["-c", "import torch, numpy"]);
                _python = python;
                return;
            }
            catch (EngineFailedException)
            {
                // Try the next one.
            }
        }

        throw new EngineFailedException("no python3 with torch and numpy (Debian: python3-torch libopenblas0-pthread)");
    }

    public override IRunningEngine Start(CaseFolder folder, Work work, int threads)
    {
        var start = new ProcessStartInfo(_python, [Path.Combine(Tools.BenchFolder, "rivals", "pytorch.py")]);
        // Threads of both OpenBLAS and OpenMP would compete; this is PyTorch's fastest setting.
        start.Environment["OPENBLAS_NUM_THREADS"] = "1";
        start.Environment["OMP_NUM_THREADS"] = threads.ToString(CultureInfo.InvariantCulture);
        return EngineProcess.Start(start, folder, work, threads);
    }
}

/// <summary>oneDNN: only the LSTM layers, without dense layer, loss and Adam.</summary>
internal sealed class OneDnn : TimedEngine
{
    public static OneDnn Instance { get; } = new();

    private static string Program => Path.Combine(Tools.BuildFolder, "onednn");

    public override string Name => "oneDNN";

    public override void Prepare()
    {
        var source = Path.Combine(Tools.BenchFolder, "rivals", "onednn.cpp");
        if (!Tools.IsOutdated(Program, source))
            return;
        Directory.CreateDirectory(Tools.BuildFolder);
        try
        {
            Tools.Run("g++", ["-O2", "-march=native", "-fopenmp", source, "-ldnnl", "-o", Program]);
        }
        catch (EngineFailedException exception) when (exception.Message.Contains("dnnl.hpp", StringComparison.Ordinal))
        {
            throw new EngineFailedException("no oneDNN (Debian: libdnnl-dev)", exception);
        }
    }

    public override IRunningEngine Start(CaseFolder folder, Work work, int threads)
    {
        var start = new ProcessStartInfo(Program);
        start.Environment["OMP_NUM_THREADS"] = threads.ToString(CultureInfo.InvariantCulture);
        return EngineProcess.Start(start, folder, work, threads);
    }
}

/// <summary>ONNX Runtime's NuGet package, for inference.</summary>
internal sealed class OnnxRuntime : TimedEngine
{
    public static OnnxRuntime Instance { get; } = new();

    private static string Folder => Path.Combine(Tools.BuildFolder, "onnx");

    private static string Program => Path.Combine(Folder, OperatingSystem.IsWindows() ? "onnx.exe" : "onnx");

    public override string Name => "ONNX Runtime";

    public override void Prepare()
    {
        var source = Path.Combine(Tools.BenchFolder, "rivals", "onnx.cs");
        if (Tools.IsOutdated(Program, source))
            Tools.BuildDotnet(source, Folder);
    }

    public override IRunningEngine Start(CaseFolder folder, Work work, int threads) =>
        EngineProcess.Start(new ProcessStartInfo(Program), folder, work, threads);
}
