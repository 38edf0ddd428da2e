namespace EcgRecovery.Neural.Kernels;

/// <summary>Sixteen single-precision lanes: one value of each of the sixteen sequences of a group (or sixteen neighbouring columns).</summary>
/// <remarks>
/// Every kernel is written once over this interface; the just-in-time compiler makes one machine-code version per implementation.
/// A lane count of 16 on every path keeps one memory layout: AVX-512 holds it in one register, AVX2 in two, 128-bit machines in four.
/// </remarks>
internal unsafe interface ILanes<TSelf>
    where TSelf : struct, ILanes<TSelf>
{
    /// <summary>Whether 16 accumulators fit the machine's registers, so that the wide tiles pay.</summary>
    static abstract bool IsWide { get; }

    static abstract TSelf Zero { get; }

    static abstract TSelf Broadcast(float value);

    static abstract TSelf Load(float* source);

    void Store(float* destination);

    static abstract TSelf operator +(TSelf a, TSelf b);

    static abstract TSelf operator -(TSelf a, TSelf b);

    static abstract TSelf operator *(TSelf a, TSelf b);

    static abstract TSelf operator /(TSelf a, TSelf b);

    /// <summary>a·b + c, fused where the machine can.</summary>
    static abstract TSelf MultiplyAdd(TSelf a, TSelf b, TSelf c);

    /// <summary>*a·b + c, *a in all lanes: one instruction where the machine can broadcast an operand from memory.</summary>
    static abstract TSelf MultiplyAddBroadcast(float* a, TSelf b, TSelf c);

    /// <summary>a·b + c, b the sixteen values at an address: one instruction where the machine can take an operand from memory.</summary>
    static abstract TSelf MultiplyAddLoad(TSelf a, float* b, TSelf c);

    /// <summary>a·b − c, fused where the machine can.</summary>
    static abstract TSelf MultiplySubtract(TSelf a, TSelf b, TSelf c);

    /// <summary>c − a·b, fused where the machine can.</summary>
    static abstract TSelf MultiplySubtractFrom(TSelf c, TSelf a, TSelf b);

    static abstract TSelf Min(TSelf a, TSelf b);

    static abstract TSelf Max(TSelf a, TSelf b);

    static abstract TSelf SquareRoot(TSelf a);

    /// <summary>To the nearest whole number, ties to even.</summary>
    static abstract TSelf Round(TSelf a);

    /// <summary>a·2ⁿ for whole n in −126…127.</summary>
    static abstract TSelf ScaleByPowerOfTwo(TSelf a, TSelf n);

    static abstract float Sum(TSelf a);

    /// <summary>Transposes a 16 × 16 tile: destination[c][r] = source[r][c]; strides in floats.</summary>
    static abstract void Transpose16(float* source, nint sourceStride, float* destination, nint destinationStride);
}
