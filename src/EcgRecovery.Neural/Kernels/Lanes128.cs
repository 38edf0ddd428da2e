using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace EcgRecovery.Neural.Kernels;

/// <summary>Lanes for any 128-bit machine (ARM64, SSE): four registers.</summary>
internal readonly unsafe struct Lanes128(Vector128<float> a, Vector128<float> b, Vector128<float> c, Vector128<float> d) : ILanes<Lanes128>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;
    private readonly Vector128<float> _a = a;
    private readonly Vector128<float> _b = b;
    private readonly Vector128<float> _c = c;
    private readonly Vector128<float> _d = d;

    public static bool IsWide => false;

    public static Lanes128 Zero
    {
        [MethodImpl(Inline)]
        get => default;
    }

    [MethodImpl(Inline)]
    public static Lanes128 Broadcast(float value)
    {
        var all = Vector128.Create(value);
        return new(all, all, all, all);
    }

    [MethodImpl(Inline)]
    public static Lanes128 Load(float* source) =>
        new(Vector128.Load(source), Vector128.Load(source + 4), Vector128.Load(source + 8), Vector128.Load(source + 12));

    [MethodImpl(Inline)]
    public void Store(float* destination)
    {
        _a.Store(destination);
        _b.Store(destination + 4);
        _c.Store(destination + 8);
        _d.Store(destination + 12);
    }

    [MethodImpl(Inline)]
    public static Lanes128 operator +(Lanes128 a, Lanes128 b) =>
        new(a._a + b._a, a._b + b._b, a._c + b._c, a._d + b._d);

    [MethodImpl(Inline)]
    public static Lanes128 operator -(Lanes128 a, Lanes128 b) =>
        new(a._a - b._a, a._b - b._b, a._c - b._c, a._d - b._d);

    [MethodImpl(Inline)]
    public static Lanes128 operator *(Lanes128 a, Lanes128 b) =>
        new(a._a * b._a, a._b * b._b, a._c * b._c, a._d * b._d);

    [MethodImpl(Inline)]
    public static Lanes128 operator /(Lanes128 a, Lanes128 b) =>
        new(a._a / b._a, a._b / b._b, a._c / b._c, a._d / b._d);

    [MethodImpl(Inline)]
    public static Lanes128 MultiplyAdd(Lanes128 a, Lanes128 b, Lanes128 c) =>
        new(
            Vector128.MultiplyAddEstimate(a._a, b._a, c._a), Vector128.MultiplyAddEstimate(a._b, b._b, c._b),
            Vector128.MultiplyAddEstimate(a._c, b._c, c._c), Vector128.MultiplyAddEstimate(a._d, b._d, c._d));

    [MethodImpl(Inline)]
    public static Lanes128 MultiplyAddBroadcast(float* a, Lanes128 b, Lanes128 c) => MultiplyAdd(Broadcast(*a), b, c);

    [MethodImpl(Inline)]
    public static Lanes128 MultiplyAddLoad(Lanes128 a, float* b, Lanes128 c) => MultiplyAdd(a, Load(b), c);

    [MethodImpl(Inline)]
    public static Lanes128 MultiplySubtract(Lanes128 a, Lanes128 b, Lanes128 c) =>
        new(
            Vector128.MultiplyAddEstimate(a._a, b._a, -c._a), Vector128.MultiplyAddEstimate(a._b, b._b, -c._b),
            Vector128.MultiplyAddEstimate(a._c, b._c, -c._c), Vector128.MultiplyAddEstimate(a._d, b._d, -c._d));

    [MethodImpl(Inline)]
    public static Lanes128 MultiplySubtractFrom(Lanes128 c, Lanes128 a, Lanes128 b) =>
        new(
            Vector128.MultiplyAddEstimate(-a._a, b._a, c._a), Vector128.MultiplyAddEstimate(-a._b, b._b, c._b),
            Vector128.MultiplyAddEstimate(-a._c, b._c, c._c), Vector128.MultiplyAddEstimate(-a._d, b._d, c._d));

    [MethodImpl(Inline)]
    public static Lanes128 Min(Lanes128 a, Lanes128 b) =>
        new(
            Vector128.MinNative(a._a, b._a), Vector128.MinNative(a._b, b._b),
            Vector128.MinNative(a._c, b._c), Vector128.MinNative(a._d, b._d));

    [MethodImpl(Inline)]
    public static Lanes128 Max(Lanes128 a, Lanes128 b) =>
        new(
            Vector128.MaxNative(a._a, b._a), Vector128.MaxNative(a._b, b._b),
            Vector128.MaxNative(a._c, b._c), Vector128.MaxNative(a._d, b._d));

    [MethodImpl(Inline)]
    public static Lanes128 SquareRoot(Lanes128 a) =>
        new(Vector128.Sqrt(a._a), Vector128.Sqrt(a._b), Vector128.Sqrt(a._c), Vector128.Sqrt(a._d));

    [MethodImpl(Inline)]
    public static Lanes128 Round(Lanes128 a) =>
        new(Vector128.Round(a._a), Vector128.Round(a._b), Vector128.Round(a._c), Vector128.Round(a._d));

    [MethodImpl(Inline)]
    public static Lanes128 ScaleByPowerOfTwo(Lanes128 a, Lanes128 n) =>
        new(Scale(a._a, n._a), Scale(a._b, n._b), Scale(a._c, n._c), Scale(a._d, n._d));

    /// <summary>Returns a·2ⁿ; 2ⁿ is n in the exponent bits.</summary>
    [MethodImpl(Inline)]
    private static Vector128<float> Scale(Vector128<float> a, Vector128<float> n) =>
        a * ((Vector128.ConvertToInt32Native(n) + Vector128.Create(127)) << 23).AsSingle();

    [MethodImpl(Inline)]
    public static float Sum(Lanes128 a) => Vector128.Sum((a._a + a._b) + (a._c + a._d));

    public static void Transpose16(float* source, nint sourceStride, float* destination, nint destinationStride) =>
        Transpose4.Tile16(source, sourceStride, destination, destinationStride);
}
