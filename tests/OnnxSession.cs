using Microsoft.ML.OnnxRuntime;

namespace EcgRecovery;

/// <summary>An ONNX model in ONNX Runtime, on one thread.</summary>
internal sealed class OnnxSession : IDisposable
{
    private readonly InferenceSession _session;

    public OnnxSession(byte[] model)
    {
        using var options = new SessionOptions { InterOpNumThreads = 1, IntraOpNumThreads = 1 };
        _session = new InferenceSession(model, options);
    }

    public IReadOnlyDictionary<string, string> Metadata => _session.ModelMetadata.CustomMetadataMap;

    public string Description => _session.ModelMetadata.Description;

    public string Producer => _session.ModelMetadata.ProducerName;

    /// <summary>The inputs with their shapes, as in <c>x [B, T, 3]</c>.</summary>
    public string Inputs => Describe(_session.InputMetadata);

    /// <summary>The outputs with their shapes.</summary>
    public string Outputs => Describe(_session.OutputMetadata);

    /// <summary>Returns an output of float32.</summary>
    /// <param name="output">Its name.</param>
    /// <param name="input">x, [B, T, I].</param>
    /// <param name="sequences">B.</param>
    /// <param name="timeSteps">T.</param>
    public float[] Run(string output, float[] input, int sequences, int timeSteps) => Run<float>(output, input, sequences, timeSteps);

    /// <summary>Returns an output.</summary>
    public T[] Run<T>(string output, float[] input, int sequences, int timeSteps)
        where T : unmanaged
    {
        using var run = new RunOptions();
        using var x = OrtValue.CreateTensorValueFromMemory(input, [sequences, timeSteps, input.Length / (sequences * timeSteps)]);
        using var results = _session.Run(run, ["x"], [x], [output]);
        return results[0].GetTensorDataAsSpan<T>().ToArray();
    }

    public void Dispose() => _session.Dispose();

    private static string Describe(IReadOnlyDictionary<string, NodeMetadata> values) =>
        string.Join("; ", values.Select(value => $"{value.Key} [{string.Join(", ", Shape(value.Value))}]"));

    private static IEnumerable<string> Shape(NodeMetadata value) =>
        value.Dimensions.Zip(value.SymbolicDimensions, (length, letter) => length < 0 ? letter : $"{length}");
}
