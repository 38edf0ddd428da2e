using EcgRecovery.Neural.Networks;
using EcgRecovery.Neural.Training;

namespace EcgRecovery.Neural.Reference;

/// <summary>The specification of the engine: LSTM layers and a dense layer with all gradients, scalar, in double precision.</summary>
/// <remarks>
/// <code>
/// a₀ = x, [B, T, I]      aₙ = LSTMₙ(aₙ₋₁), or LSTMₙ→(aₙ₋₁) ‖ LSTMₙ←(aₙ₋₁) when bidirectional      y = a·W + b, [B, T, O]
/// </code>
/// B sequences, T time steps, I inputs, O outputs; L is a <see cref="LossFunction"/>. Weights are floats, so a result has no rounding but
/// that of its conversion to float: the difference of a fast engine is the error of that engine. Some hundred times slower than
/// the kernels.
/// </remarks>
internal sealed class ReferenceNetwork
{
    private readonly NetworkSpec spec;
    private readonly (string Name, int Start, int Length)[] slots;

    /// <summary>Creates a network with a copy of the weights.</summary>
    /// <param name="spec">The shape.</param>
    /// <param name="weights">One tensor for each of <see cref="NetworkSpec.TensorShapes"/>, in that order.</param>
    /// <exception cref="ArgumentException">The tensors do not fit <paramref name="spec"/>.</exception>
    public ReferenceNetwork(NetworkSpec spec, IReadOnlyList<WeightTensor> weights)
    {
        RequireFit(spec, weights);
        this.spec = spec;
        slots = new (string, int, int)[weights.Count];
        Parameters = new double[spec.ParameterCount];
        var start = 0;
        for (var n = 0; n < weights.Count; n++)
        {
            var values = weights[n].Values;
            for (var i = 0; i < values.Length; i++)
                Parameters[start + i] = values[i];
            slots[n] = (weights[n].Name, start, values.Length);
            start += values.Length;
        }
    }

    /// <summary>θ: all weights, in the order of <see cref="NetworkSpec.TensorShapes"/>; may be changed in place.</summary>
    public double[] Parameters { get; }

    /// <summary>Computes y from x.</summary>
    /// <param name="input">x, [B, T, I].</param>
    /// <param name="sequences">B.</param>
    /// <param name="timeSteps">T.</param>
    /// <param name="output">Receives y, [B, T, O].</param>
    /// <exception cref="ArgumentException">A length does not fit the shapes above.</exception>
    public void Forward(ReadOnlySpan<float> input, int sequences, int timeSteps, Span<float> output)
    {
        RequireLength("Input", input.Length, "I", sequences, timeSteps, spec.InputCount);
        RequireLength("Output", output.Length, "O", sequences, timeSteps, spec.OutputCount);
        var y = Run(input, sequences, timeSteps).Output;
        for (var i = 0; i < y.Length; i++)
            output[i] = (float)y[i];
    }

    /// <summary>Computes y of the next time step of one sequence; every layer must be of one direction.</summary>
    /// <param name="state">The state of the sequence; advances by one step.</param>
    /// <param name="input">x, [I].</param>
    /// <param name="output">Receives y, [O].</param>
    public void Step(ReferenceState state, ReadOnlySpan<float> input, Span<float> output)
    {
        for (var i = 0; i < input.Length; i++)
            state.Input[i] = input[i];
        var x = state.Input;
        for (var n = 0; n < state.Layers.Length; n++)
        {
            state.Layers[n].Step(
                Weights(3 * n), Weights((3 * n) + 1), Weights((3 * n) + 2), x, state.Gates[n], state.Cells[n], state.Hidden[n]);
            x = state.Hidden[n];
        }

        var dense = 3 * state.Layers.Length;
        Weights(dense + 1).CopyTo(state.Output);
        Matrices.AddProduct(x, Weights(dense), state.Output);
        for (var o = 0; o < output.Length; o++)
            output[o] = (float)state.Output[o];
    }

    /// <summary>Computes L and ∂L/∂θ, as float tensors.</summary>
    /// <param name="input">x, [B, T, I].</param>
    /// <param name="target">t, [B, T, O].</param>
    /// <param name="lossWeights">w, [B, T, O], or empty for all 1.</param>
    /// <param name="sequences">B.</param>
    /// <param name="timeSteps">T.</param>
    /// <param name="loss">The loss.</param>
    /// <param name="gradients">Receive ∂L/∂θ: the tensors of <see cref="NetworkSpec.TensorShapes"/>, in that order; overwritten.</param>
    /// <returns>L.</returns>
    /// <exception cref="ArgumentException">A length does not fit the shapes above.</exception>
    public double LossAndGradients(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target, ReadOnlySpan<float> lossWeights, int sequences, int timeSteps,
        LossFunction loss, IReadOnlyList<WeightTensor> gradients)
    {
        RequireFit(spec, gradients);
        var flat = new double[Parameters.Length];
        var value = LossAndGradients(input, target, lossWeights, sequences, timeSteps, loss, flat);
        for (var n = 0; n < slots.Length; n++)
        {
            for (var i = 0; i < slots[n].Length; i++)
                gradients[n].Values[i] = (float)flat[slots[n].Start + i];
        }

        return value;
    }

    /// <summary>Computes L and ∂L/∂θ, in double precision.</summary>
    /// <param name="input">x, [B, T, I].</param>
    /// <param name="target">t, [B, T, O].</param>
    /// <param name="lossWeights">w, [B, T, O], or empty for all 1.</param>
    /// <param name="sequences">B.</param>
    /// <param name="timeSteps">T.</param>
    /// <param name="loss">The loss.</param>
    /// <param name="gradients">Receives ∂L/∂θ, in the order of <see cref="Parameters"/>; overwritten.</param>
    /// <returns>L.</returns>
    /// <exception cref="ArgumentException">A length does not fit the shapes above.</exception>
    public double LossAndGradients(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target, ReadOnlySpan<float> lossWeights, int sequences, int timeSteps,
        LossFunction loss, Span<double> gradients)
    {
        RequireLength("Input", input.Length, "I", sequences, timeSteps, spec.InputCount);
        RequireLength("Target", target.Length, "O", sequences, timeSteps, spec.OutputCount);
        if (!lossWeights.IsEmpty)
            RequireLength("Loss weights", lossWeights.Length, "O", sequences, timeSteps, spec.OutputCount);
        if (gradients.Length != Parameters.Length)
            throw new ArgumentException($"Gradients have {gradients.Length} values; expected {Parameters.Length}.", nameof(gradients));

        gradients.Clear();
        var pass = Run(input, sequences, timeSteps);
        var outputGradient = new double[pass.Output.Length];
        var value = loss.Evaluate(pass.Output, target, lossWeights, sequences, timeSteps, outputGradient);
        Backward(pass, outputGradient, sequences, timeSteps, gradients);
        return value;
    }

    /// <summary>Decays the weight matrices, not the biases: θ −= share·θ.</summary>
    public void Decay(double share)
    {
        foreach (var (name, start, length) in slots)
        {
            if (name.EndsWith(".bias", StringComparison.Ordinal))
                continue;
            foreach (ref var parameter in Parameters.AsSpan(start, length))
                parameter -= share * parameter;
        }
    }

    /// <summary>Results of a forward pass.</summary>
    /// <param name="LayerOutputs">a₀ … aₙ, [B, T, …] each.</param>
    /// <param name="Traces">By layer, by direction.</param>
    /// <param name="Output">y, [B, T, O].</param>
    private sealed record Pass(double[][] LayerOutputs, ReferenceLstm.Trace[][] Traces, double[] Output);

    private Pass Run(ReadOnlySpan<float> input, int sequences, int timeSteps)
    {
        var frames = sequences * timeSteps;
        var activations = new double[spec.Layers.Count + 1][];
        activations[0] = new double[input.Length];
        for (var i = 0; i < input.Length; i++)
            activations[0][i] = input[i];

        var traces = new ReferenceLstm.Trace[spec.Layers.Count][];
        var slot = 0;
        for (var n = 0; n < spec.Layers.Count; n++)
        {
            var layer = spec.Layers[n];
            var directions = Directions(n);
            activations[n + 1] = new double[frames * layer.OutputCount];
            traces[n] = new ReferenceLstm.Trace[directions.Length];
            for (var d = 0; d < directions.Length; d++, slot += 3)
            {
                traces[n][d] = directions[d].Forward(
                    Weights(slot), Weights(slot + 1), Weights(slot + 2), activations[n], sequences, timeSteps);
                for (var frame = 0; frame < frames; frame++)
                {
                    traces[n][d].Hidden.AsSpan(frame * layer.Units, layer.Units)
                        .CopyTo(activations[n + 1].AsSpan((frame * layer.OutputCount) + (d * layer.Units)));
                }
            }
        }

        var output = new double[frames * spec.OutputCount];
        var last = activations[^1].AsSpan();
        var features = last.Length / frames;
        for (var frame = 0; frame < frames; frame++)
        {
            var y = output.AsSpan(frame * spec.OutputCount, spec.OutputCount);
            Weights(slot + 1).CopyTo(y);
            Matrices.AddProduct(last.Slice(frame * features, features), Weights(slot), y);
        }

        return new Pass(activations, traces, output);
    }

    private void Backward(Pass pass, double[] outputGradient, int sequences, int timeSteps, Span<double> gradients)
    {
        var frames = sequences * timeSteps;
        var slot = slots.Length - 2;
        var above = new double[pass.LayerOutputs[^1].Length];   // ∂L/∂aₙ
        var features = above.Length / frames;
        for (var frame = 0; frame < frames; frame++)
        {
            var dy = outputGradient.AsSpan(frame * spec.OutputCount, spec.OutputCount);
            var row = pass.LayerOutputs[^1].AsSpan(frame * features, features);
            Matrices.AddOuterProduct(row, dy, Gradient(gradients, slot));
            var biasGradient = Gradient(gradients, slot + 1);
            for (var output = 0; output < dy.Length; output++)
                biasGradient[output] += dy[output];
            Matrices.AddTransposedProduct(Weights(slot), dy, above.AsSpan(frame * features, features));
        }

        for (var n = spec.Layers.Count - 1; n >= 0; n--)
        {
            var layer = spec.Layers[n];
            var directions = Directions(n);
            slot -= 3 * directions.Length;
            var below = new double[pass.LayerOutputs[n].Length];
            for (var d = 0; d < directions.Length; d++)
            {
                var first = slot + (3 * d);
                var own = new double[frames * layer.Units];
                for (var frame = 0; frame < frames; frame++)
                {
                    above.AsSpan((frame * layer.OutputCount) + (d * layer.Units), layer.Units)
                        .CopyTo(own.AsSpan(frame * layer.Units));
                }

                directions[d].Backward(
                    Weights(first), Weights(first + 1), pass.LayerOutputs[n], pass.Traces[n][d], own, sequences, timeSteps,
                    Gradient(gradients, first), Gradient(gradients, first + 1), Gradient(gradients, first + 2), below);
            }

            above = below;
        }
    }

    private ReferenceLstm[] Directions(int layer)
    {
        var inputs = layer == 0 ? spec.InputCount : spec.Layers[layer - 1].OutputCount;
        var units = spec.Layers[layer].Units;
        return spec.Layers[layer].Bidirectional
            ? [new(inputs, units, backwardInTime: false), new(inputs, units, backwardInTime: true)]
            : [new(inputs, units, backwardInTime: false)];
    }

    private ReadOnlySpan<double> Weights(int slot) => Parameters.AsSpan(slots[slot].Start, slots[slot].Length);

    private Span<double> Gradient(Span<double> gradients, int slot) => gradients.Slice(slots[slot].Start, slots[slot].Length);

    private static void RequireFit(NetworkSpec spec, IReadOnlyList<WeightTensor> tensors)
    {
        var n = 0;
        foreach (var (name, shape) in spec.TensorShapes())
        {
            if (n >= tensors.Count)
                throw new ArgumentException($"{tensors.Count} tensors; the next expected is {name} [{string.Join(", ", shape)}].");
            var tensor = tensors[n++];
            var length = shape.Aggregate(1, (product, size) => product * size);
            if (tensor.Name != name || !tensor.Shape.AsSpan().SequenceEqual(shape) || tensor.Values.Length != length)
            {
                throw new ArgumentException(
                    $"Tensor {n} is {tensor.Name} [{string.Join(", ", tensor.Shape)}] of {tensor.Values.Length} values; "
                    + $"expected {name} [{string.Join(", ", shape)}] of {length}.");
            }
        }

        if (n != tensors.Count)
            throw new ArgumentException($"{tensors.Count} tensors; expected {n}.");
    }

    private static void RequireLength(string what, int length, string letter, int sequences, int timeSteps, int channels)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(sequences);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(timeSteps);
        if (length != (long)sequences * timeSteps * channels)
        {
            throw new ArgumentException(
                $"{what}: {length} values; expected [B, T, {letter}] = [{sequences}, {timeSteps}, {channels}] = "
                + $"{(long)sequences * timeSteps * channels}.");
        }
    }
}
