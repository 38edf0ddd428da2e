using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace EcgRecovery.Neural.Kernels;

/// <summary>Memory of the next step, fetched into the second-level cache during a product.</summary>
/// <remarks>The activations of a training step do not fit the caches; products are bound by arithmetic and leave the memory idle.</remarks>
/// <param name="first">Address of the first range.</param>
/// <param name="firstFloats">Its length, 0 for none.</param>
/// <param name="second">Address of the second range.</param>
/// <param name="secondFloats">Its length, 0 for none.</param>
internal readonly unsafe struct Prefetch(float* first, int firstFloats, float* second = null, int secondFloats = 0)
{
    /// <summary>Divides the memory evenly among a number of fetches.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Fetches Over(int count) => new(
        (byte*)first, (byte*)(first + firstFloats), (byte*)second, (((firstFloats + secondFloats) * sizeof(float)) + count - 1) / count);

    /// <summary>The sequence of fetches.</summary>
    internal struct Fetches(byte* first, byte* end, byte* second, nint step)
    {
        private const int CacheLine = 64;
        private byte* _next = first;
        private byte* _end = end;

        /// <summary>Fetches the next cache line. A hint: any address is allowed, and machines without the instruction ignore it.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Next()
        {
            if (Sse.IsSupported)
                Sse.Prefetch1(_next);
            Move();
        }

        /// <summary>Fetches the next lines, where a step is longer than a cache line.</summary>
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
