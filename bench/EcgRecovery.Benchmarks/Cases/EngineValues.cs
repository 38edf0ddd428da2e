using EcgRecovery.Neural;
using EcgRecovery.Neural.Networks;

namespace EcgRecovery.Benchmarks.Cases;

/// <summary>The results of an engine for a case.</summary>
/// <param name="Output">[B, T, O].</param>
/// <param name="Loss">The mean squared error; null for inference.</param>
/// <param name="Gradients">The gradients of the loss, in the order of the weights; empty for inference.</param>
internal sealed record EngineValues(float[] Output, double? Loss, IReadOnlyList<WeightTensor> Gradients)
{
    /// <summary>Returns the expected values: those of the scalar specification in double precision.</summary>
    /// <remarks>Computes only the distinct sequences, each with its number of repeats as loss weight.</remarks>
    public static EngineValues Expected(CaseFolder folder)
    {
        var (network, steps, distinct) = (folder.Network, folder.TimeSteps, folder.DistinctSequences);
        using var reference = new NetworkTrainer(network, folder.Weights, threads: 1, optimizer: null, loss: null, EnginePath.Reference);
        var inputs = folder.Input.AsSpan(0, distinct * steps * network.InputCount);
        var outputs = new float[distinct * steps * network.OutputCount];
        reference.Predict(inputs, distinct, steps, outputs);

        var repeats = new float[outputs.Length];
        var perSequence = steps * network.OutputCount;
        for (var sequence = 0; sequence < folder.Sequences; sequence++)
        {
            foreach (ref var count in repeats.AsSpan(sequence % distinct * perSequence, perSequence))
                count++;
        }

        var loss = reference.ComputeGradients(inputs, folder.Target.AsSpan(0, outputs.Length), repeats, distinct, steps);
        var batch = new float[folder.Sequences * perSequence];
        for (var i = 0; i < batch.Length; i++)
            batch[i] = outputs[i % outputs.Length];
        return new EngineValues(batch, loss, reference.ExportGradients());
    }

    /// <summary>Writes the files that <see cref="Read"/> reads.</summary>
    public void Write(string path)
    {
        CaseFolder.WriteArray(path, "output", Output);
        if (Loss is not { } loss)
            return;
        CaseFolder.WriteArray(path, "loss", [(float)loss]);
        foreach (var gradient in Gradients)
            CaseFolder.WriteArray(path, $"gradient.{gradient.Name}", gradient.Values);
    }

    /// <summary>Reads the results of an engine: output.f32, and for training loss.f32 and gradient.lstm_1.kernel.f32 ….</summary>
    public static EngineValues Read(string path, NetworkSpec network, bool training) => training
        ? new(
            CaseFolder.ReadArray(path, "output"), CaseFolder.ReadArray(path, "loss")[0],
            CaseFolder.ReadTensors(path, network, "gradient."))
        : new(CaseFolder.ReadArray(path, "output"), Loss: null, Gradients: []);
}
