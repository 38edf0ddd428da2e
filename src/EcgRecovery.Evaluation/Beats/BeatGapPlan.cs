using System.Globalization;
using EcgRecovery.Beats;
using EcgRecovery.Neural;
using EcgRecovery.Records;

namespace EcgRecovery.Evaluation.Beats;

/// <summary>Which samples every row loses: the same ones, or one run of a given length somewhere in its real signal.</summary>
/// <remarks>
/// A random gap starts at any of the places that leave at least one real sample on each side, each as likely as any other. The place is
/// drawn from the seed and the row's number alone: every method gets the same gaps, and no row's depends on the other rows.
/// </remarks>
internal sealed record BeatGapPlan
{
    /// <summary>Real samples that stay on both sides together, at the least.</summary>
    private const int MinimumAround = 2;

    /// <summary>The longest random gap: it leaves one sample on each side of a row without padding.</summary>
    public const int MaximumRandomLength = HeartbeatSet.BeatLength - MinimumAround;

    // A branch of the seed's generator of its own: the bootstrap has the first ones.
    private const ulong Branch = 0x0067_6170;

    private BeatGapPlan(SampleSpan? everywhere, int length, int seed) => (Everywhere, Length, Seed) = (everywhere, length, seed);

    /// <summary>The gap of every row; null where each row has its own.</summary>
    public SampleSpan? Everywhere { get; }

    /// <summary>Missing samples in a row.</summary>
    public int Length { get; }

    /// <summary>Samples of real signal that a row needs to lose anything: what a random gap takes, and one on each side.</summary>
    public int MinimumRealLength => IsRandom ? Length + MinimumAround : 0;

    /// <summary>Draws the places of random gaps.</summary>
    public int Seed { get; }

    /// <summary>Whether each row has a gap at a place of its own.</summary>
    public bool IsRandom => Everywhere is null;

    /// <summary>Every row loses the same samples.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The gap lies outside the beat, or is empty.</exception>
    public static BeatGapPlan Fixed(SampleSpan gap)
    {
        if (gap.Start < 0 || gap.End > HeartbeatSet.BeatLength || gap.Length <= 0)
            throw new ArgumentOutOfRangeException(nameof(gap), $"Gap {gap} lies outside the beat; expected 0..{HeartbeatSet.BeatLength}.");
        return new BeatGapPlan(gap, (int)gap.Length, seed: 0);
    }

    /// <summary>Every row loses a run of its own, wholly within its real signal.</summary>
    /// <param name="length">Missing samples, 1 to <see cref="MaximumRandomLength"/>.</param>
    /// <param name="seed">Draws the places.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such length.</exception>
    public static BeatGapPlan Random(int length, int seed)
    {
        if (length is < 1 or > MaximumRandomLength)
            throw new ArgumentOutOfRangeException(nameof(length), $"A random gap of {length} samples fits no beat; expected 1 to {MaximumRandomLength}.");
        return new BeatGapPlan(everywhere: null, length, seed);
    }

    /// <summary>A row's gap, or null where a random one does not fit into its real signal.</summary>
    /// <param name="beats">The beats.</param>
    /// <param name="row">Row of <paramref name="beats"/>, counted from 0.</param>
    public SampleSpan? Of(HeartbeatSet beats, int row)
    {
        if (Everywhere is { } gap)
            return gap;
        var places = beats.RealLength(row) - MinimumRealLength + 1;
        if (places <= 0)
            return null;
        var start = 1 + new SeededRandom((ulong)Seed).Fork(Branch).Fork((ulong)row).NextInt(places);
        return new SampleSpan(start, start + Length);
    }

    /// <summary>Writes <c>samples 100..137 missing</c>, or <c>37 samples missing at random within the real signal</c>.</summary>
    public override string ToString() => Everywhere is { } gap
        ? $"samples {gap} missing"
        : string.Create(CultureInfo.InvariantCulture, $"{Length} samples missing at random within the real signal");
}
