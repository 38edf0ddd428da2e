using System.Diagnostics;
using System.Globalization;
using EcgRecovery.Benchmarks.Cases;
using EcgRecovery.Benchmarks.Timing;
using EcgRecovery.Benchmarks.Workloads;
using EcgRecovery.Neural;

namespace EcgRecovery.Benchmarks.Engines;

/// <summary>Our engine in a process of its own, as the rivals are: computes the values of a case, then times its work as often as it is asked.</summary>
internal static class OurEngineServer
{
    private const double LearningRate = 1e-3;

    // The first steps run code that the runtime has not optimised yet.
    private static readonly TimeSpan s_warmUp = TimeSpan.FromSeconds(0.5);

    /// <summary>Speaks the conversation of <see cref="EngineProcess"/> on standard input and output.</summary>
    public static void Run(string casePath, string resultsPath, Work work, int threads)
    {
        var folder = CaseFolder.Read(casePath);
        if (work == Work.Training)
        {
            using var trainer = new NetworkTrainer(folder.Network, folder.Weights, threads);
            TrainingValues(trainer, folder).Write(resultsPath);
            Converse(() => trainer.Step(folder.Input, folder.Target, lossWeights: [], folder.Sequences, folder.TimeSteps, LearningRate));
        }
        else
        {
            using var predictor = new NetworkPredictor(folder.Network, folder.Weights, threads);
            var output = new float[folder.Target.Length];
            predictor.Predict(folder.Input, folder.Sequences, folder.TimeSteps, output);
            new EngineValues(output, Loss: null, Gradients: []).Write(resultsPath);
            Converse(() => predictor.Predict(folder.Input, folder.Sequences, folder.TimeSteps, output));
        }
    }

    /// <summary>The same for inference time step by time step: a run of the work is one whole sequence.</summary>
    public static void RunStream(string casePath, string resultsPath)
    {
        var folder = CaseFolder.Read(casePath);
        var stream = new StreamingPredictor(folder.Network, folder.Weights);
        var output = new float[folder.Target.Length];
        Predict();
        new EngineValues(output, Loss: null, Gradients: []).Write(resultsPath);
        Converse(Predict);

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

    private static void Converse(Action work)
    {
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < s_warmUp)
            work();
        Console.Out.WriteLine($"{EngineProcess.ReadyWord} EcgRecovery, {EnginePaths.Active} path");
        while (Console.In.ReadLine() is { } line)
            Console.Out.WriteLine(Median.Milliseconds(work, double.Parse(line, CultureInfo.InvariantCulture)).ToString("F6", CultureInfo.InvariantCulture));
    }
}
