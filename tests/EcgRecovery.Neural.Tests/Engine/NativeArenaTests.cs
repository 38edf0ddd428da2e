using EcgRecovery.Neural.Engine;

namespace EcgRecovery.Neural.Tests.Engine;

public sealed class NativeArenaTests
{
    [Fact]
    public unsafe void Arrays_are_zeroed_aligned_and_apart()
    {
        using var arena = new NativeArena();
        var arrays = new List<(nint Start, nint End)>();
        foreach (var count in (long[])[1, 16, 17, 1000, 600_000, 3, 5_000_000, 9_000_000, 2])
        {
            var array = arena.Allocate(count);
            Assert.Equal(0, (nint)array % 64);
            Assert.Equal(-1, new Span<float>(array, (int)count).IndexOfAnyExcept(0f));
            new Span<float>(array, (int)count).Fill(1);
            var (start, end) = ((nint)array, (nint)(array + count));
            Assert.All(arrays, other => Assert.True(end <= other.Start || start >= other.End));
            arrays.Add((start, end));
        }
    }

    [Fact]
    public unsafe void Little_memory_is_taken_for_little_arrays()
    {
        using var arena = new NativeArena();
        Assert.Equal(0, arena.Bytes);
        _ = arena.Allocate(100);
        Assert.Equal(2 << 20, arena.Bytes);
        _ = arena.Allocate(100);
        Assert.Equal(2 << 20, arena.Bytes);
    }

    [Fact]
    public unsafe void May_be_disposed_of_twice()
    {
        var arena = new NativeArena();
        _ = arena.Allocate(100);
        arena.Dispose();
        arena.Dispose();
    }
}
