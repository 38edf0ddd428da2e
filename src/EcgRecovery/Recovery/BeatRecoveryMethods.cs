using EcgRecovery.Beats;
using EcgRecovery.Recovery.Beats;
using EcgRecovery.Recovery.Beats.Methods;
using EcgRecovery.Recovery.Beats.Neighbours;

namespace EcgRecovery.Recovery;

/// <summary>What a method is made from.</summary>
/// <param name="ReferenceBeats">Beats to learn from; null where there are none.</param>
/// <param name="Threads">How many threads may work at once, at least 1. No result depends on it.</param>
public sealed record BeatMethodContext(HeartbeatSet? ReferenceBeats, int Threads)
{
    private (HeartbeatSet Beats, bool SamePatients, ReferenceBeats References)? _shared;

    /// <summary>
    /// Whether the beats to be recovered come from patients that the reference beats include. Methods that choose constants choose them on
    /// the reference beats accordingly: with a beat's own record at hand, or without it.
    /// </summary>
    public bool SamePatients { get; init; }

    /// <summary>The reference beats with what the methods share.</summary>
    /// <exception cref="ArgumentException">There are none.</exception>
    internal ReferenceBeats References
    {
        get
        {
            var beats = ReferenceBeats ?? throw new ArgumentException("This method needs reference beats to learn from.");
            // A copy made by `with` brings the original's along.
            if (_shared is { } shared && shared.Beats == beats && shared.SamePatients == SamePatients)
                return shared.References;
            var references = new ReferenceBeats(beats, SamePatients);
            _shared = (beats, SamePatients, references);
            return references;
        }
    }
}

/// <summary>One way of recovering beats by its name: a reference method, or a trained model.</summary>
/// <param name="Name">The name on the command line and in tables.</param>
/// <param name="Description">What it does, in half a sentence.</param>
/// <param name="NeedsReferenceBeats">Whether it learns from <see cref="BeatMethodContext.ReferenceBeats"/>.</param>
/// <param name="Create">Makes it; it may take seconds where it learns.</param>
public sealed record BeatMethodEntry(
    string Name, string Description, bool NeedsReferenceBeats, Func<BeatMethodContext, BeatRecoveryMethod> Create);

/// <summary>The list of reference methods for single heartbeats.</summary>
public static class BeatRecoveryMethods
{
    /// <summary>All of them, simplest first: the order of every table.</summary>
    public static IReadOnlyList<BeatMethodEntry> All { get; } =
    [
        new("zeros", "zeros in the gap: what the original system amounts to", false, _ => new ZerosMethod()),
        new("hold", "the last sample before the gap", false, _ => new HoldMethod()),
        new("linear", "a straight line across the gap", false, _ => new LinearMethod()),
        new("cubic", "a shape-preserving cubic across the gap (PCHIP)", false, _ => new CubicMethod()),
        new("conditional-gaussian", "ridge regression on the visible samples, one for all beats", true, c => new ConditionalGaussianMethod(c.References, c.Threads)),
        new("knn", "the mean of the nearest reference beats", true, c => new KNearestMethod(c.References, c.Threads)),
        new("locally-linear", "ridge regression among the 64 nearest reference beats", true, c => new LocallyLinearMethod(c.References, c.Threads)),
    ];

    /// <summary>The entry of that name, or null.</summary>
    public static BeatMethodEntry? Find(string name) => All.FirstOrDefault(entry => entry.Name == name);
}
