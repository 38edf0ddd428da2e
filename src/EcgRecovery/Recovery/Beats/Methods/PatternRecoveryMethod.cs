using EcgRecovery.Beats;
using EcgRecovery.Recovery.Beats.Neighbours;

namespace EcgRecovery.Recovery.Beats.Methods;

/// <summary>A method that learns from reference beats and fills rows with the same missing samples together.</summary>
/// <remarks>Each row's result depends on that row only. The method's own value of an observed sample is that sample.</remarks>
/// <param name="threads">Maximum number of threads, at least 1.</param>
/// <param name="learnedFrom">The records of the reference beats; null if unknown.</param>
internal abstract class PatternRecoveryMethod(int threads, IReadOnlyCollection<string>? learnedFrom) : BeatRecoveryMethod
{
    /// <inheritdoc/>
    public sealed override IReadOnlyCollection<string>? LearnedFromRecords => learnedFrom;

    /// <inheritdoc/>
    public sealed override void Estimate(ReadOnlySpan<float> beats, Span<float> destination, CancellationToken cancellationToken = default)
    {
        BeatShape.Check(beats, destination);
        // Other threads cannot use spans.
        var source = beats.ToArray();
        var filled = beats.ToArray();
        MissingPattern.ForEach(
            source, threads, (pattern, rows) => Fill(pattern, source, rows, filled, cancellationToken), cancellationToken);
        filled.CopyTo(destination);
    }

    /// <summary>Fills the missing samples of some rows. Called concurrently, each time with other rows.</summary>
    /// <param name="pattern">The missing samples of the rows, at least one.</param>
    /// <param name="beats">[N, 187]; NaN = missing.</param>
    /// <param name="rows">Rows of <paramref name="beats"/>.</param>
    /// <param name="destination">[N, 187]; already holds the observed samples.</param>
    /// <param name="cancellationToken">Ends long work with <see cref="OperationCanceledException"/>.</param>
    protected abstract void Fill(
        MissingPattern pattern, float[] beats, int[] rows, float[] destination, CancellationToken cancellationToken);

    /// <summary>Returns one row, [187].</summary>
    protected static Span<float> Row(float[] beats, int row) => beats.AsSpan(row * HeartbeatSet.BeatLength, HeartbeatSet.BeatLength);
}
