using EcgRecovery.BeatDesigns.Beats;
using EcgRecovery.BeatDesigns.Estimates;
using EcgRecovery.Records;

namespace EcgRecovery.BeatDesigns.Training;

/// <summary>The broken beats of a set, and what the reference beats say of them.</summary>
/// <param name="Set">The true beats.</param>
/// <param name="Broken">[N].</param>
/// <param name="Library">The reference beats.</param>
/// <param name="Estimates">Of all that is visible; null where no design asks.</param>
/// <param name="LocalEstimates">Of the gaps' surroundings; null where no design asks.</param>
internal sealed record BrokenBeats(
    HeartbeatSet Set, BrokenBeat[] Broken, HeartbeatSet Library, LocallyLinearEstimates? Estimates, LocallyLinearEstimates? LocalEstimates);

/// <summary>One broken beat with all that a network may be told of it, ready to be varied. Every array is [187].</summary>
/// <param name="neighbours">How many of the nearest reference beats are told.</param>
internal sealed class BeatView(int neighbours)
{
    private const int Length = HeartbeatSet.BeatLength;

    /// <summary>The true beat.</summary>
    public float[] Signal { get; } = new float[Length];

    public bool[] IsMissing { get; } = new bool[Length];

    /// <summary>The locally linear estimate in the gaps, the signal elsewhere.</summary>
    public float[] Estimate { get; } = new float[Length];

    /// <summary>The nearest beats' standard deviation in the gaps, 0 elsewhere.</summary>
    public float[] Spread { get; } = new float[Length];

    /// <summary>As <see cref="Estimate"/>, from the gap's surroundings.</summary>
    public float[] Local { get; } = new float[Length];

    /// <summary>As <see cref="Spread"/>, of the beats that are nearest there.</summary>
    public float[] LocalSpread { get; } = new float[Length];

    /// <summary>The nearest reference beats.</summary>
    public IReadOnlyList<float[]> Nearest { get; } = [.. Enumerable.Range(0, neighbours).Select(_ => new float[Length])];

    /// <summary>Samples of real signal.</summary>
    public int RealLength { get; set; }

    /// <summary>Takes in a broken beat.</summary>
    public void Load(BrokenBeats beats, int item)
    {
        var beat = beats.Broken[item];
        beats.Set[beat.Row].CopyTo(Signal);
        beat.MarkMissing(IsMissing);
        RealLength = beats.Set.RealLength(beat.Row);
        LoadEstimate(beats.Estimates, item, Estimate, Spread);
        LoadEstimate(beats.LocalEstimates, item, Local, LocalSpread);
        for (var k = 0; k < Nearest.Count; k++)
            beats.Library[beats.Estimates!.Nearest[(item * LocallyLinearEstimates.NearestKept) + k]].CopyTo(Nearest[k]);
    }

    private void LoadEstimate(LocallyLinearEstimates? from, int item, float[] estimate, float[] spread)
    {
        if (from is null)
            return;
        from.Spread.AsSpan(item * Length, Length).CopyTo(spread);
        for (var t = 0; t < Length; t++)
            estimate[t] = IsMissing[t] ? from.Estimate[(item * Length) + t] : Signal[t];
    }
}
