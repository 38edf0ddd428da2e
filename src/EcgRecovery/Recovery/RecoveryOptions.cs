namespace EcgRecovery.Recovery;

/// <summary>Options for recovering signals. The defaults suit most signals.</summary>
public sealed record RecoveryOptions
{
    /// <summary>The default of <see cref="Method"/>.</summary>
    public const string DefaultMethod = "linear";

    /// <summary>Name of a method or of a shipped model (see <c>RecoveryMethods</c>), or a model file. Default <c>linear</c>.</summary>
    public string Method { get; init; } = DefaultMethod;

    /// <summary>The longest gap that is recovered, in seconds; longer gaps stay missing. Null, the default, for no limit.</summary>
    public double? MaximumGapSeconds { get; init; }
}
