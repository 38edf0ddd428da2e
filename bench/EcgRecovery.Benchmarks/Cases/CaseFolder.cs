using System.Globalization;
using System.Runtime.InteropServices;
using EcgRecovery.Benchmarks.Workloads;
using EcgRecovery.Neural;
using EcgRecovery.Neural.Files;
using EcgRecovery.Neural.Networks;

namespace EcgRecovery.Benchmarks.Cases;

/// <summary>A network, its weights and a batch, as raw files for engines in any language.</summary>
/// <remarks>
/// <code>
/// shape                     I O T B, then a word per layer: 64, or 64b for two directions
/// lstm_1.kernel.f32 …       the tensors of NetworkSpec.TensorShapes, Keras' layout, little-endian float32
/// input.f32 [B, T, I]       target.f32 [B, T, O]
/// model.onnx                the same network for ONNX Runtime
/// </code>
/// A batch repeats a few sequences (<see cref="DistinctSequences"/>), so that the slow specification can compute the expected values.
/// </remarks>
internal sealed class CaseFolder
{
    // Seven has no factor in common with sixteen: neighbouring lanes, groups and slots of our engine have different sequences.
    private const int MaximumDistinctSequences = 7;
    private const float LargestBias = 0.1f;

    private CaseFolder(string path, NetworkSpec network, int timeSteps, int sequences)
    {
        Path = path;
        Network = network;
        TimeSteps = timeSteps;
        Sequences = sequences;
        Weights = [.. network.TensorShapes().Select(t => new WeightTensor(t.Name, t.Shape, []))];
    }

    public string Path { get; }

    public NetworkSpec Network { get; }

    /// <summary>T.</summary>
    public int TimeSteps { get; }

    /// <summary>B.</summary>
    public int Sequences { get; }

    /// <summary>Number of different sequences: sequence s of the batch is number s modulo this.</summary>
    public int DistinctSequences => Math.Min(Sequences, MaximumDistinctSequences);

    public IReadOnlyList<WeightTensor> Weights { get; private init; }

    /// <summary>[B, T, I].</summary>
    public float[] Input { get; private init; } = [];

    /// <summary>[B, T, O].</summary>
    public float[] Target { get; private init; } = [];

    /// <summary>Writes a folder with random weights and a random batch for a workload.</summary>
    public static CaseFolder Create(string path, Workload workload)
    {
        var network = workload.Network;
        var random = new SeededRandom(1);
        var empty = new CaseFolder(path, network, workload.TimeSteps, workload.Sequences);
        var created = new CaseFolder(path, network, workload.TimeSteps, workload.Sequences)
        {
            Weights = [.. NetworkInitializer.Initialize(network, seed: 2).Select(tensor => WithUnevenBias(tensor, random))],
            Input = Batch(network.InputCount),
            Target = Batch(network.OutputCount),
        };
        created.Write();
        return created;

        float[] Batch(int channels)
        {
            var length = workload.TimeSteps * channels;
            return Repeat(Draw(empty.DistinctSequences * length, random), workload.Sequences * length);
        }
    }

    /// <summary>Reads a folder of <see cref="Create"/>.</summary>
    public static CaseFolder Read(string path)
    {
        var words = File.ReadAllText(System.IO.Path.Combine(path, "shape")).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var layers = words.Skip(4).Select(word => new LstmLayerSpec(Number(word.TrimEnd('b')), word.EndsWith('b')));
        var network = new NetworkSpec(Number(words[0]), [.. layers], Number(words[1]));
        return new CaseFolder(path, network, Number(words[2]), Number(words[3]))
        {
            Weights = ReadTensors(path, network, prefix: ""),
            Input = ReadArray(path, "input"),
            Target = ReadArray(path, "target"),
        };
    }

    /// <summary>Reads the tensors of a network from a folder: its weights, or with a prefix its gradients.</summary>
    public static IReadOnlyList<WeightTensor> ReadTensors(string path, NetworkSpec network, string prefix) =>
        [.. network.TensorShapes().Select(t => new WeightTensor(t.Name, t.Shape, ReadArray(path, prefix + t.Name)))];

    public static float[] ReadArray(string path, string name) =>
        MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(System.IO.Path.Combine(path, name + ".f32"))).ToArray();

    public static void WriteArray(string path, string name, ReadOnlySpan<float> values) =>
        File.WriteAllBytes(System.IO.Path.Combine(path, name + ".f32"), MemoryMarshal.AsBytes(values));

    private void Write()
    {
        Directory.CreateDirectory(Path);
        var layers = Network.Layers.Select(layer => $"{layer.Units}{(layer.Bidirectional ? "b" : "")}");
        File.WriteAllText(
            System.IO.Path.Combine(Path, "shape"),
            $"{Network.InputCount} {Network.OutputCount} {TimeSteps} {Sequences} {string.Join(' ', layers)}\n");
        foreach (var tensor in Weights)
            WriteArray(Path, tensor.Name, tensor.Values);
        WriteArray(Path, "input", Input);
        WriteArray(Path, "target", Target);
        var model = new OnnxModel();
        model.Output("y", model.Network(model.Input("x", Network.InputCount), Network, Weights));
        using var file = File.Create(System.IO.Path.Combine(Path, "model.onnx"));
        model.Write(file);
    }

    /// <summary>Adds random numbers to a bias: equal values for all units of a gate would hide a wrong order of units.</summary>
    private static WeightTensor WithUnevenBias(WeightTensor tensor, SeededRandom random) => tensor.Shape.Length > 1
        ? tensor
        : tensor with { Values = [.. tensor.Values.Select(value => value + (LargestBias * Uniform(random)))] };

    private static float[] Draw(int count, SeededRandom random)
    {
        var values = new float[count];
        for (var i = 0; i < count; i++)
            values[i] = Uniform(random);
        return values;
    }

    private static float Uniform(SeededRandom random) => (float)((2 * random.NextDouble()) - 1);

    private static float[] Repeat(float[] values, int count)
    {
        var all = new float[count];
        for (var i = 0; i < count; i++)
            all[i] = values[i % values.Length];
        return all;
    }

    private static int Number(string word) => int.Parse(word, CultureInfo.InvariantCulture);
}
