using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace EcgRecovery.Neural.Kernels;

/// <summary>Memory that the next step needs, fetched into the second-level cache while a product runs that does not need it.</summary>
/// <remarks>The activations of a training step do not fit the caches; the products are bound by arithmetic and leave the memory idle.</remarks>
/// <param name="first">Where it lies.</param>
/// <param name="floats">How long it is, 0 for nothing.</param>
internal readonly unsafe struct Ahead(float* first, int floats)
{
    /// <summary>Spreads the memory evenly over a number of fetches.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Fetches Over(int count) => new((byte*)first, ((floats * sizeof(float)) + count - 1) / count);

    /// <summary>One after the other.</summary>
    internal struct Fetches(byte* first, nint step)
    {
        private byte* _next = first;

        /// <summary>Asks for the next piece. It is a hint: no address is wrong, and a machine without the instruction does nothing.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Next()
        {
            if (Sse.IsSupported)
                Sse.Prefetch1(_next);
            _next += step;
        }
    }
}
