namespace EcgRecovery.Beats;

/// <summary>A second-order Butterworth filter, low- or high-pass, applied sample by sample.</summary>
/// <remarks>
/// Bilinear transform with pre-warped corner: K = tan(π·fc/fs), D = 1 + √2·K + K²; the numerator is K²(1 + z⁻¹)² for the low-pass and
/// (1 − z⁻¹)² for the high-pass, the denominator D + 2(K² − 1)z⁻¹ + (1 − √2·K + K²)z⁻². Transposed direct form II.
/// <para>Source: Oppenheim and Schafer, Discrete-Time Signal Processing, 3rd edition, sections 6.3 and 7.2.</para>
/// </remarks>
internal struct ButterworthSection
{
    private readonly double _b0;
    private readonly double _b1;
    private readonly double _a1;
    private readonly double _a2;
    private double _state1;
    private double _state2;

    private ButterworthSection(double k, bool lowPass)
    {
        var norm = 1 / (1 + (Math.Sqrt(2) * k) + (k * k));
        _b0 = lowPass ? k * k * norm : norm;
        _b1 = lowPass ? 2 * _b0 : -2 * _b0;
        _a1 = 2 * ((k * k) - 1) * norm;
        _a2 = (1 - (Math.Sqrt(2) * k) + (k * k)) * norm;
    }

    /// <summary>Creates a low-pass filter.</summary>
    public static ButterworthSection LowPass(double cornerHz, double samplingFrequencyHz) =>
        new(Math.Tan(Math.PI * cornerHz / samplingFrequencyHz), lowPass: true);

    /// <summary>Creates a high-pass filter.</summary>
    public static ButterworthSection HighPass(double cornerHz, double samplingFrequencyHz) =>
        new(Math.Tan(Math.PI * cornerHz / samplingFrequencyHz), lowPass: false);

    /// <summary>Returns the output for the next input sample.</summary>
    public double Next(double input)
    {
        var output = (_b0 * input) + _state1;
        _state1 = (_b1 * input) - (_a1 * output) + _state2;
        _state2 = (_b0 * input) - (_a2 * output);
        return output;
    }
}
