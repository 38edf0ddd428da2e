using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace EcgRecovery.Neural.Kernels;

/// <summary>Lanes for AVX2 with FMA: two registers; the 16 registers hold four rows of a tile.</summary>
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
    public static Lanes256 MultiplyAddLoad(Lanes256 a, float* b, Lanes256 c) =>
        new(Vector256.MultiplyAddEstimate(a._a, Vector256.Load(b), c._a), Vector256.MultiplyAddEstimate(a._b, Vector256.Load(b + 8), c._b));

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

    /// <summary>Returns a·2ⁿ; 2ⁿ is n in the exponent bits.</summary>
    [MethodImpl(Inline)]
    private static Vector256<float> Scale(Vector256<float> a, Vector256<float> n) =>
        a * ((Vector256.ConvertToInt32Native(n) + Vector256.Create(127)) << 23).AsSingle();

    [MethodImpl(Inline)]
    public static float Sum(Lanes256 a) => Vector256.Sum(a._a + a._b);

    public static void Transpose16(float* source, nint sourceStride, float* destination, nint destinationStride)
    {
        Transpose8(source, sourceStride, destination, destinationStride);
        Transpose8(source + 8, sourceStride, destination + (8 * destinationStride), destinationStride);
        Transpose8(source + (8 * sourceStride), sourceStride, destination + 8, destinationStride);
        Transpose8(source + (8 * sourceStride) + 8, sourceStride, destination + (8 * destinationStride) + 8, destinationStride);
    }

    /// <summary>Transposes an 8 × 8 block: 4 × 4 blocks within the halves of four rows, then exchanges the halves.</summary>
    private static void Transpose8(float* source, nint sourceStride, float* destination, nint destinationStride)
    {
        Quad(source, sourceStride, out var a0, out var a1, out var a2, out var a3);
        Quad(source + (4 * sourceStride), sourceStride, out var b0, out var b1, out var b2, out var b3);
        Avx.Permute2x128(a0, b0, 0x20).Store(destination);
        Avx.Permute2x128(a1, b1, 0x20).Store(destination + destinationStride);
        Avx.Permute2x128(a2, b2, 0x20).Store(destination + (2 * destinationStride));
        Avx.Permute2x128(a3, b3, 0x20).Store(destination + (3 * destinationStride));
        Avx.Permute2x128(a0, b0, 0x31).Store(destination + (4 * destinationStride));
        Avx.Permute2x128(a1, b1, 0x31).Store(destination + (5 * destinationStride));
        Avx.Permute2x128(a2, b2, 0x31).Store(destination + (6 * destinationStride));
        Avx.Permute2x128(a3, b3, 0x31).Store(destination + (7 * destinationStride));
    }

    /// <summary>Transposes each 4 × 4 block of four rows: column k of the blocks becomes output k.</summary>
    [MethodImpl(Inline)]
    private static void Quad(
        float* rows, nint stride, out Vector256<float> k0, out Vector256<float> k1, out Vector256<float> k2, out Vector256<float> k3)
    {
        var r0 = Vector256.Load(rows);
        var r1 = Vector256.Load(rows + stride);
        var r2 = Vector256.Load(rows + (2 * stride));
        var r3 = Vector256.Load(rows + (3 * stride));
        var low01 = Avx.UnpackLow(r0, r1).AsDouble();
        var high01 = Avx.UnpackHigh(r0, r1).AsDouble();
        var low23 = Avx.UnpackLow(r2, r3).AsDouble();
        var high23 = Avx.UnpackHigh(r2, r3).AsDouble();
        k0 = Avx.UnpackLow(low01, low23).AsSingle();
        k1 = Avx.UnpackHigh(low01, low23).AsSingle();
        k2 = Avx.UnpackLow(high01, high23).AsSingle();
        k3 = Avx.UnpackHigh(high01, high23).AsSingle();
    }
}
