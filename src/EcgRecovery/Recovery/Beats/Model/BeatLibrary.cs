using EcgRecovery.Beats;
using EcgRecovery.Neural.Networks;
using EcgRecovery.Records;
using EcgRecovery.Recovery.Beats.Neighbours;

namespace EcgRecovery.Recovery.Beats.Model;

/// <summary>Complete beats that a model refers to, stored in its file with one byte per sample.</summary>
/// <remarks>A step is 1/255 of the beat's height: about an ADC step of a beat of 1.3 mV, far below the error of any recovery.</remarks>
internal sealed class BeatLibrary
{
    private const float Steps = 255f;

    private BeatLibrary(HeartbeatSet beats)
    {
        Beats = beats;
        Search = new NeighbourSearch(beats);
    }

    /// <summary>The beats, R of them. Their sources are known only after <see cref="Thin"/>: a file does not hold them.</summary>
    public HeartbeatSet Beats { get; }

    /// <summary>The nearest-neighbour search among them.</summary>
    public NeighbourSearch Search { get; }

    /// <summary>Returns a library of evenly spaced rows of a set (<see cref="EvenRows"/>), rounded as in a file.</summary>
    /// <param name="set">Complete beats within 0…1.</param>
    /// <param name="maximum">Maximum number of rows.</param>
    public static BeatLibrary Thin(HeartbeatSet set, int maximum)
    {
        var chosen = set.Select(EvenRows.Of(set.Count, maximum));
        for (var i = 0; i < chosen.Samples.Length; i++)
            chosen.Samples[i] = MathF.Round(chosen.Samples[i] * Steps) / Steps;
        return new BeatLibrary(chosen);
    }

    /// <summary>Reads the library of a model file.</summary>
    /// <param name="tensor">[R, 187], bytes.</param>
    public static BeatLibrary FromTensor(WeightTensor tensor) =>
        new(new HeartbeatSet([.. tensor.Values.Select(value => value / Steps)], new AamiClass[tensor.Shape[0]]));

    /// <summary>Returns the library for a model file, [R, 187].</summary>
    /// <param name="name">The tensor's name.</param>
    public WeightTensor ToTensor(string name)
    {
        float[] bytes = [.. Beats.Samples.Select(value => MathF.Round(value * Steps))];
        return new WeightTensor(name, [Beats.Count, HeartbeatSet.BeatLength], bytes) { Type = TensorType.U8 };
    }
}
