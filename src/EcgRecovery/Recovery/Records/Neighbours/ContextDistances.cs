using System.Numerics;
using EcgRecovery.Records;

namespace EcgRecovery.Recovery.Records.Neighbours;

/// <summary>The distances of the contexts of every place from those of one gap, at the search's rate.</summary>
/// <remarks>
/// <code>
/// d(p, δ) = Σ w·(x − x̄ − (q − q̄))²·(1 + 20·(δ/L)²)
///         = (Σ w·x² − (Σ w·x)²/Σ w − 2·Σ w·x·(q − q̄) + Σ w·(q − q̄)²)·(1 + 20·(δ/L)²)
/// </code>
/// p: where the inside begins; δ: samples by which it is longer than the gap, 0 for the rigid match and within ±20 % for the elastic one,
/// a twelfth of that apart, in whole samples; its left and right contexts move apart. The sums over the left and the right context are
/// known apart, so all δ share them. By one side alone, a context is compared about its own mean:
/// <code>d(p) = Σ w·x² − 2·Σ w·x·(q − q̄) + Σ w·(q − q̄)² − (Σ w·(x − (q − q̄)))²/Σ w,   sums over that context</code>
/// </remarks>
/// <param name="query">The gap's contexts.</param>
/// <param name="left">Σ w·x·(q − q̄) of the context before each sample.</param>
/// <param name="right">The same after each sample.</param>
/// <param name="sums">Σ w·x and Σ w·x² of the contexts of each sample.</param>
/// <param name="places">The places to measure.</param>
/// <param name="length">L, samples of the gap.</param>
internal sealed class ContextDistances(
    ContextQuery query, float[] left, float[] right, ContextSums sums, SampleSpan places, int length)
{
    private const int StretchSteps = 12;

    private static readonly Vector<float> s_two = new(2f);

    /// <summary>Writes the distances of both contexts.</summary>
    /// <param name="distances">Index p.</param>
    public void Rigid(float[] distances)
    {
        var (inverse, energy) = (new Vector<float>(1 / query.Weight), new Vector<float>(query.Energy));
        for (var p = (int)places.Start; p < places.End; p += Vector<float>.Count)
        {
            var sum = new Vector<float>(sums.LeftSum, p) + new Vector<float>(sums.RightSum, p + length);
            (AtLeft(p) + energy + AtRight(p + length) - (sum * sum * inverse)).CopyTo(distances, p);
        }
    }

    /// <summary>Writes the distances of the context before each place.</summary>
    /// <param name="distances">Index p.</param>
    public void Left(float[] distances)
    {
        var alone = new OneSide(query.LeftWeight, query.LeftTapSum, query.LeftEnergy);
        for (var p = (int)places.Start; p < places.End; p += Vector<float>.Count)
            alone.Of(AtLeft(p), new Vector<float>(sums.LeftSum, p)).CopyTo(distances, p);
    }

    /// <summary>Writes the distances of the context after each place.</summary>
    /// <param name="distances">Index p.</param>
    public void Right(float[] distances)
    {
        // The taps of both contexts add up to 0.
        var alone = new OneSide(query.Weight - query.LeftWeight, -query.LeftTapSum, query.Energy - query.LeftEnergy);
        for (var p = (int)places.Start; p < places.End; p += Vector<float>.Count)
            alone.Of(AtRight(p + length), new Vector<float>(sums.RightSum, p + length)).CopyTo(distances, p);
    }

    /// <summary>Writes the least distances over all δ, and the δ that they are at.</summary>
    /// <remarks>
    /// Places that are farther than the bound by their left context alone are taken as infinitely far: the distance of both contexts about
    /// their common mean is at least that of one about its own.
    /// </remarks>
    /// <param name="largest">The largest δ.</param>
    /// <param name="bound">Places farther than this are of no use.</param>
    /// <param name="distances">Index p.</param>
    /// <param name="stretches">Index p; undefined where the distance is infinite.</param>
    public void Elastic(int largest, float bound, float[] distances, float[] stretches)
    {
        var step = Math.Max(1, largest / StretchSteps);
        var (inverse, rightEnergy) = (new Vector<float>(1 / query.Weight), new Vector<float>(query.Energy - query.LeftEnergy));
        // Rounding errors of the sums of a long lead are small beside this.
        var limit = new Vector<float>(bound + (1e-3f * query.Energy));
        var alone = new OneSide(query.LeftWeight, query.LeftTapSum, query.LeftEnergy);
        for (var p = (int)places.Start; p < places.End; p += Vector<float>.Count)
        {
            var (atLeft, leftSum) = (AtLeft(p), new Vector<float>(sums.LeftSum, p));
            var (best, at) = (new Vector<float>(float.PositiveInfinity), Vector<float>.Zero);
            if (Vector.GreaterThanAll(alone.Of(atLeft, leftSum), limit))
            {
                best.CopyTo(distances, p);
                continue;
            }

            atLeft += new Vector<float>(query.LeftEnergy) + rightEnergy;
            for (var delta = -largest; delta <= largest; delta += step)
            {
                var relative = (float)delta / length;
                var q = p + length + delta;
                var sum = leftSum + new Vector<float>(sums.RightSum, q);
                var distance = (atLeft + AtRight(q) - (sum * sum * inverse))
                    * (1 + ((float)ContextMatch.StretchPenalty * relative * relative));
                var isNearer = Vector.LessThan(distance, best);
                best = Vector.ConditionalSelect(isNearer, distance, best);
                at = Vector.ConditionalSelect(isNearer, new Vector<float>(delta), at);
            }

            best.CopyTo(distances, p);
            at.CopyTo(stretches, p);
        }
    }

    // Σ w·x² − 2·Σ w·x·(q − q̄) of one context.
    private Vector<float> AtLeft(int p) => new Vector<float>(sums.LeftSquares, p) - (s_two * new Vector<float>(left, p));

    private Vector<float> AtRight(int q) => new Vector<float>(sums.RightSquares, q) - (s_two * new Vector<float>(right, q));

    /// <summary>What the distance by one context alone needs of the gap's; 0 for a context without weight.</summary>
    private readonly struct OneSide(float weight, float tapSum, float energy)
    {
        private readonly Vector<float> _inverse = new(weight > 0 ? 1 / weight : 0);
        private readonly Vector<float> _tapSum = new(tapSum);
        private readonly Vector<float> _energy = new(energy);

        public Vector<float> Of(Vector<float> own, Vector<float> sum) =>
            own + _energy - ((sum - _tapSum) * (sum - _tapSum) * _inverse);
    }
}
