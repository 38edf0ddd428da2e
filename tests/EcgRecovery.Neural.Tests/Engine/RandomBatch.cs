using System.Globalization;
using EcgRecovery.Neural.Networks;

namespace EcgRecovery.Neural.Tests.Engine;

/// <summary>A network and a batch of random numbers, for tests that compare implementations.</summary>
internal sealed record RandomBatch(
    NetworkSpec Spec, int Sequences, int TimeSteps, IReadOnlyList<WeightTensor> Weights, float[] Input, float[] Target, float[] LossWeights)
{
    /// <param name="inputs">I.</param>
    /// <param name="layers">Units of the layers: <c>4 3b</c> is LSTM(4), bidirectional LSTM(3).</param>
    /// <param name="outputs">O.</param>
    /// <param name="sequences">B.</param>
    /// <param name="timeSteps">T.</param>
    /// <param name="seed">The seed of all numbers.</param>
    public static RandomBatch Create(int inputs, string layers, int outputs, int sequences, int timeSteps, ulong seed = 1)
    {
        var spec = Network(inputs, layers, outputs);
        var random = new SeededRandom(seed);
        var weights = spec.TensorShapes().Select(t => new WeightTensor(t.Name, t.Shape, DrawWeights(t.Shape, random))).ToArray();
        var values = sequences * timeSteps;
        var lossWeights = Uniform(values * outputs, 1, random);
        for (var i = 0; i < lossWeights.Length; i++)
            lossWeights[i] = lossWeights[i] < -0.3f ? 0 : lossWeights[i] + 0.3f;
        return new RandomBatch(
            spec, sequences, timeSteps, weights, Uniform(values * inputs, 2, random), Uniform(values * outputs, 1, random), lossWeights);
    }

    public static NetworkSpec Network(int inputs, string layers, int outputs) => new(
        inputs,
        [
            .. layers.Split(' ').Select(text =>
                new LstmLayerSpec(int.Parse(text.TrimEnd('b'), CultureInfo.InvariantCulture), text.EndsWith('b'))),
        ],
        outputs);

    public static float[] Uniform(int count, float limit, SeededRandom random)
    {
        var values = new float[count];
        for (var i = 0; i < count; i++)
            values[i] = limit * ((2 * random.NextSingle()) - 1);
        return values;
    }

    /// <summary>Returns weights in Glorot's range; every seventh is zero.</summary>
    private static float[] DrawWeights(int[] shape, SeededRandom random)
    {
        var values = Uniform(shape.Aggregate(1, (product, n) => product * n), shape.Length == 1 ? 1 : MathF.Sqrt(6f / shape.Sum()), random);
        for (var i = 3; i < values.Length; i += 7)
            values[i] = 0;
        return values;
    }
}
