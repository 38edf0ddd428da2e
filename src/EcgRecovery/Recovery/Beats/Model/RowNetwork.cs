using EcgRecovery.Beats;
using EcgRecovery.Neural;

namespace EcgRecovery.Recovery.Beats.Model;

/// <summary>One network that sees only the row, as in the original.</summary>
/// <param name="file">The model.</param>
/// <param name="threads">Threads; the result does not depend on them.</param>
internal sealed class RowNetwork(BeatModelFile file, int threads) : IBeatNetwork
{
    // Large enough for every thread, small enough that its copies stay in the cache.
    private const int BatchRows = 512;
    private readonly NetworkPredictor _predictor = new(file.Card.Network, file.Weights, threads);

    /// <inheritdoc/>
    public bool HasInterval => false;

    /// <inheritdoc/>
    public void Run(
        ReadOnlySpan<float> beats, Span<float> destination, Span<float> lower, Span<float> upper, CancellationToken cancellationToken)
    {
        const int length = HeartbeatSet.BeatLength;
        var rows = beats.Length / length;
        var input = new float[Math.Min(rows, BatchRows) * length];
        for (var first = 0; first < rows; first += BatchRows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var count = Math.Min(BatchRows, rows - first);
            var batch = input.AsSpan(0, count * length);
            BeatInput.Encode(beats.Slice(first * length, batch.Length), file.Card.Masked, batch);
            _predictor.Predict(batch, count, length, destination.Slice(first * length, batch.Length));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _predictor.Dispose();
}
