using EcgRecovery.Neural.Engine;
using EcgRecovery.Neural.Kernels;
using EcgRecovery.Neural.Networks;
using EcgRecovery.Neural.Reference;

namespace EcgRecovery.Neural;

/// <summary>Creates the engine of a path, and checks the arguments of callers.</summary>
internal static unsafe class Engines
{
    /// <summary>Default number of time steps whose activations training keeps at a time.</summary>
    public const int DefaultSegmentSteps = 512;

    /// <summary>Creates an engine with weights.</summary>
    /// <exception cref="ArgumentException">The network is not valid, the weights do not fit it, or a count is below 1.</exception>
    public static IEngine Create(
        NetworkSpec spec, EnginePath path, int threads, bool forTraining, IReadOnlyList<WeightTensor> weights,
        int segmentSteps = DefaultSegmentSteps)
    {
        // Check everything first: a failure below would leave threads running and memory allocated.
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(segmentSteps, 1);
        spec.Validate();
        var tensors = InOrder(spec, weights);
        IEngine engine = path switch
        {
            EnginePath.Reference => new ReferenceEngine(spec),
            EnginePath.Avx512 => new LaneEngine<Lanes512>(spec, threads, forTraining, segmentSteps),
            EnginePath.Avx2 => new LaneEngine<Lanes256>(spec, threads, forTraining, segmentSteps),
            _ => new LaneEngine<Lanes128>(spec, threads, forTraining, segmentSteps),
        };
        engine.Import(EngineArray.Weights, tensors);
        return engine;
    }

    /// <summary>Creates a stream with weights.</summary>
    /// <exception cref="ArgumentException">The network is not valid or has a bidirectional layer, or the weights do not fit it.</exception>
    public static ISequenceStream CreateStream(NetworkSpec spec, EnginePath path, IReadOnlyList<WeightTensor> weights)
    {
        spec.Validate();
        for (var layer = 0; layer < spec.Layers.Count; layer++)
        {
            if (spec.Layers[layer].Bidirectional)
            {
                throw new ArgumentException(
                    $"Layer {layer + 1} is bidirectional; expected one direction, for the other begins at a sequence's end.");
            }
        }

        var tensors = InOrder(spec, weights);
        return path switch
        {
            EnginePath.Reference => new ReferenceStream(spec, new ReferenceNetwork(spec, tensors)),
            EnginePath.Avx512 => new SequenceStream<Lanes512>(SequenceWeights.Create(spec, tensors)),
            EnginePath.Avx2 => new SequenceStream<Lanes256>(SequenceWeights.Create(spec, tensors)),
            _ => new SequenceStream<Lanes128>(SequenceWeights.Create(spec, tensors)),
        };
    }

    /// <summary>Returns the tensors in the order of <see cref="NetworkSpec.TensorShapes"/>.</summary>
    /// <exception cref="ArgumentException">A tensor is missing, repeated, of another shape, or not part of the network.</exception>
    public static IReadOnlyList<WeightTensor> InOrder(NetworkSpec spec, IReadOnlyList<WeightTensor> tensors)
    {
        var byName = new Dictionary<string, WeightTensor>(StringComparer.Ordinal);
        foreach (var tensor in tensors)
        {
            if (!byName.TryAdd(tensor.Name, tensor))
                throw new ArgumentException($"Tensor {tensor.Name} occurs twice.");
        }

        var ordered = new List<WeightTensor>(tensors.Count);
        foreach (var (name, shape) in spec.TensorShapes())
        {
            var expected = $"[{string.Join(", ", shape)}]";
            if (!byName.Remove(name, out var tensor))
                throw new ArgumentException($"Tensor {name} is missing; expected shape {expected}.");
            if (!tensor.Shape.AsSpan().SequenceEqual(shape))
                throw new ArgumentException($"Tensor {name} has shape [{string.Join(", ", tensor.Shape)}]; expected {expected}.");
            var count = shape.Aggregate(1, (product, n) => product * n);
            if (tensor.Values.Length != count)
                throw new ArgumentException($"Tensor {name} has {tensor.Values.Length} values; expected {expected} = {count}.");
            ordered.Add(tensor);
        }

        return byName.Count == 0
            ? ordered
            : throw new ArgumentException(
                $"Tensor {byName.Keys.First()} is not part of this network; its last tensor is {ordered[^1].Name}.");
    }

    /// <summary>Checks the lengths and predicts.</summary>
    /// <exception cref="ArgumentException">A length does not fit the shapes.</exception>
    public static void Predict(
        IEngine engine, NetworkSpec spec, ReadOnlySpan<float> input, int sequences, int timeSteps, Span<float> destination)
    {
        CheckLength("Input", input.Length, sequences, timeSteps, spec.InputCount, 'I');
        CheckLength("Destination", destination.Length, sequences, timeSteps, spec.OutputCount, 'O');
        fixed (float* x = input, y = destination)
            engine.Predict(x, sequences, timeSteps, y);
    }

    /// <summary>Checks the length of an array of one dimension.</summary>
    /// <exception cref="ArgumentException">The length is another.</exception>
    public static void CheckLength(string what, int length, int expected, char letter)
    {
        if (length != expected)
            throw new ArgumentException($"{what} has {length} values; expected [{letter}] = {expected}.");
    }

    /// <summary>Checks the length of an array [B, T, channels].</summary>
    /// <exception cref="ArgumentException">The length is another.</exception>
    public static void CheckLength(string what, int length, int sequences, int timeSteps, int channels, char letter)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sequences, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(timeSteps, 1);
        var expected = (long)sequences * timeSteps * channels;
        if (length != expected)
        {
            throw new ArgumentException(
                $"{what} has {length} values; expected [B, T, {letter}] = [{sequences}, {timeSteps}, {channels}] = {expected}.");
        }
    }
}
