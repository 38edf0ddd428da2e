using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace EcgRecovery.Neural.Kernels;

/// <summary>Transposition with 128-bit registers, in 4 × 4 blocks.</summary>
internal static unsafe class Transpose4
{
    /// <summary>Transposes a 16 × 16 tile: destination[c][r] = source[r][c]; strides in floats.</summary>
    public static void Tile16(float* source, nint sourceStride, float* destination, nint destinationStride)
    {
        for (var row = 0; row < 16; row += 4)
        {
            for (var column = 0; column < 16; column += 4)
            {
                Block(
                    source + (row * sourceStride) + column, sourceStride,
                    destination + (column * destinationStride) + row, destinationStride);
            }
        }
    }

    private static void Block(float* source, nint sourceStride, float* destination, nint destinationStride)
    {
        // Interleave rows 0 with 2 and 1 with 3, then the two results.
        var r0 = Vector128.Load(source);
        var r1 = Vector128.Load(source + sourceStride);
        var r2 = Vector128.Load(source + (2 * sourceStride));
        var r3 = Vector128.Load(source + (3 * sourceStride));
        var low02 = Low(r0, r2);
        var high02 = High(r0, r2);
        var low13 = Low(r1, r3);
        var high13 = High(r1, r3);
        Low(low02, low13).Store(destination);
        High(low02, low13).Store(destination + destinationStride);
        Low(high02, high13).Store(destination + (2 * destinationStride));
        High(high02, high13).Store(destination + (3 * destinationStride));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Low(Vector128<float> a, Vector128<float> b) =>
        Sse.IsSupported ? Sse.UnpackLow(a, b)
        : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipLow(a, b)
        : Vector128.Create(a.GetElement(0), b.GetElement(0), a.GetElement(1), b.GetElement(1));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> High(Vector128<float> a, Vector128<float> b) =>
        Sse.IsSupported ? Sse.UnpackHigh(a, b)
        : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipHigh(a, b)
        : Vector128.Create(a.GetElement(2), b.GetElement(2), a.GetElement(3), b.GetElement(3));
}
