using EcgRecovery.Beats;
using EcgRecovery.Records;
using EcgRecovery.Signals;

namespace EcgRecovery.Recovery.Beats.Neighbours;

/// <summary>The missing samples of a beat. Rows with the same pattern share their factorisations and their search.</summary>
internal sealed class MissingPattern
{
    /// <summary>
    /// Rows per work item: many enough to reuse the reference beats in a core's cache, few enough to fit beside them and to split a small
    /// batch between several threads.
    /// </summary>
    private const int RowsPerItem = 240;

    private MissingPattern(ReadOnlySpan<float> beat)
    {
        var missing = new List<int>();
        var visible = new List<int>();
        var runs = new List<SampleSpan>();
        var at = 0;
        foreach (var run in MissingRuns.Of(beat))
        {
            AddVisible((int)run.Start);
            missing.AddRange(Enumerable.Range((int)run.Start, (int)run.Length));
            at = (int)run.End;
        }

        AddVisible(beat.Length);
        Missing = [.. missing];
        Visible = [.. visible];
        VisibleRuns = [.. runs];

        void AddVisible(int end)
        {
            if (end == at)
                return;
            runs.Add(new SampleSpan(at, end));
            visible.AddRange(Enumerable.Range(at, end - at));
        }
    }

    /// <summary>The missing samples, ascending.</summary>
    public int[] Missing { get; }

    /// <summary>The observed samples, ascending.</summary>
    public int[] Visible { get; }

    /// <summary>The observed samples as runs, for loops over contiguous memory.</summary>
    public SampleSpan[] VisibleRuns { get; }

    /// <summary>Returns the patterns of a batch, each with its rows, both in order of first appearance.</summary>
    /// <param name="beats">[N, 187]; NaN = missing.</param>
    public static IReadOnlyList<(MissingPattern Pattern, int[] Rows)> Group(ReadOnlySpan<float> beats)
    {
        var indices = new Dictionary<Key, int>();
        var groups = new List<(MissingPattern Pattern, List<int> Rows)>();
        for (var row = 0; row < beats.Length / HeartbeatSet.BeatLength; row++)
        {
            var beat = beats.Slice(row * HeartbeatSet.BeatLength, HeartbeatSet.BeatLength);
            var key = Key.Of(beat);
            if (!indices.TryGetValue(key, out var index))
            {
                indices.Add(key, index = groups.Count);
                groups.Add((new MissingPattern(beat), []));
            }

            groups[index].Rows.Add(row);
        }

        return [.. groups.Select(g => (g.Pattern, g.Rows.ToArray()))];
    }

    /// <summary>Calls an action for all rows with missing samples, on several threads, for some rows of one pattern at a time.</summary>
    /// <param name="beats">[N, 187]; NaN = missing.</param>
    /// <param name="threads">Maximum number of threads.</param>
    /// <param name="action">Receives a pattern and some of its rows; the result for a row must depend on that row only.</param>
    /// <param name="cancellationToken">Ends the work between two calls.</param>
    public static void ForEach(
        ReadOnlySpan<float> beats, int threads, Action<MissingPattern, int[]> action, CancellationToken cancellationToken)
    {
        var items = Group(beats)
            .Where(group => group.Pattern.Missing.Length > 0)
            .SelectMany(group => group.Rows.Chunk(RowsPerItem).Select(rows => (group.Pattern, Rows: rows)));
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken };
        Parallel.ForEach(items.ToList(), options, item => action(item.Pattern, item.Rows));
    }

    /// <summary>187 bits, one per sample.</summary>
    private readonly record struct Key(ulong First, ulong Second, ulong Third)
    {
        public static Key Of(ReadOnlySpan<float> beat)
        {
            Span<ulong> bits = stackalloc ulong[3];
            for (var t = 0; t < beat.Length; t++)
            {
                if (float.IsNaN(beat[t]))
                    bits[t >> 6] |= 1UL << t;
            }

            return new Key(bits[0], bits[1], bits[2]);
        }
    }
}
