using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace EcgRecovery.Neural.Kernels;

/// <summary>The logistic function and the hyperbolic tangent over lanes; a kernel creates one before its loop.</summary>
/// <remarks>
/// <code>
/// σ(x) = 1 / (1 + 2ᵗ), t = −x·log₂e        tanh x = 2·σ(2x) − 1
/// 2ᵗ = 2ⁿ·2ʳ, n = round(t), r = t − n in [−½, ½], 2ʳ by a polynomial of degree 5
/// </code>
/// The coefficients are a minimax fit on [−½, ½]. Absolute error ≤ 1.2e-7 (σ) and 2.4e-7 (tanh), tested. Over every float in ±32 the
/// largest with fused multiply-add is 1.12e-7 for σ, at 0.9966, and twice that for tanh.
/// </remarks>
internal readonly unsafe struct Activations<TLanes>
    where TLanes : struct, ILanes<TLanes>
{
    private readonly TLanes _scale;
    private readonly TLanes _scaleOfTanh;
    private readonly TLanes _highest;
    private readonly TLanes _lowest;
    private readonly TLanes _c5;
    private readonly TLanes _c4;
    private readonly TLanes _c3;
    private readonly TLanes _c2;
    private readonly TLanes _c1;
    private readonly TLanes _c0;
    private readonly TLanes _one;
    private readonly TLanes _two;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Activations()
    {
        var constants = ActivationConstants.Values;
        _scale = TLanes.Broadcast(constants[0]);
        _scaleOfTanh = TLanes.Broadcast(constants[1]);
        _highest = TLanes.Broadcast(constants[2]);
        _lowest = TLanes.Broadcast(constants[3]);
        _c5 = TLanes.Broadcast(constants[4]);
        _c4 = TLanes.Broadcast(constants[5]);
        _c3 = TLanes.Broadcast(constants[6]);
        _c2 = TLanes.Broadcast(constants[7]);
        _c1 = TLanes.Broadcast(constants[8]);
        _c0 = TLanes.Broadcast(constants[9]);
        _one = TLanes.Broadcast(constants[10]);
        _two = TLanes.Broadcast(constants[11]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Sigmoid(TLanes x) => ReciprocalOfOnePlusPower(x * _scale);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Tanh(TLanes x) => TLanes.MultiplySubtract(ReciprocalOfOnePlusPower(x * _scaleOfTanh), _two, _one);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private TLanes ReciprocalOfOnePlusPower(TLanes t)
    {
        t = TLanes.Min(TLanes.Max(t, _lowest), _highest);
        var n = TLanes.Round(t);
        var r = t - n;
        var p = TLanes.MultiplyAdd(_c5, r, _c4);
        p = TLanes.MultiplyAdd(p, r, _c3);
        p = TLanes.MultiplyAdd(p, r, _c2);
        p = TLanes.MultiplyAdd(p, r, _c1);
        p = TLanes.MultiplyAdd(p, r, _c0);
        return _one / (TLanes.ScaleByPowerOfTwo(p, n) + _one);
    }
}

/// <summary>The constants of <see cref="Activations{TLanes}"/>, in native memory.</summary>
/// <remarks>
/// The just-in-time compiler turns a known constant into a memory operand of every instruction that uses it; with some ten constants per
/// activation the load ports become the limit. Values loaded through a pointer stay in registers.
/// </remarks>
internal static unsafe class ActivationConstants
{
    private const float Log2E = 1.44269504089f;

    // 2¹²⁶ is finite and its reciprocal negligible: larger exponents change nothing.
    private const float ExponentLimit = 126f;

    public static readonly float* Values = Copy(
    [
        -Log2E, -2f * Log2E, ExponentLimit, -ExponentLimit,
        0.00132764719f, 0.00967554133f, 0.0555071327f, 0.240221197f, 0.693146967f, 1.00000007f, 1f, 2f,
    ]);

    /// <summary>Returns a copy in native memory; it is never freed: sixty bytes per process.</summary>
    private static float* Copy(ReadOnlySpan<float> values)
    {
        var copy = (float*)NativeMemory.Alloc((nuint)values.Length, sizeof(float));
        values.CopyTo(new Span<float>(copy, values.Length));
        return copy;
    }
}
