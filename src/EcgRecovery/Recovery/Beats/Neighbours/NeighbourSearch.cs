using System.Numerics;
using System.Runtime.CompilerServices;
using EcgRecovery.Beats;
using EcgRecovery.Records;

namespace EcgRecovery.Recovery.Beats.Neighbours;

/// <summary>One of the nearest reference beats.</summary>
/// <param name="Row">Its row among the references.</param>
/// <param name="SquaredDistance">Squared Euclidean distance over the visible samples.</param>
internal readonly record struct Neighbour(int Row, double SquaredDistance);

/// <summary>Search for the reference beats nearest to a beat with gaps, by Euclidean distance over the beat's visible samples.</summary>
/// <remarks>
/// <see cref="SquaredDistance"/> is the specification. The search ranks by ‖r‖² − 2·q·r (‖q‖² is the same for all references) in single
/// precision, keeps a few spare candidates, and orders the candidates by the specification, equal distances by row.
/// <para>
/// Lane = reference: references are packed [R/2L][187][2L], L lanes per vector, so that one load serves 6 queries and a pattern's missing
/// samples are skipped. 6 queries × 2 vectors are 12 accumulators, which fit the 16 registers of AVX2 and hide the latency of its
/// multiply-add. A packed block stays in the first-level cache for all queries of a call.
/// </para>
/// </remarks>
internal sealed unsafe class NeighbourSearch
{
    private const int Length = HeartbeatSet.BeatLength;

    /// <summary>Queries in a tile.</summary>
    private const int TileQueries = 6;

    /// <summary>Spare candidates to rank exactly: single precision may swap near ties.</summary>
    private const int Spare = 8;

    private static readonly int s_lanes = Vector<float>.Count;

    private readonly HeartbeatSet _references;
    private readonly float[] _packed;
    private readonly int _blocks;

    /// <param name="references">The beats to search, all complete.</param>
    public NeighbourSearch(HeartbeatSet references)
    {
        _references = references;
        var width = 2 * s_lanes;
        _blocks = (references.Count + width - 1) / width;
        _packed = GC.AllocateUninitializedArray<float>(_blocks * Length * width);
        for (var block = 0; block < _blocks; block++)
        {
            var packed = _packed.AsSpan(block * Length * width, Length * width);
            packed.Clear();
            for (var lane = 0; lane < width && (block * width) + lane < references.Count; lane++)
            {
                var beat = references[(block * width) + lane];
                for (var t = 0; t < Length; t++)
                    packed[(t * width) + lane] = beat[t];
            }
        }
    }

    /// <summary>Returns the squared Euclidean distance over the visible samples: Σᵥ (aᵥ − bᵥ)².</summary>
    public static double SquaredDistance(ReadOnlySpan<float> a, ReadOnlySpan<float> b, SampleSpan[] visibleRuns)
    {
        var sum = 0.0;
        foreach (var run in visibleRuns)
        {
            for (var t = (int)run.Start; t < run.End; t++)
            {
                var difference = (double)a[t] - b[t];
                sum += difference * difference;
            }
        }

        return sum;
    }

    /// <summary>Returns the k nearest references of every given row, nearest first, equal distances by row.</summary>
    /// <param name="pattern">The missing samples of the rows; at least one sample is visible.</param>
    /// <param name="beats">[N, 187].</param>
    /// <param name="rows">Q rows of <paramref name="beats"/>.</param>
    /// <param name="k">Number of neighbours; fewer are returned if there are fewer references.</param>
    /// <param name="excluded">References to skip; at least k must remain. Null for none.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <returns>[Q, k′], row-major, k′ ≤ k the same for every row.</returns>
    public Neighbour[] Find(
        MissingPattern pattern, float[] beats, ReadOnlySpan<int> rows, int k, ExcludedGroups? excluded, CancellationToken cancellationToken)
    {
        k = Math.Min(k, _references.Count);
        var candidates = new NearestList[(rows.Length + TileQueries - 1) / TileQueries * TileQueries];
        for (var q = 0; q < rows.Length; q++)
            candidates[q] = new NearestList(Math.Min(k + Spare, _references.Count));
        Scan(pattern, beats, rows, candidates, excluded, cancellationToken);

        var result = new Neighbour[rows.Length * k];
        for (var q = 0; q < rows.Length; q++)
        {
            var query = beats.AsSpan(rows[q] * Length, Length);
            var exact = new Neighbour[candidates[q].Count];
            for (var i = 0; i < exact.Length; i++)
            {
                var row = candidates[q].Rows[i];
                exact[i] = new Neighbour(row, SquaredDistance(query, _references[row], pattern.VisibleRuns));
            }

            Array.Sort(exact, static (a, b) =>
                a.SquaredDistance != b.SquaredDistance ? a.SquaredDistance.CompareTo(b.SquaredDistance) : a.Row.CompareTo(b.Row));
            exact.AsSpan(0, k).CopyTo(result.AsSpan(q * k));
        }

        return result;
    }

    /// <summary>Compares every query with every reference.</summary>
    private void Scan(
        MissingPattern pattern,
        float[] beats,
        ReadOnlySpan<int> rows,
        NearestList[] candidates,
        ExcludedGroups? excluded,
        CancellationToken cancellationToken)
    {
        var visibleCount = pattern.Visible.Length;
        var queries = Pack(pattern.Visible, beats, rows, candidates.Length);
        // Padding of the last tile: accepts nothing.
        var limits = new float[candidates.Length];
        limits.AsSpan(0, rows.Length).Fill(float.PositiveInfinity);
        limits.AsSpan(rows.Length).Fill(float.NegativeInfinity);
        var width = 2 * s_lanes;
        var values = stackalloc float[TileQueries * width];
        fixed (float* packed = _packed, query = queries)
        {
            for (var block = 0; block < _blocks; block++)
            {
                if (block % 256 == 0)
                    cancellationToken.ThrowIfCancellationRequested();
                var references = packed + ((long)block * Length * width);
                Norms(references, pattern.VisibleRuns, out var norms0, out var norms1);
                for (var tile = 0; tile < candidates.Length; tile += TileQueries)
                {
                    Tile(references, pattern.VisibleRuns, query + (tile * visibleCount), norms0, norms1, values);
                    for (var q = 0; q < TileQueries; q++)
                    {
                        var value = values + (q * width);
                        var limit = new Vector<float>(limits[tile + q]);
                        if (Vector.LessThanAny(Vector.Load(value), limit) || Vector.LessThanAny(Vector.Load(value + s_lanes), limit))
                            limits[tile + q] = Offer(ref candidates[tile + q], value, block * width, excluded, rows[tile + q]);
                    }
                }
            }
        }
    }

    /// <summary>Offers one query's values of a block to its list; returns the list's new limit.</summary>
    private float Offer(ref NearestList list, float* values, int firstRow, ExcludedGroups? excluded, int query)
    {
        var count = Math.Min(2 * s_lanes, _references.Count - firstRow);
        for (var lane = 0; lane < count; lane++)
        {
            if (values[lane] < list.Limit && excluded?.GroupOfReference[firstRow + lane] != (excluded?.GroupOfQuery[query] ?? -1))
                list.Add(values[lane], firstRow + lane);
        }

        return list.Limit;
    }

    /// <summary>Returns the visible samples of the queries, [Q/6][V][6].</summary>
    private static float[] Pack(int[] visible, float[] beats, ReadOnlySpan<int> rows, int count)
    {
        var packed = new float[count * visible.Length];
        for (var q = 0; q < rows.Length; q++)
        {
            var tile = packed.AsSpan(q / TileQueries * TileQueries * visible.Length);
            for (var v = 0; v < visible.Length; v++)
                tile[(v * TileQueries) + (q % TileQueries)] = beats[(rows[q] * Length) + visible[v]];
        }

        return packed;
    }

    /// <summary>Computes ‖r‖² over the visible samples of the 2L references of a block.</summary>
    private static void Norms(float* references, SampleSpan[] visibleRuns, out Vector<float> norms0, out Vector<float> norms1)
    {
        norms0 = norms1 = Vector<float>.Zero;
        foreach (var run in visibleRuns)
        {
            for (var t = run.Start; t < run.End; t++)
            {
                var r0 = Vector.Load(references + (t * 2 * s_lanes));
                var r1 = Vector.Load(references + (t * 2 * s_lanes) + s_lanes);
                norms0 = Vector.MultiplyAddEstimate(r0, r0, norms0);
                norms1 = Vector.MultiplyAddEstimate(r1, r1, norms1);
            }
        }
    }

    /// <summary>Computes ‖r‖² − 2·q·r of 6 queries and 2L references into <paramref name="values"/>, [6][2L].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile(
        float* references, SampleSpan[] visibleRuns, float* query, Vector<float> norms0, Vector<float> norms1, float* values)
    {
        Vector<float> a0 = default, a1 = default, b0 = default, b1 = default, c0 = default, c1 = default;
        Vector<float> d0 = default, d1 = default, e0 = default, e1 = default, f0 = default, f1 = default;
        foreach (var run in visibleRuns)
        {
            var r = references + (run.Start * 2 * s_lanes);
            var end = references + (run.End * 2 * s_lanes);
            for (; r < end; r += 2 * s_lanes, query += TileQueries)
            {
                var r0 = Vector.Load(r);
                var r1 = Vector.Load(r + s_lanes);
                var q = new Vector<float>(query[0]);
                a0 = Vector.MultiplyAddEstimate(q, r0, a0);
                a1 = Vector.MultiplyAddEstimate(q, r1, a1);
                q = new Vector<float>(query[1]);
                b0 = Vector.MultiplyAddEstimate(q, r0, b0);
                b1 = Vector.MultiplyAddEstimate(q, r1, b1);
                q = new Vector<float>(query[2]);
                c0 = Vector.MultiplyAddEstimate(q, r0, c0);
                c1 = Vector.MultiplyAddEstimate(q, r1, c1);
                q = new Vector<float>(query[3]);
                d0 = Vector.MultiplyAddEstimate(q, r0, d0);
                d1 = Vector.MultiplyAddEstimate(q, r1, d1);
                q = new Vector<float>(query[4]);
                e0 = Vector.MultiplyAddEstimate(q, r0, e0);
                e1 = Vector.MultiplyAddEstimate(q, r1, e1);
                q = new Vector<float>(query[5]);
                f0 = Vector.MultiplyAddEstimate(q, r0, f0);
                f1 = Vector.MultiplyAddEstimate(q, r1, f1);
            }
        }

        Store(a0, a1, values);
        Store(b0, b1, values + (2 * s_lanes));
        Store(c0, c1, values + (4 * s_lanes));
        Store(d0, d1, values + (6 * s_lanes));
        Store(e0, e1, values + (8 * s_lanes));
        Store(f0, f1, values + (10 * s_lanes));

        void Store(Vector<float> product0, Vector<float> product1, float* destination)
        {
            Vector.Store(norms0 - (2 * product0), destination);
            Vector.Store(norms1 - (2 * product1), destination + s_lanes);
        }
    }

    /// <summary>The smallest values so far, as a heap with the largest on top; of equal values the earlier rows stay.</summary>
    private struct NearestList(int capacity)
    {
        private readonly float[] _values = new float[capacity];

        public int Count { get; private set; }

        public readonly int[] Rows { get; } = new int[capacity];

        /// <summary>The value that a new one must be below.</summary>
        public readonly float Limit => Count < _values.Length ? float.PositiveInfinity : _values[0];

        public void Add(float value, int row)
        {
            if (Count < _values.Length)
                SiftUp(Count++, value, row);
            else
                SiftDown(value, row);
        }

        private readonly void SiftUp(int at, float value, int row)
        {
            while (at > 0)
            {
                var parent = (at - 1) / 2;
                if (!IsFarther(value, row, _values[parent], Rows[parent]))
                    break;
                (_values[at], Rows[at]) = (_values[parent], Rows[parent]);
                at = parent;
            }

            (_values[at], Rows[at]) = (value, row);
        }

        /// <summary>Replaces the top.</summary>
        private readonly void SiftDown(float value, int row)
        {
            var at = 0;
            while ((2 * at) + 1 < _values.Length)
            {
                var child = (2 * at) + 1;
                if (child + 1 < _values.Length && IsFarther(_values[child + 1], Rows[child + 1], _values[child], Rows[child]))
                    child++;
                if (!IsFarther(_values[child], Rows[child], value, row))
                    break;
                (_values[at], Rows[at]) = (_values[child], Rows[child]);
                at = child;
            }

            (_values[at], Rows[at]) = (value, row);
        }

        private static bool IsFarther(float value, int row, float otherValue, int otherRow) =>
            value > otherValue || (value == otherValue && row > otherRow);
    }
}
