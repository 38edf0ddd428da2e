namespace EcgRecovery.Neural.Reference;

/// <summary>The formulae of <see cref="LossFunction"/> and their gradients, in double precision.</summary>
internal static class ReferenceLoss
{
    /// <summary>L, and ∂L/∂y.</summary>
    /// <param name="loss">Which.</param>
    /// <param name="output">y, [B, T, O].</param>
    /// <param name="target">t, [B, T, O].</param>
    /// <param name="lossWeights">w, [B, T, O], or empty for all 1.</param>
    /// <param name="sequences">B.</param>
    /// <param name="timeSteps">T.</param>
    /// <param name="outputGradient">Receives ∂L/∂y, [B, T, O].</param>
    /// <returns>L.</returns>
    /// <exception cref="ArgumentException">The loss wants another O.</exception>
    public static double Run(
        LossFunction loss, ReadOnlySpan<double> output, ReadOnlySpan<float> target, ReadOnlySpan<float> lossWeights, int sequences, int timeSteps,
        Span<double> outputGradient)
    {
        if (lossWeights.IsEmpty)
        {
            var ones = new float[output.Length];
            ones.AsSpan().Fill(1f);
            lossWeights = ones;
        }

        outputGradient.Clear();
        var (sum, count) = loss.IsOfSequences
            ? OverSequences(loss, output, target, lossWeights, sequences, timeSteps, outputGradient)
            : OverValues(loss, output, target, lossWeights, outputGradient);
        if (count == 0)
            return 0;   // every w is 0, so the gradient already is
        foreach (ref var gradient in outputGradient)
            gradient /= count;
        return sum / count;
    }

    private static (double Sum, double Count) OverValues(
        LossFunction loss, ReadOnlySpan<double> output, ReadOnlySpan<float> target, ReadOnlySpan<float> lossWeights, Span<double> gradient)
    {
        double sum = 0, weightSum = 0;
        for (var i = 0; i < output.Length; i++)
        {
            double weight = lossWeights[i];
            sum += weight * loss.Value(output[i] - target[i]);
            weightSum += weight;
            gradient[i] = weight * loss.Derivative(output[i] - target[i]);
        }

        return (sum, weightSum);
    }

    private static (double Sum, double Count) OverSequences(
        LossFunction loss, ReadOnlySpan<double> output, ReadOnlySpan<float> target, ReadOnlySpan<float> lossWeights, int sequences, int timeSteps,
        Span<double> gradient)
    {
        double sum = 0;
        var count = 0;
        var length = output.Length / sequences;
        var outputs = length / timeSteps;
        loss.RequireOutputs(outputs);
        for (var start = 0; start < output.Length; start += length)
        {
            var y = output.Slice(start, length);
            var t = target.Slice(start, length);
            var w = lossWeights.Slice(start, length);
            var dy = gradient.Slice(start, length);
            if (!w.ContainsAnyExcept(0f))
                continue;
            count++;
            if (loss.Kind == LossKind.RootMeanSquare)
            {
                sum += RootMeanSquare(y, t, w, 1, timeSteps, loss.Floor, dy);
                continue;
            }

            sum += RootMeanSquare(y, t, w, outputs, timeSteps, loss.Floor, dy);
            sum += Pinball(y[1..], t[1..], w[1..], outputs, timeSteps, loss.LowerLevel, loss.IntervalWeight, dy[1..]);
            sum += Pinball(y[2..], t[2..], w[2..], outputs, timeSteps, loss.UpperLevel, loss.IntervalWeight, dy[2..]);
        }

        return (sum, count);
    }

    /// <summary>r − f = √(Σ w·e²/T + f²) − f over every <paramref name="stride"/>th value, and w·e/(T·r).</summary>
    private static double RootMeanSquare(
        ReadOnlySpan<double> output, ReadOnlySpan<float> target, ReadOnlySpan<float> lossWeights, int stride, int timeSteps, double floor,
        Span<double> gradient)
    {
        double squares = 0;
        for (var i = 0; i < output.Length; i += stride)
            squares += lossWeights[i] * (output[i] - target[i]) * (output[i] - target[i]);
        var root = Math.Sqrt((squares / timeSteps) + (floor * floor));
        for (var i = 0; i < output.Length; i += stride)
            gradient[i] = lossWeights[i] * (output[i] - target[i]) / (timeSteps * root);
        return root - floor;
    }

    /// <summary>λ/T·Σ w·ρ(t − y) over every <paramref name="stride"/>th value, and −λ/T·w·ρ′(t − y).</summary>
    private static double Pinball(
        ReadOnlySpan<double> output, ReadOnlySpan<float> target, ReadOnlySpan<float> lossWeights, int stride, int timeSteps, double level,
        double intervalWeight, Span<double> gradient)
    {
        const double rounding = LossFunction.PinballRounding;
        var perStep = intervalWeight / timeSteps;
        double sum = 0;
        for (var i = 0; i < output.Length; i += stride)
        {
            var error = target[i] - output[i];
            var size = Math.Abs(error);
            var slope = error > 0 ? level : 1 - level;
            sum += lossWeights[i] * slope * (size > rounding ? size - (rounding / 2) : error * error / (2 * rounding));
            gradient[i] = -perStep * lossWeights[i] * slope * Math.Clamp(error / rounding, -1, 1);
        }

        return perStep * sum;
    }
}
