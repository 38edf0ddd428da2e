using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using EcgRecovery.Records;

namespace EcgRecovery.Signals;

/// <summary>The low-pass filter of a <see cref="Resampler"/>: one row of weights for every place of an output sample between two inputs.</summary>
/// <remarks>
/// <code>
/// h(t) = sinc(0.9·t) · k(t),  k(t) = I₀(β·√(1 − (t/D)²)) / I₀(β),  |t| &lt; D = 30/0.9,  t in samples of the lower of the two frequencies
/// w[φ, j] = h(tⱼ) / Σⱼ h(tⱼ),  tⱼ = (j − H + 1 − φ)·s,  s = min(1, to/from)
/// e[φ, j] = k(tⱼ) · min(1, 1/(0.9·π·|tⱼ|)) / Σⱼ h(tⱼ) ≥ |w[φ, j]|
/// </code>
/// φ is the place, 0 ≤ φ &lt; 1; j counts T = 2·H taps, of which tap H − 1 lies on the input sample at or before the output. The window ends on
/// the sinc's 30th zero, so that h has no step there. The places are Up in number. Where their rows would fill more than
/// <see cref="TableLength"/> weights, a table of that size is interpolated linearly: its rows lie T/<see cref="TableLength"/> samples of the input apart,
/// less than 1/10,000 of the lower frequency's, for which the error of a line, at most (0.9·π·distance)²/8, is below −160 dB.
/// <para>Source: Kaiser's window: Oppenheim and Schafer, Discrete-Time Signal Processing, 3rd edition, section 7.5.3; polyphase: section 4.7.</para>
/// </remarks>
internal sealed class PolyphaseKernel
{
    /// <summary>The cut-off (−6 dB), as a share of the lower Nyquist frequency: the middle of the band 0.8…1 in which the gain falls.</summary>
    private const double CutOff = 0.9;

    /// <summary>β for 102 dB: β = 0.1102·(A − 8.7). A fall within 0.2 of the Nyquist frequency then takes (A − 8)/(2.285·0.2·π) = 65.5 samples; 2·D = 66.7.</summary>
    private const double Beta = 0.1102 * (102 - 8.7);

    /// <summary>Where the window ends, in samples of the lower frequency.</summary>
    public const double HalfWidth = 30 / CutOff;

    /// <summary>8 MiB of weights.</summary>
    private const int TableLength = 1 << 20;

    /// <summary>Places of which the bound e is kept: it decides what is missing, to a sixteenth of an input sample.</summary>
    private const int BoundPlaces = 16;

    private const int Lanes = 16;

    private static readonly double s_besselAtBeta = BesselI0(Beta);

    private readonly long _places;
    private readonly int _steps;
    private readonly bool _interpolates;
    private readonly double[] _weights;
    private readonly double[] _bounds;

    public PolyphaseKernel(FrequencyRatio ratio)
    {
        var lowerPerInput = Math.Min(1, (double)ratio.Up / ratio.Down);
        // Whole vectors only: the outermost taps may weigh nothing.
        HalfTaps = Lanes / 2 * (int)Math.Ceiling(HalfWidth / lowerPerInput / (Lanes / 2));
        _places = ratio.Up;
        _interpolates = _places > TableLength / Taps;
        _steps = _interpolates ? TableLength / Taps : (int)_places;
        var rows = _interpolates ? _steps + 1 : _steps;
        _weights = new double[rows * Taps];
        for (var row = 0; row < rows; row++)
            FillWeights(_weights.AsSpan(row * Taps, Taps), (double)row / _steps, lowerPerInput);
        _bounds = new double[(BoundPlaces + 1) * Taps];
        for (var row = 0; row <= BoundPlaces; row++)
            FillBounds(_bounds.AsSpan(row * Taps, Taps), (double)row / BoundPlaces, lowerPerInput);
    }

    /// <summary>H: the input samples after the output's place that carry weight.</summary>
    public int HalfTaps { get; }

    /// <summary>T: the input samples that make one output.</summary>
    public int Taps => 2 * HalfTaps;

    /// <summary>The filter's output.</summary>
    /// <param name="input">x, [T], finite.</param>
    /// <param name="phase">The output's place between its two inputs, in 1/Up.</param>
    public double Apply(ReadOnlySpan<double> input, long phase)
    {
        // Σw = 1, so the middle sample may be taken out and put back: a constant comes out as it is, to the bit.
        var middle = input[HalfTaps - 1];
        var row = Row(phase, out var share);
        var sum = WeightedSum(Weights(row), input, middle);
        return middle + (share == 0 ? sum : sum + (share * (WeightedSum(Weights(row + 1), input, middle) - sum)));
    }

    /// <summary>A bound of the absolute weight that lies on missing samples: Σ e over them. It falls with their distance, as the weight itself does not.</summary>
    /// <param name="isMissing">[T]; 1 = missing, 0 = observed.</param>
    /// <param name="phase">The output's place between its two inputs, in 1/Up.</param>
    public double MissingWeight(ReadOnlySpan<double> isMissing, long phase)
    {
        var row = (int)Math.Round((double)phase / _places * BoundPlaces);
        return WeightedSum(_bounds.AsSpan(row * Taps, Taps), isMissing, 0);
    }

    private ReadOnlySpan<double> Weights(int row) => _weights.AsSpan(row * Taps, Taps);

    private int Row(long phase, out double share)
    {
        share = 0;
        if (!_interpolates)
            return (int)phase;
        var place = (double)phase / _places * _steps;
        var row = Math.Min((int)place, _steps - 1);
        share = place - row;
        return row;
    }

    // Always the same order of additions, on any processor: no fused multiply-add, no vector of the machine's own width.
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

    private void FillWeights(Span<double> weights, double place, double lowerPerInput)
    {
        var sum = 0d;
        for (var j = 0; j < weights.Length; j++)
        {
            weights[j] = Prototype(Distance(j, place, lowerPerInput));
            sum += weights[j];
        }

        foreach (ref var weight in weights)
            weight /= sum;
    }

    private void FillBounds(Span<double> bounds, double place, double lowerPerInput)
    {
        var sum = 0d;
        for (var j = 0; j < bounds.Length; j++)
        {
            var t = Distance(j, place, lowerPerInput);
            bounds[j] = Window(t) / Math.Max(1, Math.PI * CutOff * Math.Abs(t));
            sum += Prototype(t);
        }

        foreach (ref var bound in bounds)
            bound /= sum;
    }

    private double Distance(int tap, double place, double lowerPerInput) => (tap - HalfTaps + 1 - place) * lowerPerInput;

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
