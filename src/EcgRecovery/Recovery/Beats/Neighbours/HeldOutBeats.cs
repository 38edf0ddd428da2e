using EcgRecovery.Beats;

namespace EcgRecovery.Recovery.Beats.Neighbours;

/// <summary>References that must not serve a query: those of the query's own group.</summary>
/// <param name="GroupOfReference">[R].</param>
/// <param name="GroupOfQuery">The group of every row of the queried beats, [N].</param>
internal sealed record LeftOut(int[] GroupOfReference, int[] GroupOfQuery);

/// <summary>Reference beats on which a method chooses its constants, each recovered from the other references.</summary>
/// <remarks>
/// An evenly spaced sample of all beats. Each has one gap of 37 samples (the original's length), the gaps at five places in turn. What may
/// serve a beat mirrors the task: for patients never seen, nothing of its own record (leave one record out); for patients that the
/// references include, or references of unknown origin, everything but the beat itself.
/// </remarks>
internal sealed class HeldOutBeats
{
    private const int MaximumBeats = 1000;
    private const int GapLength = 37;
    private static readonly int[] s_gapStarts = [0, 37, 74, 111, 150];

    private readonly float[] _truth;
    private readonly float[] _broken;
    private readonly LeftOut _leftOut;

    /// <param name="beats">The reference beats.</param>
    /// <param name="samePatients">Whether the references include the patients to be recovered.</param>
    public HeldOutBeats(HeartbeatSet beats, bool samePatients)
    {
        var count = Math.Min(MaximumBeats, beats.Count);
        var rows = Enumerable.Range(0, count).Select(i => (int)((long)i * beats.Count / count)).ToArray();
        _truth = beats.Select(rows).Samples;
        _broken = (float[])_truth.Clone();
        for (var i = 0; i < count; i++)
            _broken.AsSpan((i * HeartbeatSet.BeatLength) + s_gapStarts[i % s_gapStarts.Length], GapLength).Fill(float.NaN);

        var groups = (samePatients ? null : RecordNumbers(beats)) ?? [.. Enumerable.Range(0, beats.Count)];
        _leftOut = new LeftOut(groups, [.. rows.Select(row => groups[row])]);
        MinimumReferences = beats.Count - groups.CountBy(group => group).Max(group => group.Value);
    }

    /// <summary>How many references every held-out beat has at least.</summary>
    public int MinimumReferences { get; }

    /// <summary>
    /// The constant with which the held-out beats are recovered best: the smallest mean over beats of the gap's RMSE, the first of equals.
    /// </summary>
    /// <param name="constants">What to choose from.</param>
    /// <param name="fill">Fills the rows of a pattern once for every constant: (pattern, beats, rows, left out) → [constant][N, 187].</param>
    /// <param name="threads">How many threads may work at once.</param>
    public T Choose<T>(IReadOnlyList<T> constants, Func<MissingPattern, float[], int[], LeftOut, IReadOnlyList<float[]>> fill, int threads)
    {
        var groups = MissingPattern.Group(_broken);
        var errors = new double[groups.Count, constants.Count];
        Parallel.For(0, groups.Count, new ParallelOptions { MaxDegreeOfParallelism = threads }, g =>
        {
            var (pattern, rows) = groups[g];
            var filled = fill(pattern, _broken, rows, _leftOut);
            for (var c = 0; c < constants.Count; c++)
                errors[g, c] = rows.Sum(row => GapRmse(row, pattern, filled[c]));
        });

        var sums = Enumerable.Range(0, constants.Count).Select(c => Enumerable.Range(0, groups.Count).Sum(g => errors[g, c])).ToList();
        return constants[sums.IndexOf(sums.Min())];
    }

    private double GapRmse(int row, MissingPattern pattern, float[] filled)
    {
        var sum = 0.0;
        foreach (var t in pattern.Missing)
        {
            var error = (double)filled[(row * HeartbeatSet.BeatLength) + t] - _truth[(row * HeartbeatSet.BeatLength) + t];
            sum += error * error;
        }

        return Math.Sqrt(sum / pattern.Missing.Length);
    }

    /// <summary>A number for every row's record, or null where records are not known or there is only one.</summary>
    private static int[]? RecordNumbers(HeartbeatSet beats)
    {
        if (beats.Sources is not { } sources)
            return null;
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        var result = new int[beats.Count];
        for (var row = 0; row < beats.Count; row++)
        {
            if (!numbers.TryGetValue(sources[row].Record, out result[row]))
                numbers.Add(sources[row].Record, result[row] = numbers.Count);
        }

        return numbers.Count > 1 ? result : null;
    }
}
