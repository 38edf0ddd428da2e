using System.Numerics;
using EcgRecovery.Records;

namespace EcgRecovery.Recovery.Records.Neighbours;

/// <summary>Searches a lead for places whose contexts are like those of up to four gaps. Buffers are reused.</summary>
/// <remarks>
/// <code>
/// d(p, δ) = Σ w·(x − x̄ − (q − q̄))²·(1 + 20·(δ/L)²)
///         = (Σ w·x² − (Σ w·x)²/Σ w − 2·Σ w·x·(q − q̄) + Σ w·(q − q̄)²)·(1 + 20·(δ/L)²)
/// </code>
/// p: where the inside begins; δ: samples by which it is longer than the gap, 0 for the rigid match and within ±20 % for the elastic one,
/// a twelfth of that apart, in whole samples; its left and right contexts move apart. The sums over the left and the right context are
/// computed apart, so all δ share them.
/// </remarks>
internal sealed class ContextSearch
{
    private const double LargestStretch = 0.2;
    private const int StretchSteps = 12;

    // Two minima nearer than half a QRS complex are one place.
    private const double SeparationSeconds = 0.05;

    private readonly ContextProducts _products = new();
    // Only for gaps with missing samples in their contexts.
    private readonly ContextProducts _sums = new();
    private readonly ContextProducts _squares = new();
    private readonly Minima _minima = new();
    private float[] _rigid = [];
    private float[] _elastic = [];
    private float[] _stretch = [];
    private float[] _left = [];
    private float[] _right = [];

    /// <summary>Finds the nearest contexts of up to four gaps.</summary>
    /// <param name="signal">The lead at the search's rate.</param>
    /// <param name="gaps">The gaps at the search's rate.</param>
    /// <param name="windows">The samples that each gap may be recovered from, at the search's rate.</param>
    /// <param name="shape">The contexts' shape.</param>
    /// <param name="count">Matches wanted per gap and kind.</param>
    /// <param name="isElastic">Whether elastic matches are wanted too.</param>
    /// <returns>Per gap the rigid and the elastic matches at the search's rate, nearest first; empty where there are none.</returns>
    public (List<ContextMatch> Rigid, List<ContextMatch> Elastic)[] Find(
        SearchSignal signal,
        IReadOnlyList<SampleSpan> gaps,
        IReadOnlyList<SampleSpan> windows,
        ContextShape shape,
        int count,
        bool isElastic)
    {
        Grow(signal.Length + Correlation.Padding);
        var queries = gaps.Select(gap => ContextQuery.Of(signal, gap, shape)).ToArray();
        var found = gaps.Select(_ => (new List<ContextMatch>(), new List<ContextMatch>())).ToArray();
        var known = Enumerable.Range(0, gaps.Count).Where(i => queries[i] is not null).ToArray();
        if (known.Length == 0)
            return found;
        var reach = new SampleSpan(known.Min(i => windows[i].Start), known.Max(i => windows[i].End));
        var broken = Array.FindAll(known, i => !queries[i]!.IsWhole);
        Run(_products, signal.Samples, reach, known, query => (query.LeftTaps, query.RightTaps));
        if (broken.Length > 0)
        {
            Run(_sums, signal.Samples, reach, broken, query => (query.LeftWeights, query.RightWeights));
            Run(_squares, signal.Squares, reach, broken, query => (query.LeftWeights, query.RightWeights));
        }

        for (var k = 0; k < known.Length; k++)
        {
            var i = known[k];
            var b = Array.IndexOf(broken, i);
            var sums = b < 0
                ? signal.Sums(shape)
                : new ContextSums(_sums.Left[b], _squares.Left[b], _sums.Right[b], _squares.Right[b]);
            found[i] = Find(signal, queries[i]!, _products.Left[k], _products.Right[k], sums, gaps[i], windows[i], count, isElastic);
        }

        return found;

        void Run(
            ContextProducts products, float[] x, SampleSpan span, int[] which, Func<ContextQuery, (float[] Left, float[] Right)> filters)
        {
            var pairs = Array.ConvertAll(which, i => filters(queries[i]!));
            products.Run(x, span, Array.ConvertAll(pairs, pair => pair.Left), Array.ConvertAll(pairs, pair => pair.Right));
        }
    }

    private void Grow(int length)
    {
        if (_rigid.Length >= length)
            return;
        (_rigid, _elastic, _stretch) = (new float[length], new float[length], new float[length]);
        (_left, _right) = (new float[length], new float[length]);
    }

    private (List<ContextMatch> Rigid, List<ContextMatch> Elastic) Find(
        SearchSignal signal,
        ContextQuery query,
        float[] left,
        float[] right,
        ContextSums sums,
        SampleSpan gap,
        SampleSpan window,
        int count,
        bool isElastic)
    {
        var length = (int)gap.Length;
        var separation = (int)Math.Round(SeparationSeconds * signal.FrequencyHz);
        var stretch = isElastic ? (int)Math.Round(LargestStretch * length) : 0;
        var places = new SampleSpan(window.Start + query.LeftLength, window.End - query.RightLength - length - stretch + 1);
        if (places.Length < 3)
            return ([], []);
        Energies(query, left, right, sums, places, length, stretch);

        Measure(query, sums, places, length, 0, 1, float.PositiveInfinity, _rigid, null);
        Exclude(signal, _rigid, places, query, length);
        var rigid = _minima.Of(_rigid, places, count, separation).ConvertAll(p => Match(p, _rigid[p], 0));
        if (stretch == 0)
            return (rigid, []);

        // With any stretch near to none the nearest places are mostly as near as the rigid ones. Where they are not, all are measured.
        var bound = rigid.Count == count ? (float)rigid[^1].Distance : float.PositiveInfinity;
        var elastic = FindElastic(bound);
        if (elastic.Count < count || _elastic[elastic[^1]] > bound)
            elastic = FindElastic(float.PositiveInfinity);
        return (rigid, elastic.ConvertAll(p => Match(p, _elastic[p], (int)_stretch[p])));

        ContextMatch Match(int p, float distance, int lengthening) => new(p - (int)gap.Start, lengthening, Math.Max(0, distance));

        List<int> FindElastic(float bound)
        {
            Measure(query, sums, places, length, stretch, Math.Max(1, stretch / StretchSteps), bound, _elastic, _stretch);
            Exclude(signal, _elastic, places, query, length + stretch);
            return _minima.Of(_elastic, places, count, separation);
        }
    }

    // What depends on one side alone: Σ w·x² − 2·Σ w·x·(q − q̄), by the inside's first sample and by the first sample after it.
    private void Energies(ContextQuery query, float[] left, float[] right, ContextSums sums, SampleSpan places, int length, int stretch)
    {
        int start = (int)places.Start, end = (int)places.End;
        Subtract(sums.LeftSquares.AsSpan(start..end), left.AsSpan(start..end), query.Energy, _left.AsSpan(start..end));
        (start, end) = (start + length - stretch, Math.Min(end + length + stretch, _right.Length));
        Subtract(sums.RightSquares.AsSpan(start..end), right.AsSpan(start..end), 0, _right.AsSpan(start..end));
    }

    // squares − 2·products + constant
    private static void Subtract(ReadOnlySpan<float> squares, ReadOnlySpan<float> products, float constant, Span<float> destination)
    {
        var width = Vector<float>.Count;
        var (two, added) = (new Vector<float>(2f), new Vector<float>(constant));
        var p = 0;
        for (; p <= destination.Length - width; p += width)
            (new Vector<float>(squares[p..]) - (two * new Vector<float>(products[p..])) + added).CopyTo(destination[p..]);
        for (; p < destination.Length; p++)
            destination[p] = squares[p] - (2 * products[p]) + constant;
    }

    // The least distance of each place, and the stretch that it is at. Places that are farther than the bound by their left context alone
    // are taken as infinitely far: the distance of both contexts about their common mean is at least that of one about its own.
    private void Measure(
        ContextQuery query,
        ContextSums sums,
        SampleSpan places,
        int length,
        int stretch,
        int step,
        float bound,
        float[] distances,
        float[]? stretches)
    {
        var width = Vector<float>.Count;
        var inverse = new Vector<float>(1 / query.Weight);
        // Rounding errors of the sums of a long lead are small beside this.
        var limit = new Vector<float>(bound + (1e-3f * query.Energy));
        var leftInverse = new Vector<float>(query.LeftWeight > 0 ? 1 / query.LeftWeight : 0);
        var (leftTaps, rightEnergy) = (new Vector<float>(query.LeftTapSum), new Vector<float>(query.Energy - query.LeftEnergy));
        for (var p = (int)places.Start; p < places.End; p += width)
        {
            var (left, leftSum) = (new Vector<float>(_left, p), new Vector<float>(sums.LeftSum, p));
            var (best, at) = (new Vector<float>(float.PositiveInfinity), Vector<float>.Zero);
            var leftAlone = left - rightEnergy - ((leftSum - leftTaps) * (leftSum - leftTaps) * leftInverse);
            if (Vector.GreaterThanAll(leftAlone, limit))
            {
                best.CopyTo(distances, p);
                continue;
            }

            for (var delta = -stretch; delta <= stretch; delta += step)
            {
                var relative = (float)delta / length;
                var q = p + length + delta;
                var sum = leftSum + new Vector<float>(sums.RightSum, q);
                var distance = (left + new Vector<float>(_right, q) - (sum * sum * inverse))
                    * (1 + ((float)ContextMatch.StretchPenalty * relative * relative));
                var isNearer = Vector.LessThan(distance, best);
                best = Vector.ConditionalSelect(isNearer, distance, best);
                at = Vector.ConditionalSelect(isNearer, new Vector<float>(delta), at);
            }

            best.CopyTo(distances, p);
            if (stretches is not null)
                at.CopyTo(stretches, p);
        }
    }

    /// <summary>Rules out the places whose inside or contexts hold a missing sample, the gap's own among them.</summary>
    private static void Exclude(SearchSignal signal, float[] distances, SampleSpan places, ContextQuery query, int length)
    {
        foreach (var run in signal.Missing)
        {
            var touched = new SampleSpan(run.Start - length - query.RightLength + 1, run.End + query.LeftLength).Intersect(places);
            if (!touched.IsEmpty)
                distances.AsSpan(touched.ToRange()).Fill(float.PositiveInfinity);
        }
    }
}
