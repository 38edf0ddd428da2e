using System.Globalization;

namespace EcgRecovery.Benchmarks.Cases;

/// <summary>How far an engine's values lie from the right ones.</summary>
/// <param name="Output">The largest absolute error of an output.</param>
/// <param name="Loss">The relative error of the loss; null for inference.</param>
/// <param name="Gradient">‖g − right g‖ / ‖right g‖ of the worst tensor; null for inference.</param>
internal sealed record ValueErrors(double Output, double? Loss, double? Gradient)
{
    // A sound single-precision engine stays below a tenth of these; a wrong gate order or a forgotten term goes far beyond.
    private const double MaximumOutputError = 2e-5;
    private const double MaximumLossError = 1e-5;
    private const double MaximumGradientError = 3e-4;

    /// <summary>Whether the engine may be timed. NaN is not.</summary>
    public bool AreSmall => Output <= MaximumOutputError && !(Loss is { } loss && !(loss <= MaximumLossError)) && !(Gradient is { } gradient && !(gradient <= MaximumGradientError));

    public override string ToString() =>
        $"output {Text(Output)}{(Loss is { } loss ? $", loss {Text(loss)}" : "")}{(Gradient is { } gradient ? $", gradients {Text(gradient)}" : "")}";

    /// <summary>An error as in 2.1e-7.</summary>
    public static string Text(double error) => error.ToString("0.0e-0", CultureInfo.InvariantCulture);

    /// <summary>The larger of two errors, one by one.</summary>
    public ValueErrors Worst(ValueErrors other) => new(Math.Max(Output, other.Output), Larger(Loss, other.Loss), Larger(Gradient, other.Gradient));

    /// <exception cref="InvalidDataException">The values are not of the expected shapes.</exception>
    public static ValueErrors Between(EngineValues expected, EngineValues actual)
    {
        // Math.Max keeps NaN, where Enumerable.Max would pass over it.
        var output = expected.Output.Zip(Same(expected.Output, actual.Output, "output"), (right, got) => Math.Abs((double)right - got)).Aggregate(0.0, Math.Max);
        if (actual.Loss is not { } loss)
            return new ValueErrors(output, Loss: null, Gradient: null);

        var gradient = 0.0;
        foreach (var (right, got) in expected.Gradients.Zip(actual.Gradients))
            gradient = Math.Max(gradient, RelativeError(right.Values, Same(right.Values, got.Values, right.Name)));
        return new ValueErrors(output, Math.Abs(loss - expected.Loss!.Value) / expected.Loss.Value, gradient);
    }

    private static double RelativeError(float[] right, float[] got) => Math.Sqrt(
        right.Zip(got).Sum(pair => Math.Pow((double)pair.First - pair.Second, 2)) / right.Sum(value => (double)value * value));

    private static float[] Same(float[] expected, float[] actual, string name) => actual.Length == expected.Length
        ? actual
        : throw new InvalidDataException($"{name} has {actual.Length} values; expected {expected.Length}.");

    private static double? Larger(double? a, double? b) => a is null ? b : b is null ? a : Math.Max(a.Value, b.Value);
}
