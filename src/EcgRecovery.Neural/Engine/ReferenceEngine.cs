using EcgRecovery.Neural.Networks;
using EcgRecovery.Neural.Reference;
using EcgRecovery.Neural.Training;

namespace EcgRecovery.Neural.Engine;

/// <summary>The scalar specification as an engine: one thread, double precision, hundreds of times slower.</summary>
/// <remarks>Weights and moments are rounded to float after every update, as in a file, so that a resumed run has the same bits.</remarks>
internal sealed unsafe class ReferenceEngine(NetworkSpec spec) : IEngine
{
    private readonly ReferenceAdam _adam = new(spec.ParameterCount);
    private readonly double[] _gradients = new double[spec.ParameterCount];
    private ReferenceNetwork? _network;

    public long Updates
    {
        get => _adam.Steps;
        set => _adam.Steps = value;
    }

    private ReferenceNetwork Network =>
        _network ?? throw new InvalidOperationException("The engine has no weights yet; import them first.");

    public double ComputeGradients(float* input, float* target, float* lossWeights, int sequences, int steps, LossFunction loss)
    {
        var outputs = sequences * steps * spec.OutputCount;
        return Network.LossAndGradients(
            new ReadOnlySpan<float>(input, sequences * steps * spec.InputCount),
            new ReadOnlySpan<float>(target, outputs),
            lossWeights is null ? [] : new ReadOnlySpan<float>(lossWeights, outputs),
            sequences, steps, loss, _gradients);
    }

    public void Update(AdamOptions options, double learningRate)
    {
        if (options.ClipNorm > 0)
            ReferenceClipping.ByGlobalNorm(_gradients, options.ClipNorm);
        if (options.WeightDecay != 0)
            Network.Decay(learningRate * options.WeightDecay);
        _adam.Step(Network.Parameters, _gradients, learningRate, options);
        RoundToFloat(Network.Parameters);
        RoundToFloat(_adam.FirstMoments);
        RoundToFloat(_adam.SecondMoments);
    }

    public void Predict(float* input, int sequences, int steps, float* output) => Network.Forward(
        new ReadOnlySpan<float>(input, sequences * steps * spec.InputCount), sequences, steps,
        new Span<float>(output, sequences * steps * spec.OutputCount));

    public IReadOnlyList<WeightTensor> Export(EngineArray array)
    {
        var values = Flat(array);
        var at = 0;
        return [.. spec.TensorShapes().Select(t => new WeightTensor(t.Name, t.Shape, Next(t.Shape.Aggregate(1, (p, n) => p * n))))];

        float[] Next(int count) => [.. Enumerable.Range(0, count).Select(_ => (float)values[at++])];
    }

    public void Import(EngineArray array, IReadOnlyList<WeightTensor> tensors)
    {
        if (array == EngineArray.Weights)
        {
            _network = new ReferenceNetwork(spec, tensors);
            return;
        }

        var values = Flat(array);
        var at = 0;
        foreach (var value in tensors.SelectMany(t => t.Values))
            values[at++] = value;
    }

    public long MemoryBytes => 0;   // the specification is on the managed heap

    public void Dispose()
    {
    }

    private static void RoundToFloat(double[] values)
    {
        for (var i = 0; i < values.Length; i++)
            values[i] = (float)values[i];
    }

    private double[] Flat(EngineArray array) => array switch
    {
        EngineArray.Weights => Network.Parameters,
        EngineArray.Gradients => _gradients,
        EngineArray.FirstMoments => _adam.FirstMoments,
        _ => _adam.SecondMoments,
    };
}
