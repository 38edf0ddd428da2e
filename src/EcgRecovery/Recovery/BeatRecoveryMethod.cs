using EcgRecovery.Records;

namespace EcgRecovery.Recovery;

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
    /// <param name="cancellation">Ends long work with <see cref="OperationCanceledException"/>.</param>
    public abstract void Estimate(ReadOnlySpan<float> beats, Span<float> destination, CancellationToken cancellation = default);

    /// <summary>Fills the missing samples; observed samples come out untouched, to the bit.</summary>
    /// <inheritdoc cref="Estimate"/>
    /// <exception cref="ArgumentException">The spans overlap, or are not of the same whole rows.</exception>
    public void Recover(ReadOnlySpan<float> beats, Span<float> destination, CancellationToken cancellation = default)
    {
        // The estimate would overwrite the observed samples before they are copied back.
        if (beats.Overlaps(destination))
            throw new ArgumentException("destination overlaps beats; expected memory of its own.", nameof(destination));
        Estimate(beats, destination, cancellation);
        for (var i = 0; i < beats.Length; i++)
        {
            if (!float.IsNaN(beats[i]))
                destination[i] = beats[i];
        }
    }

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
