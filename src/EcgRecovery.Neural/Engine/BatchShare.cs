namespace EcgRecovery.Neural.Engine;

/// <summary>How many of a batch's sequences go by sixteen, and how many alone.</summary>
/// <remarks>
/// A group takes as long for one sequence as for sixteen, and only one thread can work on it; sequences alone can be shared by all threads.
/// The bits are the same, so time alone decides.
/// </remarks>
internal static class BatchShare
{
    private const int GroupSize = 16;

    // Sequences alone in the time of a group on one thread. Measured on AVX-512: 12 (H = 64), 10 (H = 128), 8.5 (H = 200), 7 (H = 400, beyond the
    // second-level cache); AVX2 and 128 bits: 11 and 13 (H = 64).
    private const int AloneForGroup = 9;

    /// <summary>Groups that a batch is best cut into; what they do not hold goes alone.</summary>
    /// <param name="sequences">B.</param>
    /// <param name="threads">Threads that work.</param>
    public static int Groups(int sequences, int threads)
    {
        var whole = sequences / GroupSize;
        var best = 0;   // all alone
        foreach (var groups in (ReadOnlySpan<int>)[whole, whole + (sequences % GroupSize > 0 ? 1 : 0)])
        {
            if (Time(groups) < Time(best))
                best = groups;
        }

        return best;

        // In the time of a sequence alone on one thread, times threads.
        long Time(int groups)
        {
            var alone = Math.Max(0, sequences - ((long)groups * GroupSize));
            var rounds = ((long)groups + threads - 1) / threads;
            return Math.Max(rounds * threads * AloneForGroup, ((long)groups * AloneForGroup) + alone);
        }
    }
}
