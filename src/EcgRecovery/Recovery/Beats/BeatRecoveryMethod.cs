using EcgRecovery.Beats;

namespace EcgRecovery.Recovery.Beats;

/// <summary>A method that recovers the missing samples of single heartbeats.</summary>
/// <remarks>
/// Beats are [N, 187], row-major, as in <see cref="HeartbeatSet"/>; NaN marks a missing sample, so a method cannot see the true samples.
/// </remarks>
internal abstract class BeatRecoveryMethod : RecoveryMethod
{
    /// <summary>
    /// Whether the method's output replaces the whole beat, as that of the original autoencoder does, and is scored that way. All other
    /// methods are scored with the observed samples copied back.
    /// </summary>
    public virtual bool ReplacesWholeBeat => false;

    /// <summary>Computes the method's own value of every sample, including observed ones.</summary>
    /// <param name="beats">[N, 187]; NaN = missing.</param>
    /// <param name="destination">[N, 187]; receives finite values only.</param>
    /// <param name="cancellationToken">Ends long work with <see cref="OperationCanceledException"/>.</param>
    public abstract void Estimate(ReadOnlySpan<float> beats, Span<float> destination, CancellationToken cancellationToken = default);

    /// <summary>Fills the missing samples; observed samples are unchanged to the bit.</summary>
    /// <inheritdoc cref="Estimate"/>
    /// <exception cref="ArgumentException">The spans overlap, have different lengths, or are not whole rows.</exception>
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

    /// <summary>Fills the missing samples, each with its 95 % interval; observed samples are unchanged to the bit.</summary>
    /// <param name="beats">[N, 187]; NaN = missing.</param>
    /// <param name="destination">[N, 187]; observed samples are unchanged to the bit.</param>
    /// <param name="lower">[N, 187]; the 2.5 % bound, at or below the filled sample; an observed sample is its own bound.</param>
    /// <param name="upper">[N, 187]; the 97.5 % bound, at or above the filled sample.</param>
    /// <param name="cancellationToken">Ends long work with <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="NotSupportedException"><see cref="RecoveryMethod.HasInterval"/> is false.</exception>
    /// <exception cref="ArgumentException">The spans overlap, have different lengths, or are not whole rows.</exception>
    public void Recover(
        ReadOnlySpan<float> beats,
        Span<float> destination,
        Span<float> lower,
        Span<float> upper,
        CancellationToken cancellationToken = default)
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

    /// <summary>Computes every missing sample with its 95 % interval; values written for observed samples are overwritten.</summary>
    /// <inheritdoc cref="Recover(ReadOnlySpan{float}, Span{float}, Span{float}, Span{float}, CancellationToken)"/>
    protected virtual void EstimateInterval(
        ReadOnlySpan<float> beats, Span<float> destination, Span<float> lower, Span<float> upper, CancellationToken cancellationToken) =>
        throw new NotSupportedException($"{Name} gives no interval.");
}
