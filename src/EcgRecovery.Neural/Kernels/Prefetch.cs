using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace EcgRecovery.Neural.Kernels;

/// <summary>Memory that the next step needs, fetched into the second-level cache while a product runs that does not need it.</summary>
/// <remarks>The activations of a training step do not fit the caches; the products are bound by arithmetic and leave the memory idle.</remarks>
/// <param name="first">Where one piece lies.</param>
/// <param name="firstFloats">How long it is, 0 for nothing.</param>
/// <param name="second">Where another lies.</param>
/// <param name="secondFloats">How long it is, 0 for nothing.</param>
internal readonly unsafe struct Prefetch(float* first, int firstFloats, float* second = null, int secondFloats = 0)
{
    /// <summary>Spreads the memory evenly over a number of fetches.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Fetches Over(int count) => new(
        (byte*)first, (byte*)(first + firstFloats), (byte*)second, (((firstFloats + secondFloats) * sizeof(float)) + count - 1) / count);

    /// <summary>One after the other.</summary>
    internal struct Fetches(byte* first, byte* end, byte* second, nint step)
    {
        private const int CacheLine = 64;
        private byte* _next = first;
        private byte* _end = end;

        /// <summary>Asks for the next piece. It is a hint: no address is wrong, and a machine without the instruction does nothing.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Next()
        {
            if (Sse.IsSupported)
                Sse.Prefetch1(_next);
            Move();
        }

        /// <summary>The same for pieces longer than a cache line.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void NextLines()
        {
            for (nint at = 0; Sse.IsSupported && at < step; at += CacheLine)
                Sse.Prefetch1(_next + at);
            Move();
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private void Move()
        {
            _next += step;
            if (_next >= _end)
            {
                _next = second;
                _end = (byte*)nuint.MaxValue;
            }
        }
    }
}
