namespace EcgRecovery.Recovery.Records;

/// <summary>What a method did with one gap.</summary>
/// <param name="Method">The method that filled it, or another one where that did; null where the gap is left missing.</param>
/// <param name="Reason">
/// Why the gap is left missing, or why a simpler method filled it; otherwise empty, also where a method hands a gap to a better one.
/// </param>
internal readonly record struct GapOutcome(string? Method, string Reason = "")
{
    /// <summary>Whether the gap is filled.</summary>
    public bool IsFilled => Method is not null;

    /// <summary>
    /// [length of the gap], above 0: the expected size of each sample's error, in the lead's unit; null where the method does not estimate
    /// it. Its scale need not be right: intervals are calibrated.
    /// </summary>
    public float[]? ErrorScale { get; init; }

    /// <summary>
    /// The method's own intervals, lowest level first, where it knows how large its errors are on other recordings; null without. Those of
    /// hidden gaps of the recording itself come before them.
    /// </summary>
    public IReadOnlyList<GapInterval>? Intervals { get; init; }

    /// <summary>Whether it was filled from leads that survive.</summary>
    public bool UsesOtherLeads { get; init; }

    /// <summary>A gap that a method cannot fill.</summary>
    public static GapOutcome Left(string reason) => new(null, reason);
}
