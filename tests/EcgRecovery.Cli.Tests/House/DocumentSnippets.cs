using EcgRecovery.Beats;
using EcgRecovery.Formats.Heartbeats;
using EcgRecovery.Neural;
using EcgRecovery.Neural.Files;
using EcgRecovery.Neural.Networks;
using EcgRecovery.Records;
using EcgRecovery.Recovery;

namespace EcgRecovery.Cli.Tests.House;

/// <summary>The C# of README.md and docs/, so that it compiles: each block of a document is one region here, word for word.</summary>
internal static class DocumentSnippets
{
    public static void ReadmeArray(float[] milliVolts)
    {
        #region README array
        float[] filled = EcgSignal.Fill(milliVolts, samplingFrequencyHz: 360);
        RecoveredSignal recovered = EcgSignal.Recover(milliVolts, 360, new RecoveryOptions { Method = "cubic", MaximumGapSeconds = 2 });
        Console.WriteLine($"{recovered.RecoveredCount} of {recovered.MissingCount} missing samples recovered by {recovered.Method}");
        #endregion
        Assert.DoesNotContain(filled, float.IsNaN);
    }

    public static void ReadmeRecording()
    {
        #region README recording
        using var record = EcgRecord.Open("night.edf");
        var (recoveredRecord, gaps) = record.Recover(); // gaps: for each lead, what was filled and what was left, and why
        foreach (var sentence in recoveredRecord.Write("night-recovered.csv"))
            Console.WriteLine($"lost: {sentence}"); // what CSV cannot hold
        #endregion
    }

    public static void ReadmeHeartbeats()
    {
        #region README heartbeats
        var broken = HeartbeatCsv.Read("broken-heartbeats.csv", new HeartbeatCsvOptions { AllowMissing = true }).Set;
        var recoveredBeats = broken.Recover("beat"); // .Samples, .Origin, .Lower, .Upper, .Gaps
        Console.WriteLine($"{recoveredBeats.RecoveredCount} missing samples recovered");
        #endregion
    }

    public static void Formats()
    {
        #region formats
        using var record = EcgRecord.Open("night.edf");
        foreach (var lead in record.Leads)
            Console.WriteLine($"{lead.Name}: {lead.SampleCount} samples at {lead.SamplingFrequencyHz} Hz");
        var second = new float[(int)record.Leads[0].SamplingFrequencyHz];
        record.Leads[0].ReadMilliVolts(0, second); // NaN = missing
        foreach (var sentence in record.Write("night.csv"))
            Console.WriteLine($"lost: {sentence}");
        #endregion
    }

    public static void Recovery()
    {
        #region recovery
        using var record = EcgRecord.Open("night.edf");
        var recovered = record.Recover(new RecordRecoveryOptions { Method = "linear", MaximumGapSeconds = 1 });
        foreach (var gap in recovered.Gaps.SelectMany(lead => lead).Where(gap => !gap.IsRecovered))
            Console.WriteLine($"{gap.Span}: {gap.Reason}");
        recovered.Record.Write("recovered.edf");
        #endregion

        #region self-test
        foreach (var cell in record.SelfTest())
            Console.WriteLine($"{cell.MaximumSeconds} s: error {cell.Rmse:F3}, of a straight line {cell.LineRmse:F3}");
        #endregion

        #region named gap
        var options = new RecordRecoveryOptions { Gaps = [new LeadSpan(0, SampleSpan.Parse("3600..3800"))] }; // lead 0
        #endregion
        Assert.Single(options.Gaps);
    }

    public static void Onnx(NetworkSpec network, IReadOnlyList<WeightTensor> weights)
    {
        #region onnx
        var model = new OnnxModel();
        model.Output("y", model.Network(model.Input("x", network.InputCount), network, weights));
        using var file = File.Create("model.onnx");
        model.Write(file);
        #endregion
    }

    public static void Engine(NetworkSpec network, IReadOnlyList<WeightTensor> weights, IEnumerable<float> telemetry)
    {
        #region stream
        var stream = new StreamingPredictor(network, weights);
        var value = new float[1];
        foreach (var sample in telemetry)
        {
            stream.Step([sample], value);
            Console.WriteLine(value[0]);
        }
        #endregion
    }

    public static void EnginePackage()
    {
        #region engine's package, training
        var network = new NetworkSpec(InputCount: 1, [new(16)], OutputCount: 1);
        using var trainer = new NetworkTrainer(network, NetworkInitializer.Initialize(network, seed: 1), threads: 1);
        const int Sequences = 16, TimeSteps = 20;
        var random = new SeededRandom(1);
        var (input, target) = (new float[Sequences * TimeSteps], new float[Sequences * TimeSteps]);
        for (var update = 0; update < 500; update++)
        {
            for (var i = 0; i < input.Length; i++)
                (input[i], target[i]) = (random.NextSingle(), i % TimeSteps == 0 ? 0 : input[i - 1]);
            var loss = trainer.Step(input, target, lossWeights: [], Sequences, TimeSteps, learningRate: 0.01);
            if (update % 100 == 0)
                Console.WriteLine($"update {update}: mean squared error {loss:F4}");
        }

        using (var file = File.Create("delay.safetensors"))
            new SafetensorsFile(new Dictionary<string, string>(), trainer.ExportWeights()).Write(file);
        #endregion

        #region engine's package, inference
        using var predictor = new NetworkPredictor(network, SafetensorsFile.Read("delay.safetensors").Tensors, threads: 1);
        var outputs = new float[3];
        predictor.Predict([0.2f, 0.9f, 0.5f], sequences: 1, timeSteps: 3, outputs);
        Console.WriteLine(string.Join(' ', outputs.Select(y => $"{y:F1}"))); // about 0 0.2 0.9
        #endregion
    }

    public static void FromTheNotebook()
    {
        #region load
        var test = HeartbeatCsv.Read("mitbih_test.csv").Set;
        #endregion

        #region reshape
        Console.WriteLine($"({test.Count}, {HeartbeatSet.BeatLength}) → ({test.Count}, {HeartbeatSet.BeatLength}, 1)");
        #endregion

        #region model
        var network = new NetworkSpec(InputCount: 1, [new(64), new(32), new(64)], OutputCount: 1);
        Console.WriteLine(network.ParameterCount); // 54209
        #endregion

        #region mask
        var broken = test.Samples.ToArray();
        for (var row = 0; row < test.Count; row++)
            broken.AsSpan((row * HeartbeatSet.BeatLength) + 100, 37).Fill(float.NaN);
        #endregion

        #region predict
        var predicted = new HeartbeatSet(broken, test.Classes).Recover("autoencoder.safetensors").Samples; // observed samples unchanged
        #endregion

        #region rmse
        double Rmse(int row) => Math.Sqrt(Enumerable.Range(row * HeartbeatSet.BeatLength, HeartbeatSet.BeatLength)
            .Average(t => Math.Pow(predicted[t] - test.Samples[t], 2)));
        Console.WriteLine(Enumerable.Range(0, test.Count).Average(Rmse)); // mean over all beats, whole-beat RMSE
        #endregion
    }
}
