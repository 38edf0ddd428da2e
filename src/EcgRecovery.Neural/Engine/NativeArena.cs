using System.Runtime.InteropServices;

namespace EcgRecovery.Neural.Engine;

/// <summary>Native memory for the engine's arrays: aligned for vectors, on huge pages where available, freed all at once.</summary>
internal sealed unsafe partial class NativeArena : IDisposable
{
    private const int HugePage = 2 << 20;
    private const long LargestChunk = 32L << 20;
    private readonly List<nint> _blocks = [];
    private long _chunkBytes = HugePage;
    private byte* _next;
    private long _left;
    private int _allocations;

    ~NativeArena() => Free();

    /// <summary>Gets the number of bytes allocated from the system.</summary>
    public long Bytes { get; private set; }

    /// <summary>Returns a zeroed array of floats on a 64-byte boundary.</summary>
    public float* Allocate(long count)
    {
        // Arrays start at different offsets within a 4-KiB page, so that equal indices of different arrays use different cache sets.
        var stagger = 64L * (1 + (_allocations++ * 7 % 13));
        var bytes = ((((count * sizeof(float)) + 63) / 64) * 64) + stagger;
        if (_left < bytes)
            NewChunk(bytes);
        var result = _next;
        _next += bytes;
        _left -= bytes;
        return (float*)result;
    }

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void NewChunk(long bytes)
    {
        // Chunks double in size, so that a small network takes little memory and a large one few chunks.
        var size = (nuint)((Math.Max(_chunkBytes, bytes) + HugePage - 1) / HugePage * HugePage);
        _chunkBytes = Math.Min(2 * _chunkBytes, LargestChunk);

        // The system gives large blocks of zeros without writing them: a page is written at its first use, by the thread that uses it.
        // Clearing the chunk here would cost the first step up to 1.5 ms per MB, on a virtual machine whose host has not yet provided the
        // memory.
        var block = NativeMemory.AllocZeroed(size + HugePage);
        _blocks.Add((nint)block);
        Bytes += (long)size;
        var chunk = (byte*)(((nuint)block + HugePage - 1) / HugePage * HugePage);
        if (OperatingSystem.IsLinux())
            _ = Advise(chunk, size, AdviseHugePages);
        _next = chunk;
        _left = (long)size;
    }

    private void Free()
    {
        foreach (var block in _blocks)
            NativeMemory.Free((void*)block);
        _blocks.Clear();
        _left = 0;
    }

    // MADV_HUGEPAGE of <sys/mman.h>.
    private const int AdviseHugePages = 14;

    /// <summary>Calls madvise(2); a failure only costs speed, so the result is ignored.</summary>
    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(void* address, nuint length, int advice);
}
