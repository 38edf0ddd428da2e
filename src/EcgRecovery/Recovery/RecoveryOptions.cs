namespace EcgRecovery.Recovery;

/// <summary>Options for recovering signals. The defaults suit most signals.</summary>
public record RecoveryOptions
{
    /// <summary>The default of <see cref="Method"/>.</summary>
    public const string DefaultMethod = "linear";

    /// <summary>The default of <see cref="MaximumGapSeconds"/>.</summary>
    public const double DefaultMaximumGapSeconds = 2;

    /// <summary>The default of <see cref="WindowSeconds"/>: five minutes give nearly all that half an hour gives.</summary>
    public const double DefaultWindowSeconds = 300;

    /// <summary>Name of a method or of a shipped model (see <c>RecoveryMethods</c>), or a model file.</summary>
    public string Method { get; init; } = DefaultMethod;

    /// <summary>The longest gap that is recovered, in seconds; longer gaps stay missing. Null for no limit.</summary>
    public double? MaximumGapSeconds { get; init; } = DefaultMaximumGapSeconds;

    /// <summary>How much of the signal before a gap, and after it, a method looks at, in seconds. Memory and time grow with it.</summary>
    public double WindowSeconds { get; init; } = DefaultWindowSeconds;

    /// <summary>Maximum number of threads. The result does not depend on it.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;
}
