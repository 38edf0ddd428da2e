using EcgRecovery.Recovery.Beats.Neighbours;

namespace EcgRecovery.Recovery.Beats.Methods;

/// <summary>A ridge regression per beat with gaps, fitted to its 64 nearest reference beats, nearer ones weighted more.</summary>
/// <remarks>
/// Equations and sources: <see cref="LocalRegression"/>. λ is chosen from 0.1, 0.3, 1, 3 and 10 on the reference beats
/// (<see cref="HeldOutBeats"/>). A beat without any visible sample gets the mean beat.
/// </remarks>
internal sealed class LocallyLinearMethod : PatternRecoveryMethod
{
    private const int Neighbours = 64;

    /// <summary>Candidates for λ, relative: 1 suits patients of the reference beats, 3 unseen patients.</summary>
    private static readonly double[] s_choices = [0.1, 0.3, 1, 3, 10];

    private readonly ReferenceBeats _references;

    /// <param name="references">The beats to learn from.</param>
    /// <param name="threads">Maximum number of threads.</param>
    public LocallyLinearMethod(ReferenceBeats references, int threads)
        : base(threads, references.Records)
    {
        _references = references;
        Ridge = references.HeldOut.MinimumReferences < Neighbours
            ? s_choices[^1]
            : references.HeldOut.Choose(s_choices, FillWithEach, threads);
    }

    /// <inheritdoc/>
    public override string Name => "locally-linear";

    /// <summary>λ, relative to the mean diagonal of A·Aᵀ.</summary>
    public double Ridge { get; }

    /// <inheritdoc/>
    protected override void Fill(
        MissingPattern pattern, float[] beats, int[] rows, float[] destination, CancellationToken cancellationToken)
    {
        if (pattern.Visible.Length == 0)
        {
            _references.FillWithMeanBeat(rows, destination);
            return;
        }

        var neighbours = _references.Search.Find(pattern, beats, rows, Neighbours, excluded: null, cancellationToken);
        FillByRegression(pattern, beats, rows, neighbours, Ridge, destination);
    }

    private List<float[]> FillWithEach(MissingPattern pattern, float[] beats, int[] rows, ExcludedGroups excluded)
    {
        var neighbours = _references.Search.Find(pattern, beats, rows, Neighbours, excluded, CancellationToken.None);
        var results = new List<float[]>();
        foreach (var ridge in s_choices)
        {
            results.Add(new float[beats.Length]);
            FillByRegression(pattern, beats, rows, neighbours, ridge, results[^1]);
        }

        return results;
    }

    /// <summary>Fills the missing samples of rows by regression on their neighbours.</summary>
    /// <param name="pattern">The missing samples of the rows.</param>
    /// <param name="beats">[N, 187].</param>
    /// <param name="rows">Q rows of <paramref name="beats"/>.</param>
    /// <param name="neighbours">[Q, k], nearest first.</param>
    /// <param name="ridge">λ, relative.</param>
    /// <param name="destination">[N, 187].</param>
    private void FillByRegression(
        MissingPattern pattern, float[] beats, int[] rows, Neighbour[] neighbours, double ridge, float[] destination)
    {
        var count = neighbours.Length / rows.Length;
        var regression = new LocalRegression(pattern.Visible, count);
        for (var q = 0; q < rows.Length; q++)
        {
            var nearest = neighbours.AsSpan(q * count, count);
            var weights = regression.Weights(Row(beats, rows[q]), nearest, _references.Beats, ridge);
            var filled = Row(destination, rows[q]);
            foreach (var t in pattern.Missing)
                filled[t] = LocalRegression.Sum(weights, nearest, _references.Beats, t);
        }
    }
}
