namespace EcgRecovery.Recovery.Beats.Model;

/// <summary>The trained network or networks of a beat model.</summary>
internal interface IBeatNetwork : IDisposable
{
    /// <summary>Whether the network gives bounds.</summary>
    bool HasInterval { get; }

    /// <summary>Recovers beats.</summary>
    /// <param name="beats">[N, 187]; NaN = missing.</param>
    /// <param name="destination">[N, 187]; receives a value for every sample.</param>
    /// <param name="lower">[N, 187]: the 2.5 % bound of every missing sample; empty if not needed.</param>
    /// <param name="upper">[N, 187]: the 97.5 % bound of every missing sample; empty if not needed.</param>
    /// <param name="cancellationToken">Ends long work with <see cref="OperationCanceledException"/>.</param>
    void Run(ReadOnlySpan<float> beats, Span<float> destination, Span<float> lower, Span<float> upper, CancellationToken cancellationToken);
}
