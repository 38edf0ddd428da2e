namespace EcgRecovery.Neural.Reference;

/// <summary>One direction of an LSTM layer and its gradients: the specification of the fast kernels.</summary>
/// <remarks>
/// B sequences, T time steps, I inputs, H hidden units. All arrays are row-major doubles. Gate order i, f, c, o (Keras); its third,
/// the candidate, is g below. A prime denotes the previous step in the direction's order; h and c are 0 before the first.
/// <code>
/// forward     i = σ(Wᵢ·x + Uᵢ·h′ + bᵢ)    f = σ(Wf·x + Uf·h′ + bf)    g = tanh(Wg·x + Ug·h′ + bg)    o = σ(Wₒ·x + Uₒ·h′ + bₒ)
///             c = f ⊙ c′ + i ⊙ g          h = o ⊙ tanh(c)
///
/// backward    dh = ∂L/∂h from above + Uᵀ·dz of the step after
///             dc = dh ⊙ o ⊙ (1 − tanh²c) + dc of the step after ⊙ f of the step after
///             dzᵢ = dc ⊙ g ⊙ i(1 − i)     dzf = dc ⊙ c′ ⊙ f(1 − f)   dzg = dc ⊙ i ⊙ (1 − g²)   dzₒ = dh ⊙ tanh(c) ⊙ o(1 − o)
///             dx = Wᵀ·dz      dW += x ⊗ dz      dU += h′ ⊗ dz      db += dz
/// </code>
/// A direction backward in time uses the same equations over t = T − 1 … 0.
/// <para>Sources: Hochreiter and Schmidhuber 1997, doi:10.1162/neco.1997.9.8.1735; Gers et al. 2000, doi:10.1162/089976600300015015;
/// gradients: Greff et al. 2017, doi:10.1109/TNNLS.2016.2582924 (appendix, without peepholes).</para>
/// </remarks>
/// <param name="inputs">I.</param>
/// <param name="units">H.</param>
/// <param name="backwardInTime">Whether the direction starts at the last time step.</param>
internal sealed class ReferenceLstm(int inputs, int units, bool backwardInTime)
{
    private const int GateCount = 4;

    /// <summary>Results of a forward pass for the backward pass.</summary>
    /// <param name="Gates">i, f, g, o after their activations, [B, T, 4H].</param>
    /// <param name="Cells">c, [B, T, H].</param>
    /// <param name="Hidden">h, [B, T, H]: the layer's output.</param>
    public sealed record Trace(double[] Gates, double[] Cells, double[] Hidden);

    /// <summary>Runs the forward pass of all sequences, from a state of zeros.</summary>
    /// <param name="kernel">W, [I, 4H].</param>
    /// <param name="recurrentKernel">U, [H, 4H].</param>
    /// <param name="bias">b, [4H].</param>
    /// <param name="input">x, [B, T, I].</param>
    /// <param name="sequences">B.</param>
    /// <param name="timeSteps">T.</param>
    public Trace Forward(
        ReadOnlySpan<double> kernel, ReadOnlySpan<double> recurrentKernel, ReadOnlySpan<double> bias,
        ReadOnlySpan<double> input, int sequences, int timeSteps)
    {
        var frames = sequences * timeSteps;
        var trace = new Trace(new double[frames * GateCount * units], new double[frames * units], new double[frames * units]);
        ReadOnlySpan<double> noCell = new double[units];
        for (var sequence = 0; sequence < sequences; sequence++)
        {
            for (var step = 0; step < timeSteps; step++)
            {
                var frame = Frame(sequence, step, timeSteps);
                var z = trace.Gates.AsSpan(frame * GateCount * units, GateCount * units);
                bias.CopyTo(z);
                Matrices.AddProduct(Row(input, frame, inputs), kernel, z);
                if (step > 0)
                    Matrices.AddProduct(Row(trace.Hidden, Frame(sequence, step - 1, timeSteps), units), recurrentKernel, z);
                var previousCell = step > 0 ? Row(trace.Cells, Frame(sequence, step - 1, timeSteps), units) : noCell;
                Activate(z, previousCell, trace.Cells.AsSpan(frame * units, units), trace.Hidden.AsSpan(frame * units, units));
            }
        }

        return trace;
    }

    /// <summary>Computes the next time step of one sequence.</summary>
    /// <param name="kernel">W, [I, 4H].</param>
    /// <param name="recurrentKernel">U, [H, 4H].</param>
    /// <param name="bias">b, [4H].</param>
    /// <param name="x">[I].</param>
    /// <param name="gates">Scratch, [4H].</param>
    /// <param name="cell">c′ in, c out, [H].</param>
    /// <param name="hidden">h′ in, h out, [H].</param>
    public void Step(
        ReadOnlySpan<double> kernel, ReadOnlySpan<double> recurrentKernel, ReadOnlySpan<double> bias,
        ReadOnlySpan<double> x, Span<double> gates, Span<double> cell, Span<double> hidden)
    {
        bias.CopyTo(gates);
        Matrices.AddProduct(x, kernel, gates);
        Matrices.AddProduct(hidden, recurrentKernel, gates);
        Activate(gates, cell, cell, hidden);
    }

    /// <summary>Runs the backward pass of all sequences; adds to the gradients of the weights and of the input.</summary>
    /// <param name="kernel">W, [I, 4H].</param>
    /// <param name="recurrentKernel">U, [H, 4H].</param>
    /// <param name="input">x of <see cref="Forward"/>, [B, T, I].</param>
    /// <param name="trace">The result of <see cref="Forward"/>.</param>
    /// <param name="hiddenGradient">∂L/∂h from the layer above, [B, T, H].</param>
    /// <param name="sequences">B.</param>
    /// <param name="timeSteps">T.</param>
    /// <param name="kernelGradient">Receives + dW, [I, 4H].</param>
    /// <param name="recurrentKernelGradient">Receives + dU, [H, 4H].</param>
    /// <param name="biasGradient">Receives + db, [4H].</param>
    /// <param name="inputGradient">Receives + dx, [B, T, I].</param>
    public void Backward(
        ReadOnlySpan<double> kernel, ReadOnlySpan<double> recurrentKernel,
        ReadOnlySpan<double> input, Trace trace, ReadOnlySpan<double> hiddenGradient, int sequences, int timeSteps,
        Span<double> kernelGradient, Span<double> recurrentKernelGradient, Span<double> biasGradient, Span<double> inputGradient)
    {
        var dz = new double[GateCount * units];
        var dh = new double[units];
        var dhFromAfter = new double[units];   // Uᵀ·dz of the step after
        var dcFromAfter = new double[units];   // dc ⊙ f of the step after
        for (var sequence = 0; sequence < sequences; sequence++)
        {
            Array.Clear(dhFromAfter);
            Array.Clear(dcFromAfter);
            for (var step = timeSteps - 1; step >= 0; step--)
            {
                var frame = Frame(sequence, step, timeSteps);
                var previous = step > 0 ? Frame(sequence, step - 1, timeSteps) : -1;
                for (var unit = 0; unit < units; unit++)
                    dh[unit] = hiddenGradient[(frame * units) + unit] + dhFromAfter[unit];
                GateGradients(trace, frame, previous, dh, dcFromAfter, dz);

                Matrices.AddOuterProduct(Row(input, frame, inputs), dz, kernelGradient);
                if (previous >= 0)
                    Matrices.AddOuterProduct(Row(trace.Hidden, previous, units), dz, recurrentKernelGradient);
                for (var j = 0; j < dz.Length; j++)
                    biasGradient[j] += dz[j];

                Array.Clear(dhFromAfter);
                Matrices.AddTransposedProduct(recurrentKernel, dz, dhFromAfter);
                Matrices.AddTransposedProduct(kernel, dz, inputGradient.Slice(frame * inputs, inputs));
            }
        }
    }

    /// <summary>Computes i, f, g, o in place of z, and c and h.</summary>
    private void Activate(Span<double> z, ReadOnlySpan<double> previousCell, Span<double> cell, Span<double> hidden)
    {
        for (var unit = 0; unit < units; unit++)
        {
            var i = z[unit] = Sigmoid(z[unit]);
            var f = z[units + unit] = Sigmoid(z[units + unit]);
            var g = z[(2 * units) + unit] = Math.Tanh(z[(2 * units) + unit]);
            var o = z[(3 * units) + unit] = Sigmoid(z[(3 * units) + unit]);
            var c = cell[unit] = (f * previousCell[unit]) + (i * g);
            hidden[unit] = o * Math.Tanh(c);
        }
    }

    /// <summary>Computes dz of one step from its dh; <paramref name="dcCarried"/> is dc ⊙ f of the step after, then of this step.</summary>
    private void GateGradients(Trace trace, int frame, int previous, double[] dh, double[] dcCarried, double[] dz)
    {
        var gates = trace.Gates.AsSpan(frame * GateCount * units, GateCount * units);
        for (var unit = 0; unit < units; unit++)
        {
            var (i, f, g, o) = (gates[unit], gates[units + unit], gates[(2 * units) + unit], gates[(3 * units) + unit]);
            var previousCell = previous >= 0 ? trace.Cells[(previous * units) + unit] : 0;
            var tanhCell = Math.Tanh(trace.Cells[(frame * units) + unit]);
            var dc = (dh[unit] * o * (1 - (tanhCell * tanhCell))) + dcCarried[unit];
            dz[unit] = dc * g * i * (1 - i);
            dz[units + unit] = dc * previousCell * f * (1 - f);
            dz[(2 * units) + unit] = dc * i * (1 - (g * g));
            dz[(3 * units) + unit] = dh[unit] * tanhCell * o * (1 - o);
            dcCarried[unit] = dc * f;
        }
    }

    /// <summary>Returns the row of [B, T, …] of the direction's <paramref name="step"/>.</summary>
    private int Frame(int sequence, int step, int timeSteps) =>
        (sequence * timeSteps) + (backwardInTime ? timeSteps - 1 - step : step);

    private static ReadOnlySpan<double> Row(ReadOnlySpan<double> rows, int row, int width) => rows.Slice(row * width, width);

    private static double Sigmoid(double z) => 1 / (1 + Math.Exp(-z));
}
