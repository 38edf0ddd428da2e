using EcgRecovery.Neural;
using EcgRecovery.Neural.Networks;

namespace EcgRecovery.Recovery.Records.Model;

/// <summary>The networks of a record model: what they say of a gap is their mean. Not safe for concurrent calls.</summary>
/// <param name="network">The shape of each.</param>
/// <param name="members">Their weights.</param>
/// <param name="threads">Threads; the result does not depend on them.</param>
internal sealed class RecordNetwork(NetworkSpec network, IReadOnlyList<IReadOnlyList<WeightTensor>> members, int threads) : IDisposable
{
    // Gaps that go through a network together.
    private const int LargestBatch = 64;

    private readonly NetworkPredictor[] _members = [.. members.Select(weights => new NetworkPredictor(network, weights, threads))];

    /// <summary>Outputs of a cell: the correction of the mean estimate, and its quantiles.</summary>
    public int OutputsPerCell { get; } = network.OutputCount / CellGrid.Fold;

    /// <summary>Runs the networks.</summary>
    /// <param name="gaps">The gaps.</param>
    /// <param name="cancellationToken">Cancels between batches.</param>
    /// <returns>Per gap [cells inside, <see cref="OutputsPerCell"/>], in units of the channels.</returns>
    public float[][] Run(IReadOnlyList<GapCells> gaps, CancellationToken cancellationToken)
    {
        var outputs = new float[gaps.Count][];
        foreach (var alike in Enumerable.Range(0, gaps.Count).GroupBy(i => gaps[i].Steps))
        {
            foreach (var batch in alike.Chunk(LargestBatch))
            {
                cancellationToken.ThrowIfCancellationRequested();
                var mean = Run(Array.ConvertAll(batch, i => gaps[i]), alike.Key);
                for (var b = 0; b < batch.Length; b++)
                {
                    var cells = gaps[batch[b]];
                    var start = ((b * cells.Count) + cells.Before) * OutputsPerCell;
                    outputs[batch[b]] = mean[start..(start + (cells.Inside * OutputsPerCell))];
                }
            }
        }

        return outputs;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var member in _members)
            member.Dispose();
    }

    private float[] Run(GapCells[] batch, int steps)
    {
        var (width, height) = (steps * GapChannels.Inputs, steps * network.OutputCount);
        var input = new float[batch.Length * width];
        for (var b = 0; b < batch.Length; b++)
            GapChannels.Write(batch[b], input.AsSpan(b * width, width));
        var (mean, output) = (new float[batch.Length * height], new float[batch.Length * height]);
        foreach (var member in _members)
        {
            member.Predict(input, batch.Length, steps, output);
            for (var i = 0; i < mean.Length; i++)
                mean[i] += output[i] / _members.Length;
        }

        return mean;
    }
}
