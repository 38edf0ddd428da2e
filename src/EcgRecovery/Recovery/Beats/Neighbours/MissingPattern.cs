using EcgRecovery.Beats;
using EcgRecovery.Records;

namespace EcgRecovery.Recovery.Beats.Neighbours;

/// <summary>Which samples of a beat are missing. Rows with the same pattern share their factorisations and their search.</summary>
internal sealed class MissingPattern
{
    private MissingPattern(ReadOnlySpan<float> beat)
    {
        var missing = new List<int>();
        var visible = new List<int>();
        var runs = new List<SampleSpan>();
        for (var t = 0; t < beat.Length; t++)
        {
            if (float.IsNaN(beat[t]))
            {
                missing.Add(t);
                continue;
            }

            if (t > 0 && !float.IsNaN(beat[t - 1]))
                runs[^1] = runs[^1] with { End = t + 1 };
            else
                runs.Add(new SampleSpan(t, t + 1));
            visible.Add(t);
        }

        Missing = [.. missing];
        Visible = [.. visible];
        VisibleRuns = [.. runs];
    }

    /// <summary>The missing samples, ascending.</summary>
    public int[] Missing { get; }

    /// <summary>The observed samples, ascending.</summary>
    public int[] Visible { get; }

    /// <summary>The observed samples again, as runs: what a search walks along.</summary>
    public SampleSpan[] VisibleRuns { get; }

    /// <summary>The patterns of a batch with the rows that show each, both in order of first appearance.</summary>
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

    /// <summary>187 bits, one a sample.</summary>
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
