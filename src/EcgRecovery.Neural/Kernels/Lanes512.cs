using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace EcgRecovery.Neural.Kernels;

/// <summary>Lanes for AVX-512: one register; the 32 registers hold a 16-row tile.</summary>
internal readonly unsafe struct Lanes512(Vector512<float> value) : ILanes<Lanes512>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;
    private readonly Vector512<float> _value = value;

    public static bool IsWide => true;

    public static Lanes512 Zero
    {
        [MethodImpl(Inline)]
        get => new(Vector512<float>.Zero);
    }

    [MethodImpl(Inline)]
    public static Lanes512 Broadcast(float value) => new(Vector512.Create(value));

    [MethodImpl(Inline)]
    public static Lanes512 Load(float* source) => new(Vector512.Load(source));

    [MethodImpl(Inline)]
    public void Store(float* destination) => _value.Store(destination);

    [MethodImpl(Inline)]
    public static Lanes512 operator +(Lanes512 a, Lanes512 b) => new(a._value + b._value);

    [MethodImpl(Inline)]
    public static Lanes512 operator -(Lanes512 a, Lanes512 b) => new(a._value - b._value);

    [MethodImpl(Inline)]
    public static Lanes512 operator *(Lanes512 a, Lanes512 b) => new(a._value * b._value);

    [MethodImpl(Inline)]
    public static Lanes512 operator /(Lanes512 a, Lanes512 b) => new(a._value / b._value);

    [MethodImpl(Inline)]
    public static Lanes512 MultiplyAdd(Lanes512 a, Lanes512 b, Lanes512 c) => new(Avx512F.FusedMultiplyAdd(a._value, b._value, c._value));

    [MethodImpl(Inline)]
    public static Lanes512 MultiplyAddBroadcast(float* a, Lanes512 b, Lanes512 c) =>
        new(Avx512F.FusedMultiplyAdd(Vector512.Create(*a), b._value, c._value));

    [MethodImpl(Inline)]
    public static Lanes512 MultiplyAddLoad(Lanes512 a, float* b, Lanes512 c) =>
        new(Avx512F.FusedMultiplyAdd(a._value, Vector512.Load(b), c._value));

    [MethodImpl(Inline)]
    public static Lanes512 MultiplySubtract(Lanes512 a, Lanes512 b, Lanes512 c) =>
        new(Avx512F.FusedMultiplySubtract(a._value, b._value, c._value));

    [MethodImpl(Inline)]
    public static Lanes512 MultiplySubtractFrom(Lanes512 c, Lanes512 a, Lanes512 b) =>
        new(Avx512F.FusedMultiplyAddNegated(a._value, b._value, c._value));

    [MethodImpl(Inline)]
    public static Lanes512 Min(Lanes512 a, Lanes512 b) => new(Avx512F.Min(a._value, b._value));

    [MethodImpl(Inline)]
    public static Lanes512 Max(Lanes512 a, Lanes512 b) => new(Avx512F.Max(a._value, b._value));

    [MethodImpl(Inline)]
    public static Lanes512 SquareRoot(Lanes512 a) => new(Avx512F.Sqrt(a._value));

    [MethodImpl(Inline)]
    public static Lanes512 Round(Lanes512 a) => new(Avx512F.RoundScale(a._value, 0));

    [MethodImpl(Inline)]
    public static Lanes512 ScaleByPowerOfTwo(Lanes512 a, Lanes512 n) => new(Avx512F.Scale(a._value, n._value));

    [MethodImpl(Inline)]
    public static float Sum(Lanes512 a) => Vector512.Sum(a._value);

    public static void Transpose16(float* source, nint sourceStride, float* destination, nint destinationStride)
    {
        // Transpose 4 × 4 blocks within the 128-bit quarters of four rows, then exchange the quarters.
        Quad(source, sourceStride, out var a0, out var a1, out var a2, out var a3);
        Quad(source + (4 * sourceStride), sourceStride, out var b0, out var b1, out var b2, out var b3);
        Quad(source + (8 * sourceStride), sourceStride, out var c0, out var c1, out var c2, out var c3);
        Quad(source + (12 * sourceStride), sourceStride, out var d0, out var d1, out var d2, out var d3);
        Exchange(a0, b0, c0, d0, destination, 4 * destinationStride);
        Exchange(a1, b1, c1, d1, destination + destinationStride, 4 * destinationStride);
        Exchange(a2, b2, c2, d2, destination + (2 * destinationStride), 4 * destinationStride);
        Exchange(a3, b3, c3, d3, destination + (3 * destinationStride), 4 * destinationStride);
    }

    /// <summary>Transposes each 4 × 4 block of four rows: column k of the blocks becomes output k.</summary>
    [MethodImpl(Inline)]
    private static void Quad(
        float* rows, nint stride, out Vector512<float> k0, out Vector512<float> k1, out Vector512<float> k2, out Vector512<float> k3)
    {
        var r0 = Vector512.Load(rows);
        var r1 = Vector512.Load(rows + stride);
        var r2 = Vector512.Load(rows + (2 * stride));
        var r3 = Vector512.Load(rows + (3 * stride));
        var low01 = Avx512F.UnpackLow(r0, r1).AsDouble();
        var high01 = Avx512F.UnpackHigh(r0, r1).AsDouble();
        var low23 = Avx512F.UnpackLow(r2, r3).AsDouble();
        var high23 = Avx512F.UnpackHigh(r2, r3).AsDouble();
        k0 = Avx512F.UnpackLow(low01, low23).AsSingle();
        k1 = Avx512F.UnpackHigh(low01, low23).AsSingle();
        k2 = Avx512F.UnpackLow(high01, high23).AsSingle();
        k3 = Avx512F.UnpackHigh(high01, high23).AsSingle();
    }

    /// <summary>Stores quarter q of the four inputs as row q = 0…3, a stride apart.</summary>
    [MethodImpl(Inline)]
    private static void Exchange(
        Vector512<float> a, Vector512<float> b, Vector512<float> c, Vector512<float> d, float* destination, nint stride)
    {
        var ab02 = Avx512F.Shuffle4x128(a, b, 0x88);
        var ab13 = Avx512F.Shuffle4x128(a, b, 0xdd);
        var cd02 = Avx512F.Shuffle4x128(c, d, 0x88);
        var cd13 = Avx512F.Shuffle4x128(c, d, 0xdd);
        Avx512F.Shuffle4x128(ab02, cd02, 0x88).Store(destination);
        Avx512F.Shuffle4x128(ab13, cd13, 0x88).Store(destination + stride);
        Avx512F.Shuffle4x128(ab02, cd02, 0xdd).Store(destination + (2 * stride));
        Avx512F.Shuffle4x128(ab13, cd13, 0xdd).Store(destination + (3 * stride));
    }
}
