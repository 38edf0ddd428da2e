using EcgRecovery.Recovery.Beats.Neighbours;

namespace EcgRecovery.Recovery.Beats.Methods;

/// <summary>The mean of the k reference beats nearest over the visible samples.</summary>
/// <remarks>
/// k is chosen from 5, 10, 20 and 40 on the reference beats (<see cref="HeldOutBeats"/>). A beat without any visible sample gets the mean
/// beat. Source: Troyanskaya et al. 2001, doi:10.1093/bioinformatics/17.6.520.
/// </remarks>
internal sealed class KNearestMethod : PatternRecoveryMethod
{
    private static readonly int[] s_choices = [5, 10, 20, 40];

    private readonly ReferenceBeats _references;

    /// <param name="references">The beats to learn from.</param>
    /// <param name="threads">Maximum number of threads.</param>
    public KNearestMethod(ReferenceBeats references, int threads)
        : base(threads, references.Records)
    {
        _references = references;
        NeighbourCount = references.HeldOut.MinimumReferences < s_choices[^1]
            ? s_choices[0]
            : references.HeldOut.Choose(s_choices, FillWithEach, threads);
    }

    /// <inheritdoc/>
    public override string Name => "knn";

    /// <summary>k.</summary>
    public int NeighbourCount { get; }

    /// <inheritdoc/>
    protected override void Fill(
        MissingPattern pattern, float[] beats, int[] rows, float[] destination, CancellationToken cancellationToken)
    {
        if (pattern.Visible.Length == 0)
        {
            _references.FillWithMeanBeat(rows, destination);
            return;
        }

        var neighbours = _references.Search.Find(pattern, beats, rows, NeighbourCount, excluded: null, cancellationToken);
        FillWithMean(pattern, rows, neighbours, NeighbourCount, destination);
    }

    private List<float[]> FillWithEach(MissingPattern pattern, float[] beats, int[] rows, ExcludedGroups excluded)
    {
        var neighbours = _references.Search.Find(pattern, beats, rows, s_choices[^1], excluded, CancellationToken.None);
        var results = new List<float[]>();
        foreach (var k in s_choices)
        {
            results.Add(new float[beats.Length]);
            FillWithMean(pattern, rows, neighbours, k, results[^1]);
        }

        return results;
    }

    /// <summary>Fills the missing samples of rows with the mean of their neighbours.</summary>
    /// <param name="pattern">The missing samples of the rows.</param>
    /// <param name="rows">Q rows of <paramref name="destination"/>.</param>
    /// <param name="neighbours">[Q, k′], nearest first.</param>
    /// <param name="k">Number of neighbours to average; all if there are fewer.</param>
    /// <param name="destination">[N, 187].</param>
    private void FillWithMean(MissingPattern pattern, int[] rows, Neighbour[] neighbours, int k, float[] destination)
    {
        var found = neighbours.Length / rows.Length;
        var count = Math.Min(k, found);
        for (var q = 0; q < rows.Length; q++)
        {
            var filled = Row(destination, rows[q]);
            foreach (var t in pattern.Missing)
            {
                var sum = 0.0;
                for (var i = 0; i < count; i++)
                    sum += _references.Beats[neighbours[(q * found) + i].Row][t];
                filled[t] = (float)(sum / count);
            }
        }
    }
}
