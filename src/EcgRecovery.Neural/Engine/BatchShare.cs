namespace EcgRecovery.Neural.Engine;

/// <summary>The division of a batch into groups of sixteen and single sequences.</summary>
/// <remarks>
/// A group takes the same time for one sequence as for sixteen, on one thread; single sequences can be shared among all threads. The bits
/// are the same, so the faster way is taken.
/// </remarks>
internal static class BatchShare
{
    private const int GroupSize = 16;

    // Single sequences in the time of a group, on one thread. Measured on AVX-512: 12 (H = 64), 10 (H = 128), 8.5 (H = 200), 7 (H = 400,
    // beyond the second-level cache); on AVX2 and 128 bits: 11 and 13 (H = 64).
    private const int SinglesPerGroup = 9;

    /// <summary>Returns the number of groups that takes the least time; the other sequences are single.</summary>
    /// <param name="sequences">B.</param>
    /// <param name="threads">Number of threads.</param>
    public static int Groups(int sequences, int threads)
    {
        var whole = sequences / GroupSize;
        var best = 0;   // all single
        foreach (var groups in (ReadOnlySpan<int>)[whole, whole + (sequences % GroupSize > 0 ? 1 : 0)])
        {
            if (Time(groups) < Time(best))
                best = groups;
        }

        return best;

        // In units of one single sequence on one thread, times threads.
        long Time(int groups)
        {
            var singles = Math.Max(0, sequences - ((long)groups * GroupSize));
            var rounds = ((long)groups + threads - 1) / threads;
            return Math.Max(rounds * threads * SinglesPerGroup, ((long)groups * SinglesPerGroup) + singles);
        }
    }
}
