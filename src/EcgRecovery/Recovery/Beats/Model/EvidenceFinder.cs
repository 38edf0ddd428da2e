using EcgRecovery.Beats;
using EcgRecovery.Recovery.Beats.Neighbours;

namespace EcgRecovery.Recovery.Beats.Model;

/// <summary>Computes the evidence of a library for beats with gaps: nearest beats, their spread, and a locally linear estimate.</summary>
/// <param name="library">The library.</param>
/// <param name="ridge">Relative λ of <see cref="LocalRegression"/>.</param>
/// <param name="threads">Maximum number of threads; the result does not depend on it.</param>
internal sealed class EvidenceFinder(BeatLibrary library, double ridge, int threads)
{
    private const int Regressors = 64;
    private const int SpreadOf = 16;

    /// <summary>Returns the evidence for every row.</summary>
    /// <param name="beats">[N, 187]; NaN = missing.</param>
    /// <param name="excluded">Beats of the library to skip for a row, null for none; at least one must remain for every row.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public BeatEvidence Find(float[] beats, ExcludedGroups? excluded, CancellationToken cancellationToken)
    {
        var evidence = new BeatEvidence(beats.Length / HeartbeatSet.BeatLength, library.Beats);
        beats.CopyTo(evidence.Estimate, 0);
        var largestGroup = excluded?.GroupOfReference.CountBy(g => g).Max(g => g.Value) ?? 0;
        var count = Math.Min(Regressors, library.Beats.Count - largestGroup);
        MissingPattern.ForEach(
            beats,
            threads,
            (pattern, rows) => Find(pattern, beats, rows, count, excluded, evidence, cancellationToken),
            cancellationToken);
        return evidence;
    }

    private void Find(
        MissingPattern pattern,
        float[] beats,
        int[] rows,
        int count,
        ExcludedGroups? excluded,
        BeatEvidence evidence,
        CancellationToken cancellationToken)
    {
        if (pattern.Visible.Length == 0)
        {
            FillWithMeanBeat(rows, evidence);
            return;
        }

        var nearest = library.Search.Find(pattern, beats, rows, count, excluded, cancellationToken);
        Regress(pattern, beats, rows, nearest, evidence.Estimate, evidence.Spread);
        for (var q = 0; q < rows.Length; q++)
        {
            for (var k = 0; k < BeatEvidence.Neighbours; k++)
                evidence.Nearest[(rows[q] * BeatEvidence.Neighbours) + k] = nearest[(q * count) + Math.Min(k, count - 1)].Row;
        }
    }

    /// <summary>Fills rows without a visible sample, for which no beat is nearest, with the library's mean and deviation.</summary>
    private void FillWithMeanBeat(int[] rows, BeatEvidence evidence)
    {
        var mean = MeanBeat.Of(library.Beats);
        for (var t = 0; t < HeartbeatSet.BeatLength; t++)
        {
            var squares = 0.0;
            for (var r = 0; r < library.Beats.Count; r++)
                squares += (library.Beats[r][t] - mean[t]) * (library.Beats[r][t] - mean[t]);
            foreach (var row in rows)
            {
                evidence.Estimate[(row * HeartbeatSet.BeatLength) + t] = (float)mean[t];
                evidence.Spread[(row * HeartbeatSet.BeatLength) + t] = (float)Math.Sqrt(squares / library.Beats.Count);
            }
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
