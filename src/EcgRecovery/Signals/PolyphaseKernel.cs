using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using EcgRecovery.Records;

namespace EcgRecovery.Signals;

/// <summary>
/// The low-pass filter of a <see cref="Resampler"/>: one row of weights for each position of an output between two inputs.
/// </summary>
/// <remarks>
/// <code>
/// h(t) = sinc(0.9·t) · k(t),  k(t) = I₀(β·√(1 − (t/D)²)) / I₀(β),  |t| &lt; D = 30/0.9,  t in samples of the lower of the two frequencies
/// w[φ, j] = h(tⱼ) / Σⱼ h(tⱼ),  tⱼ = (j − H + 1 − φ)·s,  s = min(1, to/from)
/// e[φ, j] = k(tⱼ) · min(1, 1/(0.9·π·|tⱼ|)) / Σⱼ h(tⱼ) ≥ |w[φ, j]|
/// </code>
/// φ is the position, 0 ≤ φ &lt; 1; j counts T = 2·H taps, of which tap H − 1 is on the input sample at or before the output. The window
/// ends on the sinc's 30th zero, so that h has no step there. There are Up positions. If their rows would have more than
/// <see cref="TableLength"/> weights, a table of that size is interpolated linearly: its rows are T/<see cref="TableLength"/> samples of
/// the input apart, less than 1/10,000 of a sample of the lower frequency, for which the error of linear interpolation, at most
/// (0.9·π·distance)²/8, is below −160 dB.
/// <para>Source: Kaiser's window: Oppenheim and Schafer, Discrete-Time Signal Processing, 3rd edition, section 7.5.3; polyphase: section
/// 4.7.</para>
/// </remarks>
internal sealed class PolyphaseKernel
{
    /// <summary>
    /// The cut-off (−6 dB), as a share of the lower Nyquist frequency: the middle of the band 0.8…1 in which the gain falls.
    /// </summary>
    private const double CutOff = 0.9;

    /// <summary>
    /// β for 102 dB: β = 0.1102·(A − 8.7). A fall within 0.2 of the Nyquist frequency then takes (A − 8)/(2.285·0.2·π) = 65.5 samples; 2·D
    /// = 66.7.
    /// </summary>
    private const double Beta = 0.1102 * (102 - 8.7);

    /// <summary>Half the length of the window, in samples of the lower frequency.</summary>
    public const double HalfWidth = 30 / CutOff;

    /// <summary>8 MiB of weights.</summary>
    private const int TableLength = 1 << 20;

    /// <summary>Number of positions for the bound e, which decides what is missing to a sixteenth of an input sample.</summary>
    private const int BoundPositions = 16;

    private const int Lanes = 16;

    private static readonly double s_besselAtBeta = BesselI0(Beta);

    private readonly long _positions;
    private readonly int _steps;
    private readonly bool _interpolates;
    private readonly double[] _weights;
    private readonly double[] _bounds;

    /// <summary>Computes the weights for a ratio of frequencies.</summary>
    public PolyphaseKernel(FrequencyRatio ratio)
    {
        var lowerPerInput = Math.Min(1, (double)ratio.Up / ratio.Down);
        // Whole vectors; the weights of the outermost taps may be 0.
        HalfTaps = Lanes / 2 * (int)Math.Ceiling(HalfWidth / lowerPerInput / (Lanes / 2));
        _positions = ratio.Up;
        _interpolates = _positions > TableLength / Taps;
        _steps = _interpolates ? TableLength / Taps : (int)_positions;
        var rows = _interpolates ? _steps + 1 : _steps;
        _weights = new double[rows * Taps];
        for (var row = 0; row < rows; row++)
            FillWeights(_weights.AsSpan(row * Taps, Taps), (double)row / _steps, lowerPerInput);
        _bounds = new double[(BoundPositions + 1) * Taps];
        for (var row = 0; row <= BoundPositions; row++)
            FillBounds(_bounds.AsSpan(row * Taps, Taps), (double)row / BoundPositions, lowerPerInput);
    }

    /// <summary>H: the taps after the output's position.</summary>
    public int HalfTaps { get; }

    /// <summary>T: the taps of one output.</summary>
    public int Taps => 2 * HalfTaps;

    /// <summary>Returns the filter's output.</summary>
    /// <param name="input">x, [T], finite.</param>
    /// <param name="phase">The output's position between its two inputs, in 1/Up.</param>
    public double Apply(ReadOnlySpan<double> input, long phase)
    {
        // Σw = 1, so the middle sample can be subtracted and added again: the output of a constant is the same to the bit.
        var middle = input[HalfTaps - 1];
        var row = Row(phase, out var share);
        var sum = WeightedSum(Weights(row), input, middle);
        return middle + (share == 0 ? sum : sum + (share * (WeightedSum(Weights(row + 1), input, middle) - sum)));
    }

    /// <summary>
    /// Returns a bound of the absolute weight on missing samples: Σ e over them. Unlike the weight itself, it falls steadily with their
    /// distance.
    /// </summary>
    /// <param name="isMissing">1 = missing, 0 = observed, [T].</param>
    /// <param name="phase">The output's position between its two inputs, in 1/Up.</param>
    public double MissingWeight(ReadOnlySpan<double> isMissing, long phase)
    {
        var row = (int)Math.Round((double)phase / _positions * BoundPositions);
        return WeightedSum(_bounds.AsSpan(row * Taps, Taps), isMissing, 0);
    }

    private ReadOnlySpan<double> Weights(int row) => _weights.AsSpan(row * Taps, Taps);

    private int Row(long phase, out double share)
    {
        share = 0;
        if (!_interpolates)
            return (int)phase;
        var position = (double)phase / _positions * _steps;
        var row = Math.Min((int)position, _steps - 1);
        share = position - row;
        return row;
    }

    // The order of additions is the same on any processor: no fused multiply-add, no vectors of the machine's width.
    private static double WeightedSum(ReadOnlySpan<double> weights, ReadOnlySpan<double> input, double middle)
    {
        ref var w = ref MemoryMarshal.GetReference(weights);
        ref var x = ref MemoryMarshal.GetReference(input[..weights.Length]);
        var m = Vector256.Create(middle);
        var (a, b, c, d) = (Vector256<double>.Zero, Vector256<double>.Zero, Vector256<double>.Zero, Vector256<double>.Zero);
        for (nuint j = 0; j < (nuint)weights.Length; j += Lanes)
        {
            a += Vector256.LoadUnsafe(ref w, j) * (Vector256.LoadUnsafe(ref x, j) - m);
            b += Vector256.LoadUnsafe(ref w, j + 4) * (Vector256.LoadUnsafe(ref x, j + 4) - m);
            c += Vector256.LoadUnsafe(ref w, j + 8) * (Vector256.LoadUnsafe(ref x, j + 8) - m);
            d += Vector256.LoadUnsafe(ref w, j + 12) * (Vector256.LoadUnsafe(ref x, j + 12) - m);
        }

        var sums = a + b + (c + d);
        return sums[0] + sums[1] + (sums[2] + sums[3]);
    }

    private void FillWeights(Span<double> weights, double position, double lowerPerInput)
    {
        var sum = 0d;
        for (var j = 0; j < weights.Length; j++)
        {
            weights[j] = Prototype(Distance(j, position, lowerPerInput));
            sum += weights[j];
        }

        foreach (ref var weight in weights)
            weight /= sum;
    }

    private void FillBounds(Span<double> bounds, double position, double lowerPerInput)
    {
        var sum = 0d;
        for (var j = 0; j < bounds.Length; j++)
        {
            var t = Distance(j, position, lowerPerInput);
            bounds[j] = Window(t) / Math.Max(1, Math.PI * CutOff * Math.Abs(t));
            sum += Prototype(t);
        }

        foreach (ref var bound in bounds)
            bound /= sum;
    }

    private double Distance(int tap, double position, double lowerPerInput) => (tap - HalfTaps + 1 - position) * lowerPerInput;

    private static double Prototype(double t)
    {
        var angle = Math.PI * CutOff * t;
        return (t == 0 ? 1 : Math.Sin(angle) / angle) * Window(t);
    }

    private static double Window(double t)
    {
        var z = t / HalfWidth;
        return Math.Abs(z) < 1 ? BesselI0(Beta * Math.Sqrt(1 - (z * z))) / s_besselAtBeta : 0;
    }

    // I₀(x) = Σ ((x/2)ᵏ/k!)²; Abramowitz and Stegun, 9.6.12.
    private static double BesselI0(double x)
    {
        var (sum, term) = (1d, 1d);
        for (var k = 1; term > 1e-17 * sum; k++)
        {
            term *= x / (2 * k) * (x / (2 * k));
            sum += term;
        }

        return sum;
    }
}
