using System.Globalization;
using EcgRecovery.Beats;
using EcgRecovery.Neural;
using EcgRecovery.Records;

namespace EcgRecovery.Evaluation.Beats;

/// <summary>The samples set missing in every row: the same ones, or one run of a given length at a random place of the signal.</summary>
/// <remarks>
/// A random gap is equally likely to start at each place that leaves at least one real sample on both sides. The place depends only on the
/// seed and the row's number: every method gets the same gaps, and a row's gap does not depend on other rows.
/// </remarks>
internal sealed record BeatGapPlan
{
    /// <summary>Minimum number of real samples that stay, both sides together.</summary>
    private const int MinimumAround = 2;

    /// <summary>Maximum length of a random gap: it leaves one sample on each side of a row without padding.</summary>
    public const int MaximumRandomLength = HeartbeatSet.BeatLength - MinimumAround;

    // The bootstrap uses the first branches of the seed's generator; the gaps use this one.
    private const ulong Branch = 0x0067_6170;

    private BeatGapPlan(SampleSpan? everywhere, int length, int seed) => (Everywhere, Length, Seed) = (everywhere, length, seed);

    /// <summary>Gap of every row; null where gaps are random.</summary>
    public SampleSpan? Everywhere { get; }

    /// <summary>Number of missing samples in a row.</summary>
    public int Length { get; }

    /// <summary>Minimum number of real samples of a tested row: a random gap and one sample on each side; 0 for a fixed gap.</summary>
    public int MinimumRealLength => IsRandom ? Length + MinimumAround : 0;

    /// <summary>Seed of the places of random gaps.</summary>
    public int Seed { get; }

    /// <summary>Whether each row has its own random gap.</summary>
    public bool IsRandom => Everywhere is null;

    /// <summary>Creates a plan in which every row loses the same samples.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The gap lies outside the beat, or is empty.</exception>
    public static BeatGapPlan Fixed(SampleSpan gap)
    {
        if (gap.Start < 0 || gap.End > HeartbeatSet.BeatLength || gap.Length <= 0)
            throw new ArgumentOutOfRangeException(nameof(gap), $"Gap {gap} lies outside the beat; expected 0..{HeartbeatSet.BeatLength}.");
        return new BeatGapPlan(gap, (int)gap.Length, seed: 0);
    }

    /// <summary>Creates a plan in which every row loses a run at a random place, wholly within its real signal.</summary>
    /// <param name="length">Number of missing samples, 1 to <see cref="MaximumRandomLength"/>.</param>
    /// <param name="seed">Seed of the places.</param>
    /// <exception cref="ArgumentOutOfRangeException">The length is out of range.</exception>
    public static BeatGapPlan Random(int length, int seed)
    {
        if (length is < 1 or > MaximumRandomLength)
        {
            throw new ArgumentOutOfRangeException(
                nameof(length), $"A random gap of {length} samples fits no beat; expected 1 to {MaximumRandomLength}.");
        }

        return new BeatGapPlan(everywhere: null, length, seed);
    }

    /// <summary>Returns a row's gap, or null where a random gap does not fit into its real signal.</summary>
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

    /// <summary>Returns <c>samples 100..137 missing</c> or <c>37 samples missing at random within the real signal</c>.</summary>
    public override string ToString() => Everywhere is { } gap
        ? $"samples {gap} missing"
        : string.Create(CultureInfo.InvariantCulture, $"{Length} samples missing at random within the real signal");
}
