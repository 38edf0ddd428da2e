using EcgRecovery.BeatDesigns.Beats;
using EcgRecovery.Records;
using EcgRecovery.Recovery;

namespace EcgRecovery.BeatDesigns.Estimates;

/// <summary>What the reference beats of other patients say of broken beats: the product's locally linear regression, and its nearest beats.</summary>
/// <remarks>N broken beats. All is 0 outside the gaps.</remarks>
internal sealed class LocallyLinearEstimates
{
    /// <summary>K: how many of the nearest beats are kept.</summary>
    public const int NearestKept = 8;

    private const int Length = HeartbeatSet.BeatLength;

    /// <summary>As the product's method has it.</summary>
    private const int Neighbours = 64;

    /// <summary>The spread is that of so many: of all 64 it would be the spread of hearts in general.</summary>
    private const int SpreadNeighbours = 16;

    /// <summary>Rows with the same gap are searched for together, so many at a time.</summary>
    private const int GroupSize = 240;

    private LocallyLinearEstimates(int count)
    {
        Estimate = new float[count * Length];
        Spread = new float[count * Length];
        Nearest = new int[count * NearestKept];
    }

    /// <summary>[N, 187].</summary>
    public float[] Estimate { get; }

    /// <summary>Standard deviation of the nearest beats, [N, 187].</summary>
    public float[] Spread { get; }

    /// <summary>Rows of the library, nearest first, [N, K].</summary>
    public int[] Nearest { get; }

    /// <summary>Estimates for all of the broken beats; none meets a reference of its own record.</summary>
    /// <param name="set">What the broken beats are rows of.</param>
    /// <param name="broken">[N].</param>
    /// <param name="library">The reference beats.</param>
    /// <param name="view">What is regressed on.</param>
    /// <param name="threads">At once; no value depends on it.</param>
    public static LocallyLinearEstimates Of(HeartbeatSet set, BrokenBeat[] broken, HeartbeatSet library, EstimateView view, int threads)
    {
        var estimates = new LocallyLinearEstimates(broken.Length);
        var search = new NeighbourSearch(library);
        var leftOut = new LeftOut(DesignBeats.Patients(library), DesignBeats.Patients(set));
        var groups = Enumerable.Range(0, broken.Length).GroupBy(i => (broken[i].Gap, broken[i].SecondGap)).SelectMany(group => group.Chunk(GroupSize)).ToArray();
        Parallel.ForEach(groups, new ParallelOptions { MaxDegreeOfParallelism = threads }, items =>
        {
            var pattern = view.Pattern(broken[items[0]], out var isMissing);
            int[] gap = [.. pattern.Missing.Where(t => isMissing[t])];
            int[] rows = [.. items.Select(i => broken[i].Row)];
            var found = search.Find(pattern, set.Samples, rows, Neighbours, leftOut, CancellationToken.None);
            var regression = new LocalRegression(pattern.Visible, Neighbours);
            for (var q = 0; q < rows.Length; q++)
            {
                var nearest = found.AsSpan(q * Neighbours, Neighbours);
                var weights = regression.Weights(set[rows[q]], nearest, library, view.Ridge);
                estimates.Fill(items[q], gap, nearest, weights, library);
            }
        });
        return estimates;
    }

    private void Fill(int item, int[] gap, ReadOnlySpan<Neighbour> nearest, ReadOnlySpan<double> weights, HeartbeatSet library)
    {
        foreach (var t in gap)
        {
            double sum = 0, first = 0, second = 0;
            for (var i = 0; i < Neighbours; i++)
            {
                var value = library[nearest[i].Row][t];
                sum += weights[i] * value;
                if (i < SpreadNeighbours)
                {
                    first += value;
                    second += value * value;
                }
            }

            Estimate[(item * Length) + t] = (float)sum;
            var mean = first / SpreadNeighbours;
            Spread[(item * Length) + t] = (float)Math.Sqrt(Math.Max(0, (second / SpreadNeighbours) - (mean * mean)));
        }

        for (var k = 0; k < NearestKept; k++)
            Nearest[(item * NearestKept) + k] = nearest[k].Row;
    }
}
