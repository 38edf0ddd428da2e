using EcgRecovery.Beats;
using EcgRecovery.Recovery.Beats.Methods;
using EcgRecovery.Recovery.Beats.Neighbours;

namespace EcgRecovery.Recovery.Beats.Model;

/// <summary>Asks a library of complete beats about broken ones: the nearest, how far they differ, and what they say together (locally linear).</summary>
/// <param name="library">What is asked.</param>
/// <param name="ridge">λ of <see cref="LocallyLinearMethod"/>.</param>
/// <param name="threads">How many threads may work at once; no result depends on it.</param>
internal sealed class EvidenceFinder(BeatLibrary library, double ridge, int threads)
{
    private const int Regressors = 64;
    private const int SpreadOf = 16;

    // As in the methods that learn from reference beats: a stretch of the library in a core's cache serves so many rows.
    private const int RowsAtATime = 240;

    /// <summary>The evidence for every row.</summary>
    /// <param name="beats">[N, 187]; NaN = missing.</param>
    /// <param name="leftOut">Beats of the library that must not serve a row; null for none. Where it is given, at least one must remain for every row.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public BeatEvidence Find(float[] beats, LeftOut? leftOut, CancellationToken cancellationToken)
    {
        var evidence = new BeatEvidence(beats.Length / HeartbeatSet.BeatLength, library.Beats);
        beats.CopyTo(evidence.Estimate, 0);
        var count = Math.Min(Regressors, library.Beats.Count - (leftOut?.GroupOfReference.CountBy(g => g).Max(g => g.Value) ?? 0));
        var work = MissingPattern.Group(beats).Where(group => group.Pattern.Missing.Length > 0)
            .SelectMany(group => group.Rows.Chunk(RowsAtATime).Select(rows => (group.Pattern, Rows: rows)));
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken };
        Parallel.ForEach(work, options, item => Find(item.Pattern, beats, item.Rows, count, leftOut, evidence, cancellationToken));
        return evidence;
    }

    private void Find(
        MissingPattern pattern, float[] beats, int[] rows, int count, LeftOut? leftOut, BeatEvidence evidence, CancellationToken cancellationToken)
    {
        if (pattern.Visible.Length == 0)
        {
            FillWithMeanBeat(rows, evidence);
            return;
        }

        var nearest = library.Search.Find(pattern, beats, rows, count, leftOut, cancellationToken);
        Regress(pattern, beats, rows, nearest, evidence.Estimate, evidence.Spread);
        for (var q = 0; q < rows.Length; q++)
        {
            for (var k = 0; k < BeatEvidence.Neighbours; k++)
                evidence.Nearest[(rows[q] * BeatEvidence.Neighbours) + k] = nearest[(q * count) + Math.Min(k, count - 1)].Row;
        }
    }

    /// <summary>Of rows of which nothing is visible the library can tell what its beats are on average; none is nearer than another.</summary>
    private void FillWithMeanBeat(int[] rows, BeatEvidence evidence)
    {
        for (var t = 0; t < HeartbeatSet.BeatLength; t++)
        {
            var values = Enumerable.Range(0, library.Beats.Count).Select(r => (double)library.Beats[r][t]).ToList();
            var mean = values.Average();
            var deviation = Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
            foreach (var row in rows)
                (evidence.Estimate[(row * HeartbeatSet.BeatLength) + t], evidence.Spread[(row * HeartbeatSet.BeatLength) + t]) = ((float)mean, (float)deviation);
        }
    }

    private void Regress(MissingPattern pattern, float[] beats, int[] rows, Neighbour[] neighbours, float[] estimate, float[] spread)
    {
        var count = neighbours.Length / rows.Length;
        var regression = new LocalRegression(pattern.Visible, count);
        for (var q = 0; q < rows.Length; q++)
        {
            var nearest = neighbours.AsSpan(q * count, count);
            var first = rows[q] * HeartbeatSet.BeatLength;
            var weights = regression.Weights(beats.AsSpan(first, HeartbeatSet.BeatLength), nearest, library.Beats, ridge);
            foreach (var t in pattern.Missing)
            {
                estimate[first + t] = LocalRegression.Sum(weights, nearest, library.Beats, t);
                spread[first + t] = Deviation(nearest[..Math.Min(SpreadOf, count)], t);
            }
        }
    }

    private float Deviation(ReadOnlySpan<Neighbour> nearest, int t)
    {
        double sum = 0, squares = 0;
        foreach (var neighbour in nearest)
        {
            double value = library.Beats[neighbour.Row][t];
            sum += value;
            squares += value * value;
        }

        return (float)Math.Sqrt(Math.Max(0, (squares / nearest.Length) - (sum / nearest.Length * sum / nearest.Length)));
    }
}
