using EcgRecovery.Beats;

namespace EcgRecovery.Recovery.Beats.Neighbours;

/// <summary>Groups of beats: a search for a query skips the reference beats of the query's own group.</summary>
/// <param name="GroupOfReference">The group of every reference beat, [R].</param>
/// <param name="GroupOfQuery">The group of every row of the queries, [N].</param>
internal sealed record ExcludedGroups(int[] GroupOfReference, int[] GroupOfQuery);

/// <summary>Fills the missing samples of rows once for every candidate of a constant: returns [constant][N, 187].</summary>
/// <param name="pattern">The missing samples of the rows.</param>
/// <param name="beats">[N, 187]; NaN = missing.</param>
/// <param name="rows">The rows to fill.</param>
/// <param name="excluded">The reference beats that must not be used.</param>
internal delegate IReadOnlyList<float[]> FillWithEach(MissingPattern pattern, float[] beats, int[] rows, ExcludedGroups excluded);

/// <summary>Reference beats on which a method chooses its constants, each recovered from other reference beats.</summary>
/// <remarks>
/// An evenly spaced sample of all beats. Each has one gap of 37 samples (the original's length), at one of five places in turn. The beats
/// excluded from the search mirror the task: for unseen patients, the beat's own record (leave one record out); for patients of the
/// reference beats, or reference beats of unknown origin, the beat itself.
/// </remarks>
internal sealed class HeldOutBeats
{
    private const int MaximumBeats = 1000;
    private const int GapLength = 37;
    private static readonly int[] s_gapStarts = [0, 37, 74, 111, 150];

    private readonly float[] _truth;
    private readonly float[] _broken;
    private readonly ExcludedGroups _excluded;

    /// <param name="beats">The reference beats.</param>
    /// <param name="samePatients">Whether the beats to be recovered come from patients of the reference beats.</param>
    public HeldOutBeats(HeartbeatSet beats, bool samePatients)
    {
        var rows = EvenRows.Of(beats.Count, MaximumBeats);
        _truth = beats.Select(rows).Samples;
        _broken = (float[])_truth.Clone();
        for (var i = 0; i < rows.Length; i++)
            _broken.AsSpan((i * HeartbeatSet.BeatLength) + s_gapStarts[i % s_gapStarts.Length], GapLength).Fill(float.NaN);

        var groups = (samePatients ? null : RecordNumbers(beats)) ?? [.. Enumerable.Range(0, beats.Count)];
        _excluded = new ExcludedGroups(groups, [.. rows.Select(row => groups[row])]);
        MinimumReferences = beats.Count - groups.CountBy(group => group).Max(group => group.Value);
    }

    /// <summary>Number of reference beats of the held-out beat with the fewest.</summary>
    public int MinimumReferences { get; }

    /// <summary>
    /// Returns the constant that recovers the held-out beats best: the smallest mean over beats of the gap's RMSE, the first of equals.
    /// </summary>
    /// <param name="constants">The candidates.</param>
    /// <param name="fill">Fills rows once for every constant.</param>
    /// <param name="threads">Maximum number of threads.</param>
    public T Choose<T>(IReadOnlyList<T> constants, FillWithEach fill, int threads)
    {
        var groups = MissingPattern.Group(_broken);
        var errors = new double[groups.Count, constants.Count];
        Parallel.For(0, groups.Count, new ParallelOptions { MaxDegreeOfParallelism = threads }, g =>
        {
            var (pattern, rows) = groups[g];
            var filled = fill(pattern, _broken, rows, _excluded);
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

    /// <summary>Returns a number for every row's record; null if records are unknown or there is only one.</summary>
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
