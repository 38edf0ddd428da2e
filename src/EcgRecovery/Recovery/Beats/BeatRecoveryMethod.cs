using EcgRecovery.Beats;

namespace EcgRecovery.Recovery.Beats;

/// <summary>A way of recovering the missing samples of single heartbeats.</summary>
/// <remarks>
/// Beats are [N, 187], row-major, as in <see cref="HeartbeatSet"/>; <b>NaN marks a missing sample</b>, so a method cannot see what it is
/// to recover. A method is one type plus one line in <c>BeatRecoveryMethods</c>.
/// </remarks>
public abstract class BeatRecoveryMethod : IDisposable
{
    /// <summary>The name on the command line and in tables, as in <c>locally-linear</c>.</summary>
    public abstract string Name { get; }

    /// <summary>
    /// The records (patients) whose beats the method has learned from: empty where it learns nothing, null where it learned from beats of
    /// unknown origin.
    /// </summary>
    public virtual IReadOnlyCollection<string>? LearnedFromRecords => [];

    /// <summary>
    /// Whether the method's output stands for the whole beat, as the original autoencoder's did, and is to be judged so. Everything else
    /// is judged with the observed samples copied back.
    /// </summary>
    public virtual bool ReplacesWholeBeat => false;

    /// <summary>The method's own value of every sample, observed ones included.</summary>
    /// <param name="beats">[N, 187]; NaN = missing.</param>
    /// <param name="destination">[N, 187]; receives finite values only.</param>
    /// <param name="cancellationToken">Ends long work with <see cref="OperationCanceledException"/>.</param>
    public abstract void Estimate(ReadOnlySpan<float> beats, Span<float> destination, CancellationToken cancellationToken = default);

    /// <summary>Fills the missing samples; observed samples come out untouched, to the bit.</summary>
    /// <inheritdoc cref="Estimate"/>
    /// <exception cref="ArgumentException">The spans overlap, or are not of the same whole rows.</exception>
    public void Recover(ReadOnlySpan<float> beats, Span<float> destination, CancellationToken cancellationToken = default)
    {
        // The estimate would overwrite the observed samples before they are copied back.
        if (beats.Overlaps(destination))
            throw new ArgumentException("destination overlaps beats; expected memory of its own.", nameof(destination));
        Estimate(beats, destination, cancellationToken);
        for (var i = 0; i < beats.Length; i++)
        {
            if (!float.IsNaN(beats[i]))
                destination[i] = beats[i];
        }
    }

    /// <summary>Whether the method can say between which values a filled sample probably lies.</summary>
    public virtual bool HasInterval => false;

    /// <summary>Fills the missing samples as <see cref="Recover(ReadOnlySpan{float}, Span{float}, CancellationToken)"/> does, each with its 95 % interval.</summary>
    /// <param name="beats">[N, 187]; NaN = missing.</param>
    /// <param name="destination">[N, 187]; observed samples untouched, to the bit.</param>
    /// <param name="lower">[N, 187]; the 2.5 % bound, at or below the filled sample; an observed sample is its own bound.</param>
    /// <param name="upper">[N, 187]; the 97.5 % bound, at or above the filled sample.</param>
    /// <param name="cancellationToken">Ends long work with <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="NotSupportedException"><see cref="HasInterval"/> is false.</exception>
    /// <exception cref="ArgumentException">The spans overlap, or are not of the same whole rows.</exception>
    public void Recover(
        ReadOnlySpan<float> beats, Span<float> destination, Span<float> lower, Span<float> upper, CancellationToken cancellationToken = default)
    {
        if (!HasInterval)
            throw new NotSupportedException($"{Name} gives no interval.");
        if (beats.Overlaps(destination) || beats.Overlaps(lower) || beats.Overlaps(upper)
            || destination.Overlaps(lower) || destination.Overlaps(upper) || lower.Overlaps(upper))
        {
            throw new ArgumentException("beats, destination, lower and upper overlap; expected memory of their own.", nameof(destination));
        }

        BeatShape.Check(beats, lower);
        BeatShape.Check(beats, upper);
        EstimateInterval(beats, destination, lower, upper, cancellationToken);
        for (var i = 0; i < beats.Length; i++)
        {
            if (!float.IsNaN(beats[i]))
                destination[i] = lower[i] = upper[i] = beats[i];
        }
    }

    /// <summary>The method's own value of every missing sample with its 95 % interval; what it writes for observed samples is overwritten.</summary>
    /// <inheritdoc cref="Recover(ReadOnlySpan{float}, Span{float}, Span{float}, Span{float}, CancellationToken)"/>
    protected virtual void EstimateInterval(
        ReadOnlySpan<float> beats, Span<float> destination, Span<float> lower, Span<float> upper, CancellationToken cancellationToken) =>
        throw new NotSupportedException($"{Name} gives no interval.");

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees what the method holds.</summary>
    protected virtual void Dispose(bool disposing)
    {
    }
}
