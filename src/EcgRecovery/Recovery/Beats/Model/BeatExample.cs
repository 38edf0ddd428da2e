using EcgRecovery.Beats;

namespace EcgRecovery.Recovery.Beats.Model;

/// <summary>A buffer for one beat with gaps and, if there is a library, its evidence; reused from row to row.</summary>
internal sealed class BeatExample
{
    private const int Length = HeartbeatSet.BeatLength;

    /// <summary>[187]: the samples. Values of missing samples must not be shown to a network.</summary>
    public float[] Samples { get; } = new float[Length];

    /// <summary>[187]: whether a sample is missing.</summary>
    public bool[] IsMissing { get; } = new bool[Length];

    /// <summary>[187], as <see cref="BeatEvidence.Estimate"/>.</summary>
    public float[] Estimate { get; } = new float[Length];

    /// <summary>[187], as <see cref="BeatEvidence.Spread"/>.</summary>
    public float[] Spread { get; } = new float[Length];

    /// <summary>[4][187]: the nearest beats of the library.</summary>
    public float[][] Nearest { get; } = [.. Enumerable.Range(0, BeatEvidence.Neighbours).Select(_ => new float[Length])];

    /// <summary>Loads one row.</summary>
    /// <param name="broken">[187]; NaN = missing.</param>
    /// <param name="samples">[187]: the true samples; if unknown, the same as <paramref name="broken"/>.</param>
    /// <param name="evidence">The evidence; null without a library.</param>
    /// <param name="row">The row in <paramref name="evidence"/>.</param>
    public void Load(ReadOnlySpan<float> broken, ReadOnlySpan<float> samples, BeatEvidence? evidence, int row)
    {
        samples.CopyTo(Samples);
        for (var t = 0; t < Length; t++)
            IsMissing[t] = float.IsNaN(broken[t]);
        if (evidence is null)
            return;
        evidence.Estimate.AsSpan(row * Length, Length).CopyTo(Estimate);
        evidence.Spread.AsSpan(row * Length, Length).CopyTo(Spread);
        for (var k = 0; k < Nearest.Length; k++)
            evidence.NearestBeat(row, k).CopyTo(Nearest[k]);
    }
}
