namespace EcgRecovery.Recovery.Beats.Model;

/// <summary>What a beat model does with broken beats.</summary>
internal interface IBeatNetwork : IDisposable
{
    /// <summary>Whether it gives bounds.</summary>
    bool HasInterval { get; }

    /// <summary>Recovers.</summary>
    /// <param name="beats">[N, 187]; NaN = missing.</param>
    /// <param name="destination">[N, 187]; receives a value for every sample.</param>
    /// <param name="lower">[N, 187]: the 2.5 % bound of every missing sample; empty where bounds are not asked for.</param>
    /// <param name="upper">[N, 187]: the 97.5 % bound of every missing sample; empty where bounds are not asked for.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    void Run(ReadOnlySpan<float> beats, Span<float> destination, Span<float> lower, Span<float> upper, CancellationToken cancellationToken);
}
