using EcgRecovery.Neural.Engine;
using EcgRecovery.Neural.Kernels;
using EcgRecovery.Neural.Networks;
using EcgRecovery.Neural.Reference;

namespace EcgRecovery.Neural;

/// <summary>Makes the engine of the active path, and checks what callers hand to it.</summary>
internal static unsafe class Engines
{
    /// <summary>Steps of a sequence whose activations training keeps at a time.</summary>
    public const int DefaultSegmentSteps = 512;

    /// <summary>An engine that holds the weights.</summary>
    /// <exception cref="ArgumentException">The network is none that an engine can hold, the weights are not its own, or there are no threads.</exception>
    public static IEngine Create(
        NetworkSpec spec, EnginePath path, int threads, bool forTraining, IReadOnlyList<WeightTensor> weights, int segmentSteps = DefaultSegmentSteps)
    {
        // Everything is checked first: nothing of what follows then fails half-way with threads running and memory taken.
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

    /// <summary>A stream that holds the weights.</summary>
    /// <exception cref="ArgumentException">The network is none that an engine can hold, has a bidirectional layer, or the weights are not its own.</exception>
    public static ISequenceStream CreateStream(NetworkSpec spec, EnginePath path, IReadOnlyList<WeightTensor> weights)
    {
        spec.Validate();
        for (var layer = 0; layer < spec.Layers.Count; layer++)
        {
            if (spec.Layers[layer].Bidirectional)
                throw new ArgumentException($"Layer {layer + 1} is bidirectional; expected one direction, for the other begins at a sequence's end.");
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

    /// <summary>The tensors in the order of <see cref="NetworkSpec.TensorShapes"/>.</summary>
    /// <exception cref="ArgumentException">A tensor is missing, stands twice, has another shape or does not belong to the network.</exception>
    public static IReadOnlyList<WeightTensor> InOrder(NetworkSpec spec, IReadOnlyList<WeightTensor> tensors)
    {
        var byName = new Dictionary<string, WeightTensor>(StringComparer.Ordinal);
        foreach (var tensor in tensors)
        {
            if (!byName.TryAdd(tensor.Name, tensor))
                throw new ArgumentException($"Tensor {tensor.Name} stands twice.");
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
            : throw new ArgumentException($"Tensor {byName.Keys.First()} is not of this network, whose last is {ordered[^1].Name}.");
    }

    public static void Predict(
        IEngine engine, NetworkSpec spec, ReadOnlySpan<float> input, int sequences, int timeSteps, Span<float> destination)
    {
        CheckLength("Input", input.Length, sequences, timeSteps, spec.InputCount, 'I');
        CheckLength("Destination", destination.Length, sequences, timeSteps, spec.OutputCount, 'O');
        fixed (float* x = input, y = destination)
            engine.Predict(x, sequences, timeSteps, y);
    }

    public static void CheckLength(string what, int length, int expected, char letter)
    {
        if (length != expected)
            throw new ArgumentException($"{what} has {length} values; expected [{letter}] = {expected}.");
    }

    public static void CheckLength(string what, int length, int sequences, int timeSteps, int channels, char letter)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sequences, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(timeSteps, 1);
        var expected = (long)sequences * timeSteps * channels;
        if (length != expected)
            throw new ArgumentException($"{what} has {length} values; expected [B, T, {letter}] = [{sequences}, {timeSteps}, {channels}] = {expected}.");
    }
}
