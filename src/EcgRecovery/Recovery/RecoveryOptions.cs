namespace EcgRecovery.Recovery;

/// <summary>Options for recovering signals. The defaults suit most.</summary>
public sealed record RecoveryOptions
{
    /// <summary>The default of <see cref="Method"/>.</summary>
    public const string DefaultMethod = "linear";

    /// <summary>Name of a method or of a shipped model (see <c>RecoveryMethods</c>), or a model file. Default <c>linear</c>.</summary>
    public string Method { get; init; } = DefaultMethod;

    /// <summary>Gaps longer than this, in seconds, stay missing; null = none are too long, which is the default.</summary>
    public double? MaximumGapSeconds { get; init; }
}
