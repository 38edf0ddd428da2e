using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace EcgRecovery.Neural.Kernels;

/// <summary>AVX2 with FMA: the sixteen lanes are two registers; 16 registers hold four rows of a tile.</summary>
internal readonly unsafe struct Lanes256(Vector256<float> a, Vector256<float> b) : ILanes<Lanes256>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;
    private readonly Vector256<float> _a = a;
    private readonly Vector256<float> _b = b;

    public static bool IsWide => false;

    public static Lanes256 Zero
    {
        [MethodImpl(Inline)]
        get => default;
    }

    [MethodImpl(Inline)]
    public static Lanes256 Broadcast(float value)
    {
        var all = Vector256.Create(value);
        return new(all, all);
    }

    [MethodImpl(Inline)]
    public static Lanes256 Load(float* source) =>
        new(Vector256.Load(source), Vector256.Load(source + 8));

    [MethodImpl(Inline)]
    public void Store(float* destination)
    {
        _a.Store(destination);
        _b.Store(destination + 8);
    }

    [MethodImpl(Inline)]
    public static Lanes256 operator +(Lanes256 a, Lanes256 b) =>
        new(a._a + b._a, a._b + b._b);

    [MethodImpl(Inline)]
    public static Lanes256 operator -(Lanes256 a, Lanes256 b) =>
        new(a._a - b._a, a._b - b._b);

    [MethodImpl(Inline)]
    public static Lanes256 operator *(Lanes256 a, Lanes256 b) =>
        new(a._a * b._a, a._b * b._b);

    [MethodImpl(Inline)]
    public static Lanes256 operator /(Lanes256 a, Lanes256 b) =>
        new(a._a / b._a, a._b / b._b);

    [MethodImpl(Inline)]
    public static Lanes256 MultiplyAdd(Lanes256 a, Lanes256 b, Lanes256 c) =>
        new(Vector256.MultiplyAddEstimate(a._a, b._a, c._a), Vector256.MultiplyAddEstimate(a._b, b._b, c._b));

    [MethodImpl(Inline)]
    public static Lanes256 MultiplyAddBroadcast(float* a, Lanes256 b, Lanes256 c) => MultiplyAdd(Broadcast(*a), b, c);

    [MethodImpl(Inline)]
    public static Lanes256 MultiplySubtract(Lanes256 a, Lanes256 b, Lanes256 c) =>
        new(Vector256.MultiplyAddEstimate(a._a, b._a, -c._a), Vector256.MultiplyAddEstimate(a._b, b._b, -c._b));

    [MethodImpl(Inline)]
    public static Lanes256 MultiplySubtractFrom(Lanes256 c, Lanes256 a, Lanes256 b) =>
        new(Vector256.MultiplyAddEstimate(-a._a, b._a, c._a), Vector256.MultiplyAddEstimate(-a._b, b._b, c._b));

    [MethodImpl(Inline)]
    public static Lanes256 Min(Lanes256 a, Lanes256 b) =>
        new(Vector256.MinNative(a._a, b._a), Vector256.MinNative(a._b, b._b));

    [MethodImpl(Inline)]
    public static Lanes256 Max(Lanes256 a, Lanes256 b) =>
        new(Vector256.MaxNative(a._a, b._a), Vector256.MaxNative(a._b, b._b));

    [MethodImpl(Inline)]
    public static Lanes256 SquareRoot(Lanes256 a) =>
        new(Vector256.Sqrt(a._a), Vector256.Sqrt(a._b));

    [MethodImpl(Inline)]
    public static Lanes256 Round(Lanes256 a) =>
        new(Vector256.Round(a._a), Vector256.Round(a._b));

    [MethodImpl(Inline)]
    public static Lanes256 ScaleByPowerOfTwo(Lanes256 a, Lanes256 n) =>
        new(Scale(a._a, n._a), Scale(a._b, n._b));

    /// <summary>2ⁿ made by writing n into the exponent bits.</summary>
    [MethodImpl(Inline)]
    private static Vector256<float> Scale(Vector256<float> a, Vector256<float> n) =>
        a * ((Vector256.ConvertToInt32Native(n) + Vector256.Create(127)) << 23).AsSingle();

    [MethodImpl(Inline)]
    public static float Sum(Lanes256 a) => Vector256.Sum(a._a + a._b);

    public static void Transpose16(float* source, nint sourceStride, float* destination, nint destinationStride) =>
        Transpose4.Tile16(source, sourceStride, destination, destinationStride);
}
