using EcgRecovery.Beats;
using EcgRecovery.Recovery.Beats.Neighbours;

namespace EcgRecovery.Recovery.Beats.Methods;

/// <summary>
/// A method that learns from reference beats and works on all rows of one missing pattern together: its own value of an observed sample is
/// that sample.
/// </summary>
/// <remarks>The one place where these methods share work between threads; each row's result depends on that row alone.</remarks>
/// <param name="threads">How many threads may work at once, at least 1.</param>
/// <param name="learnedFrom">The records of the reference beats, or null where they are not known.</param>
internal abstract class PatternRecoveryMethod(int threads, IReadOnlyCollection<string>? learnedFrom) : BeatRecoveryMethod
{
    /// <summary>
    /// Rows that one thread takes at a time: enough that a stretch of reference beats in its cache serves many, few enough that they fit
    /// beside it and that a small batch still feeds several threads.
    /// </summary>
    private const int RowsAtATime = 240;

    /// <inheritdoc/>
    public sealed override IReadOnlyCollection<string>? LearnedFromRecords => learnedFrom;

    /// <inheritdoc/>
    public sealed override void Estimate(ReadOnlySpan<float> beats, Span<float> destination, CancellationToken cancellationToken = default)
    {
        BeatShape.Check(beats, destination);
        var work = new List<(MissingPattern Pattern, int[] Rows)>();
        foreach (var (pattern, rows) in MissingPattern.Group(beats))
        {
            if (pattern.Missing.Length > 0)
                work.AddRange(rows.Chunk(RowsAtATime).Select(chunk => (pattern, chunk)));
        }

        // Spans cannot cross to other threads.
        var source = beats.ToArray();
        var filled = beats.ToArray();
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken };
        Parallel.ForEach(work, options, item => Fill(item.Pattern, source, item.Rows, filled, cancellationToken));
        filled.CopyTo(destination);
    }

    /// <summary>Fills the missing samples of the given rows. Called from several threads at once, each with rows of its own.</summary>
    /// <param name="pattern">What is missing in every one of the rows; at least one sample.</param>
    /// <param name="beats">[N, 187]; NaN = missing.</param>
    /// <param name="rows">Rows of <paramref name="beats"/>.</param>
    /// <param name="destination">[N, 187]; the observed samples are there already.</param>
    /// <param name="cancellationToken">Ends long work with <see cref="OperationCanceledException"/>.</param>
    protected abstract void Fill(MissingPattern pattern, float[] beats, int[] rows, float[] destination, CancellationToken cancellationToken);

    /// <summary>One row, [187].</summary>
    protected static Span<float> Row(float[] beats, int row) => beats.AsSpan(row * HeartbeatSet.BeatLength, HeartbeatSet.BeatLength);
}
