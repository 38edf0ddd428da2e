using System.Globalization;

namespace EcgRecovery.Benchmarks.Cases;

/// <summary>The errors of an engine's values.</summary>
/// <param name="Output">The maximum absolute error of an output.</param>
/// <param name="Loss">The relative error of the loss; null for inference.</param>
/// <param name="Gradient">The maximum over the tensors of ‖g − expected g‖ / ‖expected g‖; null for inference.</param>
internal sealed record ValueErrors(double Output, double? Loss, double? Gradient)
{
    // Errors of a correct single-precision engine are below a tenth of these; a wrong gate order or a missing term gives far larger ones.
    private const double MaximumOutputError = 2e-5;
    private const double MaximumLossError = 1e-5;
    private const double MaximumGradientError = 3e-4;

    /// <summary>Gets whether all errors are small enough to time the engine; NaN is not.</summary>
    public bool AreSmall => Output <= MaximumOutputError
        && (Loss is null || Loss <= MaximumLossError)
        && (Gradient is null || Gradient <= MaximumGradientError);

    public override string ToString() =>
        $"output {Text(Output)}"
        + (Loss is { } loss ? $", loss {Text(loss)}" : "")
        + (Gradient is { } gradient ? $", gradients {Text(gradient)}" : "");

    /// <summary>Formats an error, as in 2.1e-7.</summary>
    public static string Text(double error) => error.ToString("0.0e-0", CultureInfo.InvariantCulture);

    /// <summary>Returns the maximum of each error.</summary>
    public ValueErrors Worst(ValueErrors other) =>
        new(Math.Max(Output, other.Output), Larger(Loss, other.Loss), Larger(Gradient, other.Gradient));

    /// <summary>Returns the errors of values.</summary>
    /// <exception cref="InvalidDataException">The values do not have the expected shapes.</exception>
    public static ValueErrors Between(EngineValues expected, EngineValues actual)
    {
        // Math.Max keeps NaN, Enumerable.Max would ignore it.
        var output = expected.Output
            .Zip(Same(expected.Output, actual.Output, "output"), (right, got) => Math.Abs((double)right - got))
            .Aggregate(0.0, Math.Max);
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
