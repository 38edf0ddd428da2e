using System.Numerics;
using EcgRecovery.Records;

namespace EcgRecovery.Recovery.Records.Neighbours;

/// <summary>
/// Searches a recording for places where the lost lead beside the gap and the surviving leads through the whole window are like those of up
/// to four gaps. Buffers are reused.
/// </summary>
/// <remarks>
/// <code>
/// d(p) = f·Σ w·(x − x̄ − (q − q̄))² + Σₗ fₗ·Σ w·(z − z̄ − (r − r̄))²
/// </code>
/// x: the lost lead's contexts at place p, q: the gap's; z: a surviving lead's window (context, gap, context), r: the gap's. The places are
/// as long as the gap: the surviving leads have the beats at their times.
/// </remarks>
internal sealed class JointSearch
{
    // Two minima nearer than half a QRS complex are one place.
    private const double SeparationSeconds = 0.05;

    private readonly ContextProducts _contexts = new();
    private readonly WindowProducts _windows = new();
    // Only for contexts and windows with missing samples.
    private readonly ContextProducts _contextSums = new();
    private readonly ContextProducts _contextSquares = new();
    private readonly WindowProducts _sums = new();
    private readonly WindowProducts _squares = new();
    private readonly Minima _minima = new();
    private readonly float[][] _distances = [[], [], [], []];
    private float[] _insideSums = [];
    private float[] _insideSquares = [];

    /// <summary>Finds the nearest places of up to four gaps.</summary>
    /// <param name="leads">Per gap the leads; of all gaps the same ones.</param>
    /// <param name="gaps">The gaps at the search's rate.</param>
    /// <param name="windows">The samples that each gap may be recovered from, at the search's rate.</param>
    /// <param name="shape">The contexts' shape.</param>
    /// <param name="count">Matches wanted per gap.</param>
    /// <returns>Per gap the matches at the search's rate, nearest first.</returns>
    public List<ContextMatch>[] Find(
        IReadOnlyList<JointLeads> leads, IReadOnlyList<SampleSpan> gaps, IReadOnlyList<SampleSpan> windows, ContextShape shape, int count)
    {
        var lost = leads[0].Lost.Signal;
        Grow(lost.Length + Correlation.Padding);
        var reach = new SampleSpan(windows.Min(window => window.Start), windows.Max(window => window.End));
        for (var i = 0; i < gaps.Count; i++)
            Array.Clear(_distances[i]);
        var contexts = gaps.Select(gap => ContextQuery.Of(lost, gap, shape)).ToArray();
        AddContexts(leads, contexts, gaps, reach, shape);
        var queries = leads[0].Others
            .Select(other => gaps.Select(gap => WindowQuery.Of(other.Signal, gap, shape)).ToArray())
            .ToArray();
        for (var other = 0; other < queries.Length; other++)
            AddWindows(leads, other, queries[other], gaps, reach, shape);
        var found = new List<ContextMatch>[gaps.Count];
        for (var i = 0; i < gaps.Count; i++)
        {
            var own = Array.ConvertAll(queries, query => query[i]);
            found[i] = Nearest(leads[i], contexts[i], own, gaps[i], windows[i], _distances[i], count);
        }

        return found;
    }

    private void Grow(int length)
    {
        if (_insideSums.Length >= length)
            return;
        (_insideSums, _insideSquares) = (new float[length], new float[length]);
        for (var i = 0; i < _distances.Length; i++)
            _distances[i] = new float[length];
    }

    // Gaps without an observed sample beside them, parts of a long one, are matched on the surviving leads alone.
    private void AddContexts(
        IReadOnlyList<JointLeads> leads,
        ContextQuery?[] queries,
        IReadOnlyList<SampleSpan> gaps,
        SampleSpan reach,
        ContextShape shape)
    {
        var lost = leads[0].Lost.Signal;
        var known = Enumerable.Range(0, gaps.Count).Where(i => queries[i] is not null).ToArray();
        if (known.Length == 0)
            return;
        _contexts.Run(
            lost.Samples,
            reach,
            Array.ConvertAll(known, i => queries[i]!.LeftTaps),
            Array.ConvertAll(known, i => queries[i]!.RightTaps));
        if (!Array.TrueForAll(known, i => queries[i]!.IsWhole))
        {
            var left = Array.ConvertAll(known, i => queries[i]!.LeftWeights);
            var right = Array.ConvertAll(known, i => queries[i]!.RightWeights);
            _contextSums.Run(lost.Samples, reach, left, right);
            _contextSquares.Run(lost.Squares, reach, left, right);
        }

        for (var k = 0; k < known.Length; k++)
        {
            var (i, query) = (known[k], queries[known[k]]!);
            var places = reach.Intersect(new SampleSpan(0, lost.Length - gaps[i].Length + 1));
            var sums = query.IsWhole
                ? lost.Sums(shape)
                : new ContextSums(_contextSums.Left[k], _contextSquares.Left[k], _contextSums.Right[k], _contextSquares.Right[k]);
            AddContexts(
                query, sums, _contexts.Left[k], _contexts.Right[k], (int)gaps[i].Length, places, (float)leads[i].LostFactor, _distances[i]);
        }
    }

    private static void AddContexts(
        ContextQuery query,
        ContextSums sums,
        float[] left,
        float[] right,
        int length,
        SampleSpan places,
        float factor,
        float[] distances)
    {
        var inverse = 1 / query.Weight;
        for (var p = (int)places.Start; p < places.End; p++)
        {
            var sum = sums.LeftSum[p] + sums.RightSum[p + length];
            var square = sums.LeftSquares[p] + sums.RightSquares[p + length];
            distances[p] += factor * (square - (sum * sum * inverse) - (2 * (left[p] + right[p + length])) + query.Energy);
        }
    }

    private void AddWindows(
        IReadOnlyList<JointLeads> leads,
        int other,
        WindowQuery[] queries,
        IReadOnlyList<SampleSpan> gaps,
        SampleSpan reach,
        ContextShape shape)
    {
        var signal = leads[0].Others[other].Signal;
        var context = shape.Length(signal.FrequencyHz);
        _windows.Run(signal.Samples, reach, context, Array.ConvertAll(queries, query => query.Taps));
        if (!Array.TrueForAll(queries, query => query.IsWhole))
        {
            _sums.Run(signal.Samples, reach, context, Array.ConvertAll(queries, query => query.Weights));
            _squares.Run(signal.Squares, reach, context, Array.ConvertAll(queries, query => query.Weights));
        }

        for (var i = 0; i < gaps.Count; i++)
        {
            var factor = (float)leads[i].Factors[other];
            if (queries[i].IsWhole)
                AddWhole(signal, queries[i], _windows.Products[i], (int)gaps[i].Length, reach, shape, factor, _distances[i]);
            else
                AddBroken(queries[i], _windows.Products[i], _sums.Products[i], _squares.Products[i], reach, factor, _distances[i]);
        }
    }

    private void AddWhole(
        SearchSignal signal,
        WindowQuery query,
        float[] products,
        int length,
        SampleSpan reach,
        ContextShape shape,
        float factor,
        float[] distances)
    {
        var sums = signal.Sums(shape);
        signal.Running.Of(reach, length, _insideSums, _insideSquares);
        var end = (int)Math.Min(reach.End, signal.Length - length + 1);
        var (width, inverse) = (Vector<float>.Count, new Vector<float>(1 / query.Weight));
        var (energy, two, scale) = (new Vector<float>(query.Energy), new Vector<float>(2), new Vector<float>(factor));
        // The arrays are padded; what is written past the end is no place.
        for (var p = (int)reach.Start; p < end; p += width)
        {
            var sum = new Vector<float>(sums.LeftSum, p) + new Vector<float>(_insideSums, p) + new Vector<float>(sums.RightSum, p + length);
            var square = new Vector<float>(sums.LeftSquares, p) + new Vector<float>(_insideSquares, p)
                + new Vector<float>(sums.RightSquares, p + length);
            var distance = square - (sum * sum * inverse) - (two * new Vector<float>(products, p)) + energy;
            (new Vector<float>(distances, p) + (scale * distance)).CopyTo(distances, p);
        }
    }

    private static void AddBroken(
        WindowQuery query, float[] products, float[] sums, float[] squares, SampleSpan reach, float factor, float[] distances)
    {
        for (var p = (int)reach.Start; p < reach.End; p++)
            distances[p] += factor * (squares[p] - (sums[p] * sums[p] / query.Weight) - (2 * products[p]) + query.Energy);
    }

    private List<ContextMatch> Nearest(
        JointLeads leads, ContextQuery? context, WindowQuery[] queries, SampleSpan gap, SampleSpan window, float[] distances, int count)
    {
        var lost = leads.Lost.Signal;
        var length = (int)gap.Length;
        var left = Math.Max(context?.LeftLength ?? 0, queries.Max(query => query.LeftLength));
        var right = Math.Max(context?.RightLength ?? 0, queries.Max(query => query.RightLength));
        var places = new SampleSpan(window.Start + left, window.End - right - length + 1);
        if (places.Length < 3)
            return [];
        Exclude(lost, distances, places, length, context?.LeftLength ?? 0, context?.RightLength ?? 0);
        for (var other = 0; other < queries.Length; other++)
            Exclude(leads.Others[other].Signal, distances, places, length, queries[other].LeftLength, queries[other].RightLength);
        var separation = (int)Math.Round(SeparationSeconds * lost.FrequencyHz);
        return _minima.Of(distances, places, count, separation)
            .ConvertAll(p => new ContextMatch(p - (int)gap.Start, 0, Math.Max(0, distances[p])));
    }

    /// <summary>Rules out the places with a missing sample.</summary>
    private static void Exclude(SearchSignal signal, float[] distances, SampleSpan places, int length, int left, int right)
    {
        foreach (var run in signal.Missing)
        {
            var touched = new SampleSpan(run.Start - length - right + 1, run.End + left).Intersect(places);
            if (!touched.IsEmpty)
                distances.AsSpan(touched.ToRange()).Fill(float.PositiveInfinity);
        }
    }
}
