using System.Diagnostics;
using System.Globalization;
using EcgRecovery.Benchmarks.Cases;
using EcgRecovery.Benchmarks.Timing;
using EcgRecovery.Benchmarks.Workloads;
using EcgRecovery.Neural;

namespace EcgRecovery.Benchmarks.Engines;

/// <summary>Our engine in a separate process, like its rivals: computes the values of a case, then answers requests for times.</summary>
internal static class OurEngineServer
{
    private const double LearningRate = 1e-3;

    // The first steps run code that is not optimised yet.
    private static readonly TimeSpan s_warmUp = TimeSpan.FromSeconds(0.5);

    /// <summary>Runs the protocol of <see cref="EngineProcess"/> on standard input and output.</summary>
    public static void Run(string casePath, string resultsPath, Work work, int threads)
    {
        var folder = CaseFolder.Read(casePath);
        if (work == Work.Training)
        {
            using var trainer = new NetworkTrainer(folder.Network, folder.Weights, threads);
            TrainingValues(trainer, folder).Write(resultsPath);
            Answer(() => trainer.Step(folder.Input, folder.Target, lossWeights: [], folder.Sequences, folder.TimeSteps, LearningRate));
        }
        else
        {
            using var predictor = new NetworkPredictor(folder.Network, folder.Weights, threads);
            var output = new float[folder.Target.Length];
            predictor.Predict(folder.Input, folder.Sequences, folder.TimeSteps, output);
            new EngineValues(output, Loss: null, Gradients: []).Write(resultsPath);
            Answer(() => predictor.Predict(folder.Input, folder.Sequences, folder.TimeSteps, output));
        }
    }

    /// <summary>Runs the protocol for inference time step by time step; the measured work is a whole sequence.</summary>
    public static void RunStream(string casePath, string resultsPath)
    {
        var folder = CaseFolder.Read(casePath);
        var stream = new StreamingPredictor(folder.Network, folder.Weights);
        var output = new float[folder.Target.Length];
        Predict();
        new EngineValues(output, Loss: null, Gradients: []).Write(resultsPath);
        Answer(Predict);

        void Predict()
        {
            var (inputs, outputs) = (folder.Network.InputCount, folder.Network.OutputCount);
            for (var t = 0; t < folder.Sequences * folder.TimeSteps; t++)
            {
                if (t % folder.TimeSteps == 0)
                    stream.Reset();
                stream.Step(folder.Input.AsSpan(t * inputs, inputs), output.AsSpan(t * outputs, outputs));
            }
        }
    }

    private static EngineValues TrainingValues(NetworkTrainer trainer, CaseFolder folder)
    {
        var output = new float[folder.Target.Length];
        trainer.Predict(folder.Input, folder.Sequences, folder.TimeSteps, output);
        var loss = trainer.ComputeGradients(folder.Input, folder.Target, lossWeights: [], folder.Sequences, folder.TimeSteps);
        return new EngineValues(output, loss, trainer.ExportGradients());
    }

    private static void Answer(Action work)
    {
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < s_warmUp)
            work();
        Console.Out.WriteLine($"{EngineProcess.ReadyWord} EcgRecovery, {EnginePaths.Active} path");
        while (Console.In.ReadLine() is { } line)
        {
            var milliseconds = Median.Milliseconds(work, double.Parse(line, CultureInfo.InvariantCulture));
            Console.Out.WriteLine(milliseconds.ToString("F6", CultureInfo.InvariantCulture));
        }
    }
}
