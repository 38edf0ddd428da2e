using EcgRecovery.Recovery.Beats.Neighbours;

namespace EcgRecovery.Recovery.Beats.Methods;

/// <summary>
/// For every broken beat a ridge regression of its own: from the visible to the missing samples of its 64 nearest reference beats, the
/// nearer ones weighing more, applied to what the beat itself shows.
/// </summary>
/// <remarks>
/// <code>
/// wᵢ = exp(−dᵢ²/2h²), h = half the mean distance       x̄ = Σ wᵢ·xᵢ / Σ wᵢ
/// Aᵢ = √wᵢ·(xᵢ,v − x̄v)      Bᵢ = √wᵢ·(xᵢ,m − x̄m)      v visible, m missing; [64, V] and [64, M]
/// x̂m = x̄m + Bᵀ·(A·Aᵀ + λI)⁻¹·A·(xv − x̄v)
/// </code>
/// This is the dual form, 64 × 64 whatever V. λ is relative to the mean diagonal of A·Aᵀ and chosen from 0.1, 0.3, 1, 3 and 10 on the
/// reference beats themselves (<see cref="HeldOutBeats"/>). The result is a weighted sum of the neighbours' own gaps, with weights that add
/// up to 1. Sources: Cleveland and Devlin 1988, doi:10.1080/01621459.1988.10478639 (local
/// regression); Saunders et al. 1998, ICML, 515–521 (dual ridge). A beat without any visible sample gets the mean beat.
/// </remarks>
internal sealed class LocallyLinearMethod : PatternRecoveryMethod
{
    private const int Neighbours = 64;

    /// <summary>λ, relative: 1 suits references that include the patient, 3 patients never seen.</summary>
    private static readonly double[] s_choices = [0.1, 0.3, 1, 3, 10];

    private readonly ReferenceBeats _references;

    /// <param name="references">The beats to learn from.</param>
    /// <param name="threads">How many threads may work at once.</param>
    public LocallyLinearMethod(ReferenceBeats references, int threads)
        : base(threads, references.Records)
    {
        _references = references;
        Ridge = references.HeldOut.MinimumReferences < Neighbours ? s_choices[^1] : references.HeldOut.Choose(s_choices, FillWithEach, threads);
    }

    /// <inheritdoc/>
    public override string Name => "locally-linear";

    /// <summary>λ, relative to the mean diagonal of A·Aᵀ.</summary>
    public double Ridge { get; }

    /// <inheritdoc/>
    protected override void Fill(MissingPattern pattern, float[] beats, int[] rows, float[] destination, CancellationToken cancellationToken)
    {
        if (pattern.Visible.Length == 0)
            _references.FillWithMeanBeat(rows, destination);
        else
            FillByRegression(pattern, beats, rows, _references.Search.Find(pattern, beats, rows, Neighbours, leftOut: null, cancellationToken), Ridge, destination);
    }

    private List<float[]> FillWithEach(MissingPattern pattern, float[] beats, int[] rows, LeftOut leftOut)
    {
        var neighbours = _references.Search.Find(pattern, beats, rows, Neighbours, leftOut, CancellationToken.None);
        var results = new List<float[]>();
        foreach (var ridge in s_choices)
        {
            results.Add(new float[beats.Length]);
            FillByRegression(pattern, beats, rows, neighbours, ridge, results[^1]);
        }

        return results;
    }

    /// <param name="pattern">What is missing in the rows.</param>
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
