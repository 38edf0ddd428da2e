using EcgRecovery.Beats;

namespace EcgRecovery.Recovery.Beats.Model;

/// <summary>Estimates from a library of complete beats for beats with gaps.</summary>
/// <param name="rows">N, number of beats with gaps.</param>
/// <param name="library">The library.</param>
internal sealed class BeatEvidence(int rows, HeartbeatSet library)
{
    /// <summary>Number of nearest beats kept per row.</summary>
    public const int Neighbours = 4;

    /// <summary>[N, 187]: the locally linear estimate of a missing sample; an observed sample unchanged.</summary>
    public float[] Estimate { get; } = new float[rows * HeartbeatSet.BeatLength];

    /// <summary>[N, 187]: standard deviation of the nearest beats in a missing sample; 0 where observed.</summary>
    public float[] Spread { get; } = new float[rows * HeartbeatSet.BeatLength];

    /// <summary>[N, 4]: the library's rows nearest over the observed samples, nearest first.</summary>
    public int[] Nearest { get; } = new int[rows * Neighbours];

    /// <summary>Returns one of a row's nearest beats, [187].</summary>
    /// <param name="row">The row.</param>
    /// <param name="k">0 for the nearest.</param>
    public ReadOnlySpan<float> NearestBeat(int row, int k) => library[Nearest[(row * Neighbours) + k]];
}
