using EcgRecovery.Beats;

namespace EcgRecovery.Recovery.Beats.Model;

/// <summary>What a library of complete beats says of broken ones.</summary>
/// <param name="rows">N.</param>
/// <param name="library">Where the nearest beats are.</param>
internal sealed class BeatEvidence(int rows, HeartbeatSet library)
{
    /// <summary>Nearest beats that are kept of each row.</summary>
    public const int Neighbours = 4;

    /// <summary>[N, 187]: the locally linear estimate of a missing sample; an observed one as it is.</summary>
    public float[] Estimate { get; } = new float[rows * HeartbeatSet.BeatLength];

    /// <summary>[N, 187]: how far the nearest beats differ in a missing sample (standard deviation); 0 where observed.</summary>
    public float[] Spread { get; } = new float[rows * HeartbeatSet.BeatLength];

    /// <summary>[N, 4]: the library's rows nearest over all observed samples, nearest first.</summary>
    public int[] Nearest { get; } = new int[rows * Neighbours];

    /// <summary>One of the nearest beats, [187].</summary>
    /// <param name="row">Whose.</param>
    /// <param name="k">0 for the nearest.</param>
    public ReadOnlySpan<float> NearestBeat(int row, int k) => library[Nearest[(row * Neighbours) + k]];
}
