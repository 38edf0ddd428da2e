using EcgRecovery.Beats;
using EcgRecovery.Neural.Networks;
using EcgRecovery.Records;
using EcgRecovery.Recovery.Beats.Neighbours;

namespace EcgRecovery.Recovery.Beats.Model;

/// <summary>Complete beats that a model refers to; they travel in its file, a byte a sample.</summary>
/// <remarks>A byte is 1/255 of the beat's height: about an ADC step of a beat of 1.3 mV, far below what any recovery errs.</remarks>
internal sealed class BeatLibrary
{
    private const float Steps = 255f;

    private BeatLibrary(HeartbeatSet beats)
    {
        Beats = beats;
        Search = new NeighbourSearch(beats);
    }

    /// <summary>The beats, R of them, with their sources where they were thinned out of a set that has them.</summary>
    public HeartbeatSet Beats { get; }

    /// <summary>The search among them.</summary>
    public NeighbourSearch Search { get; }

    /// <summary>The rows of <see cref="Thin"/>'s library: evenly spaced over all of a set.</summary>
    /// <param name="count">Rows of the set.</param>
    /// <param name="maximum">How many at most.</param>
    public static int[] RowsOf(int count, int maximum) =>
        [.. Enumerable.Range(0, Math.Min(count, maximum)).Select(i => (int)((long)i * count / Math.Min(count, maximum)))];

    /// <summary>Evenly spaced rows of a set, rounded as a file holds them.</summary>
    /// <param name="set">Complete beats within 0…1.</param>
    /// <param name="maximum">How many rows at most.</param>
    public static BeatLibrary Thin(HeartbeatSet set, int maximum)
    {
        var chosen = set.Select(RowsOf(set.Count, maximum));
        for (var i = 0; i < chosen.Samples.Length; i++)
            chosen.Samples[i] = MathF.Round(chosen.Samples[i] * Steps) / Steps;
        return new BeatLibrary(chosen);
    }

    /// <summary>The library in a model file.</summary>
    /// <param name="tensor">[R, 187], bytes.</param>
    public static BeatLibrary FromTensor(WeightTensor tensor) =>
        new(new HeartbeatSet([.. tensor.Values.Select(value => value / Steps)], new AamiClass[tensor.Shape[0]]));

    /// <summary>As a model file holds it, [R, 187].</summary>
    /// <param name="name">The tensor's name.</param>
    public WeightTensor ToTensor(string name) =>
        new(name, [Beats.Count, HeartbeatSet.BeatLength], [.. Beats.Samples.Select(value => MathF.Round(value * Steps))]) { Type = TensorType.U8 };
}
