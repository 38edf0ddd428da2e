using System.Globalization;
using System.Runtime.InteropServices;
using EcgRecovery.Neural.Files;
using EcgRecovery.Neural.Networks;
using EcgRecovery.Neural.Training;

namespace EcgRecovery.Neural.Tests.Golden;

/// <summary>A network with inputs and the results of another implementation; see README.md.</summary>
/// <param name="Name">The name of the file, or of the case.</param>
/// <param name="Spec">The shape.</param>
/// <param name="Sequences">B.</param>
/// <param name="TimeSteps">T.</param>
/// <param name="LossFunction">The loss.</param>
/// <param name="Weights">In the order of <see cref="NetworkSpec.TensorShapes"/>, as all tensors here.</param>
/// <param name="Input">[B, T, I].</param>
/// <param name="Target">[B, T, O]; zeros if the other implementation computed only outputs.</param>
/// <param name="LossWeights">[B, T, O], or empty for all 1.</param>
/// <param name="Output">[B, T, O].</param>
/// <param name="Loss">The loss; null if the other implementation computed only outputs.</param>
/// <param name="Gradients">The gradients; empty if the other implementation computed only outputs.</param>
internal sealed record GoldenCase(
    string Name,
    NetworkSpec Spec,
    int Sequences,
    int TimeSteps,
    LossFunction LossFunction,
    IReadOnlyList<WeightTensor> Weights,
    float[] Input,
    float[] Target,
    float[] LossWeights,
    float[] Output,
    double? Loss,
    IReadOnlyList<WeightTensor> Gradients)
{
    /// <summary>Gets the names of the cases with a forward and, except <c>keras-…</c>, a backward pass.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "original-64-32-64", "single-5", "bidirectional-7-huber", "mixed-4-3b-6-masked", "bidirectional-16-16-masked-huber",
        "one-step-6", "large-weights-5-8b", "keras-5-4b-3b-6",
    ];

    public static GoldenCase Load(string name)
    {
        var file = GoldenFile.Read(name);
        var hasLoss = file.Metadata.ContainsKey("loss");
        var output = GoldenFile.Values(file, "output");
        var delta = file.Metadata.GetValueOrDefault("huber_delta", "");
        return new GoldenCase(
            name,
            GoldenFile.Spec(file),
            GoldenFile.Integer(file, "sequences"),
            GoldenFile.Integer(file, "time_steps"),
            delta.Length == 0 ? new MeanSquaredError() : new HuberLoss(float.Parse(delta, CultureInfo.InvariantCulture)),
            GoldenFile.Tensors(file, "weights/"),
            GoldenFile.Values(file, "input"),
            hasLoss ? GoldenFile.Values(file, "target") : new float[output.Length],
            GoldenFile.Values(file, "loss_weights"),
            output,
            hasLoss ? double.Parse(file.Metadata["loss"], CultureInfo.InvariantCulture) : null,
            GoldenFile.Tensors(file, "gradients/"));
    }

    /// <summary>Returns the original network at full length (B = 32, T = 187) from the development data, or null without them.</summary>
    /// <remarks>PyTorch 1.13, float64: <c>peers/dump.py</c> beside the data. Gate order i, f, g, o; matrices [4H, inputs].</remarks>
    public static GoldenCase? LoadFullLength()
    {
        if (TestData.Folder("../prototype/engine/vec.bin") is not { } path)
            return null;
        const int sequences = 32, timeSteps = 187;
        var spec = new NetworkSpec(1, [new(64), new(32), new(64)], 1);
        var values = MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(path)).ToArray();
        var at = 0;
        var input = Next(sequences * timeSteps);
        var target = Next(sequences * timeSteps);
        var weights = Tensors();
        var output = Next(sequences * timeSteps);
        var loss = Next(1)[0];
        var gradients = Tensors();
        Assert.Equal(values.Length, at);
        return new GoldenCase(
            "full length", spec, sequences, timeSteps, new MeanSquaredError(), weights, input, target, [], output, loss, gradients);

        float[] Next(int count) => values[at..(at += count)];
        WeightTensor[] Tensors() => [.. spec.TensorShapes().Select(t => new WeightTensor(t.Name, t.Shape, Transposed(t.Shape)))];
        float[] Transposed(int[] shape)
        {
            var (rows, columns) = shape.Length == 1 ? (1, shape[0]) : (shape[0], shape[1]);
            var source = Next(rows * columns);
            var result = new float[source.Length];
            for (var row = 0; row < rows; row++)
            {
                for (var column = 0; column < columns; column++)
                    result[(row * columns) + column] = source[(column * rows) + row];
            }

            return result;
        }
    }
}

/// <summary>A network and its weights after 30 steps of clipped gradients and Keras' Adam; see README.md.</summary>
/// <param name="Start">Network, inputs and the weights before the first step; no output, loss or gradients.</param>
/// <param name="LearningRate">lr.</param>
/// <param name="ClipNorm">The maximum global norm of the gradients; some steps are clipped, some not.</param>
/// <param name="Losses">The loss before each step.</param>
/// <param name="Trained">The weights after the last step.</param>
internal sealed record GoldenTrajectory(
    GoldenCase Start, double LearningRate, double ClipNorm, double[] Losses, IReadOnlyList<WeightTensor> Trained)
{
    public static GoldenTrajectory Load()
    {
        const string name = "adam-6-5b";
        var file = GoldenFile.Read(name);
        var start = new GoldenCase(
            name,
            GoldenFile.Spec(file),
            GoldenFile.Integer(file, "sequences"),
            GoldenFile.Integer(file, "time_steps"),
            new MeanSquaredError(),
            GoldenFile.Tensors(file, "weights/"),
            GoldenFile.Values(file, "input"),
            GoldenFile.Values(file, "target"),
            LossWeights: [],
            Output: [],
            Loss: null,
            Gradients: []);
        return new GoldenTrajectory(
            start,
            double.Parse(file.Metadata["learning_rate"], CultureInfo.InvariantCulture),
            double.Parse(file.Metadata["clip_norm"], CultureInfo.InvariantCulture),
            [.. file.Metadata["losses"].Split(' ').Select(text => double.Parse(text, CultureInfo.InvariantCulture))],
            GoldenFile.Tensors(file, "trained/"));
    }
}

/// <summary>A reader of the files of <c>golden.py</c> and <c>keras.js</c>.</summary>
internal static class GoldenFile
{
    public static SafetensorsFile Read(string name)
    {
        using var stream = typeof(GoldenFile).Assembly.GetManifestResourceStream($"{name}.safetensors");
        Assert.NotNull(stream);
        return SafetensorsFile.Read(stream, name);
    }

    public static NetworkSpec Spec(SafetensorsFile file) => new(
        Integer(file, "inputs"),
        [.. file.Metadata["layers"].Split(' ').Select(text => new LstmLayerSpec(
            int.Parse(text.TrimEnd('b'), CultureInfo.InvariantCulture), text.EndsWith('b')))],
        Integer(file, "outputs"));

    public static int Integer(SafetensorsFile file, string key) => int.Parse(file.Metadata[key], CultureInfo.InvariantCulture);

    /// <summary>Returns the values of a tensor; empty if the file has none of this name.</summary>
    public static float[] Values(SafetensorsFile file, string name) => file.Tensors.SingleOrDefault(t => t.Name == name)?.Values ?? [];

    /// <summary>Returns the tensors whose names have a prefix, in order, without the prefix.</summary>
    public static IReadOnlyList<WeightTensor> Tensors(SafetensorsFile file, string prefix) =>
    [
        .. file.Tensors
            .Where(t => t.Name.StartsWith(prefix, StringComparison.Ordinal))
            .Select(t => t with { Name = t.Name[prefix.Length..] }),
    ];
}
