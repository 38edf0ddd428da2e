using EcgRecovery.Records;

namespace EcgRecovery.Recovery.Records.Neighbours;

/// <summary>Searches a lead for places whose contexts are like those of up to four gaps. Buffers are reused.</summary>
internal sealed class ContextSearch
{
    private const double LargestStretch = 0.2;

    // Two minima nearer than half a QRS complex are one place.
    private const double SeparationSeconds = 0.05;

    private readonly ContextProducts _products = new();
    // Only for gaps with missing samples in their contexts.
    private readonly ContextProducts _sums = new();
    private readonly ContextProducts _squares = new();
    private readonly Minima _minima = new();
    private float[] _distances = [];
    private float[] _stretches = [];

    /// <summary>Finds the nearest contexts of up to four gaps.</summary>
    /// <param name="signal">The lead at the search's rate.</param>
    /// <param name="gaps">The gaps at the search's rate.</param>
    /// <param name="windows">The samples that each gap may be recovered from, at the search's rate.</param>
    /// <param name="shape">The contexts' shape.</param>
    /// <param name="count">Matches wanted per gap and kind.</param>
    /// <param name="isElastic">Whether elastic matches are wanted too.</param>
    /// <returns>Per gap its matches.</returns>
    public ContextMatches[] Find(
        SearchSignal signal,
        IReadOnlyList<SampleSpan> gaps,
        IReadOnlyList<SampleSpan> windows,
        ContextShape shape,
        int count,
        bool isElastic)
    {
        Grow(signal.Length + Correlation.Padding);
        var queries = gaps.Select(gap => ContextQuery.Of(signal, gap, shape)).ToArray();
        var found = gaps.Select(_ => ContextMatches.None).ToArray();
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
            var length = (int)gaps[i].Length;
            var stretch = isElastic ? (int)Math.Round(LargestStretch * length) : 0;
            var places = Places(queries[i]!, windows[i], length + stretch);
            if (places.Length < 3)
                continue;
            var distances = new ContextDistances(queries[i]!, _products.Left[k], _products.Right[k], sums, places, length);
            found[i] = Find(signal, distances, queries[i]!, gaps[i], places, stretch, count, shape.IsUsedApart);
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
        if (_distances.Length < length)
            (_distances, _stretches) = (new float[length], new float[length]);
    }

    /// <summary>Returns the places whose inside and contexts lie within the window.</summary>
    private static SampleSpan Places(ContextQuery query, SampleSpan window, int longest) =>
        new(window.Start + query.LeftLength, window.End - query.RightLength - longest + 1);

    private ContextMatches Find(
        SearchSignal signal,
        ContextDistances distances,
        ContextQuery query,
        SampleSpan gap,
        SampleSpan places,
        int stretch,
        int count,
        bool isUsedApart)
    {
        var separation = (int)Math.Round(SeparationSeconds * signal.FrequencyHz);
        distances.Rigid(_distances);
        var rigid = Nearest(query.LeftLength, query.RightLength);
        var elastic = stretch > 0 ? Elastic() : [];
        return new ContextMatches(rigid, elastic, isUsedApart ? Left() : [], isUsedApart ? Right() : []);

        List<ContextMatch> Elastic()
        {
            // With any stretch near to none the nearest places are mostly as near as the rigid ones. Where they are not, all are measured.
            var bound = rigid.Count == count ? (float)rigid[^1].Distance : float.PositiveInfinity;
            distances.Elastic(stretch, bound, _distances, _stretches);
            var nearest = Nearest(query.LeftLength, query.RightLength, stretch);
            if (nearest.Count == count && nearest[^1].Distance <= bound)
                return nearest;
            distances.Elastic(stretch, float.PositiveInfinity, _distances, _stretches);
            return Nearest(query.LeftLength, query.RightLength, stretch);
        }

        List<ContextMatch> Left()
        {
            if (!query.IsLeftEnough)
                return [];
            distances.Left(_distances);
            return Nearest(query.LeftLength, 0);
        }

        List<ContextMatch> Right()
        {
            if (!query.IsRightEnough)
                return [];
            distances.Right(_distances);
            return Nearest(0, query.RightLength);
        }

        List<ContextMatch> Nearest(int before, int after, int longer = 0)
        {
            Exclude(signal, _distances, places, before, (int)gap.Length + longer + after);
            return _minima.Of(_distances, places, count, separation).ConvertAll(
                p => new ContextMatch(p - (int)gap.Start, longer > 0 ? (int)_stretches[p] : 0, Math.Max(0, _distances[p])));
        }
    }

    /// <summary>Rules out the places where a sample is missing that counts, the gap's own among them.</summary>
    /// <param name="signal">The lead at the search's rate.</param>
    /// <param name="distances">Index p; receives infinity.</param>
    /// <param name="places">The places.</param>
    /// <param name="before">Samples that count before a place.</param>
    /// <param name="after">Samples that count from a place on.</param>
    private static void Exclude(SearchSignal signal, float[] distances, SampleSpan places, int before, int after)
    {
        foreach (var run in signal.Missing)
        {
            var touched = new SampleSpan(run.Start - after + 1, run.End + before).Intersect(places);
            if (!touched.IsEmpty)
                distances.AsSpan(touched.ToRange()).Fill(float.PositiveInfinity);
        }
    }
}
