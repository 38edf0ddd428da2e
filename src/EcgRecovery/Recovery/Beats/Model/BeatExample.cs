using EcgRecovery.Beats;

namespace EcgRecovery.Recovery.Beats.Model;

/// <summary>One broken beat, with its evidence where there is a library, as a network is to see it; room that is used for one row after the other.</summary>
internal sealed class BeatExample
{
    private const int Length = HeartbeatSet.BeatLength;

    /// <summary>[187]: the samples; what stands where one is missing is not to be shown to a network.</summary>
    public float[] Samples { get; } = new float[Length];

    /// <summary>[187].</summary>
    public bool[] IsMissing { get; } = new bool[Length];

    /// <summary>[187], as <see cref="BeatEvidence.Estimate"/>.</summary>
    public float[] Estimate { get; } = new float[Length];

    /// <summary>[187], as <see cref="BeatEvidence.Spread"/>.</summary>
    public float[] Spread { get; } = new float[Length];

    /// <summary>[4][187]: the nearest beats of the library.</summary>
    public float[][] Nearest { get; } = [.. Enumerable.Range(0, BeatEvidence.Neighbours).Select(_ => new float[Length])];

    /// <summary>Takes one row.</summary>
    /// <param name="broken">[187]; NaN = missing.</param>
    /// <param name="samples">[187]: the truth, or again the broken beat where there is none.</param>
    /// <param name="evidence">What was found; null where there is no library.</param>
    /// <param name="row">The row of the evidence.</param>
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
