namespace EcgRecovery.Neural.Kernels;

/// <summary>Sixteen single-precision lanes: a value of each sequence of a group, or sixteen neighbouring columns.</summary>
/// <remarks>
/// Every kernel is written once over this interface; the just-in-time compiler creates machine code for each implementation.
/// Sixteen lanes on every path mean one memory layout: one register with AVX-512, two with AVX2, four on 128-bit machines.
/// </remarks>
internal unsafe interface ILanes<TSelf>
    where TSelf : struct, ILanes<TSelf>
{
    /// <summary>Gets whether 16 sums fit the machine's registers, so that wide tiles are faster.</summary>
    static abstract bool IsWide { get; }

    static abstract TSelf Zero { get; }

    static abstract TSelf Broadcast(float value);

    static abstract TSelf Load(float* source);

    void Store(float* destination);

    static abstract TSelf operator +(TSelf a, TSelf b);

    static abstract TSelf operator -(TSelf a, TSelf b);

    static abstract TSelf operator *(TSelf a, TSelf b);

    static abstract TSelf operator /(TSelf a, TSelf b);

    /// <summary>Returns a·b + c, fused where the machine can.</summary>
    static abstract TSelf MultiplyAdd(TSelf a, TSelf b, TSelf c);

    /// <summary>Returns *a·b + c with *a in all lanes: one instruction where operands can be broadcast from memory.</summary>
    static abstract TSelf MultiplyAddBroadcast(float* a, TSelf b, TSelf c);

    /// <summary>Returns a·b + c with sixteen values b in memory: one instruction where operands can be in memory.</summary>
    static abstract TSelf MultiplyAddLoad(TSelf a, float* b, TSelf c);

    /// <summary>Returns a·b − c, fused where the machine can.</summary>
    static abstract TSelf MultiplySubtract(TSelf a, TSelf b, TSelf c);

    /// <summary>Returns c − a·b, fused where the machine can.</summary>
    static abstract TSelf MultiplySubtractFrom(TSelf c, TSelf a, TSelf b);

    static abstract TSelf Min(TSelf a, TSelf b);

    static abstract TSelf Max(TSelf a, TSelf b);

    static abstract TSelf SquareRoot(TSelf a);

    /// <summary>Returns the nearest whole numbers, ties to even.</summary>
    static abstract TSelf Round(TSelf a);

    /// <summary>Returns a·2ⁿ for whole n in −126…127.</summary>
    static abstract TSelf ScaleByPowerOfTwo(TSelf a, TSelf n);

    static abstract float Sum(TSelf a);

    /// <summary>Transposes a 16 × 16 tile: destination[c][r] = source[r][c]; strides in floats.</summary>
    static abstract void Transpose16(float* source, nint sourceStride, float* destination, nint destinationStride);
}
