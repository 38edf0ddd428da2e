using EcgRecovery.Evaluation.Records.Truth;
using EcgRecovery.Neural;
using EcgRecovery.Records;

namespace EcgRecovery.Evaluation.Records.Plans;

/// <summary>Single gaps of one cell in one record.</summary>
/// <remarks>
/// A gap at any time is equally likely to start at each place that leaves <see cref="MarginSeconds"/> to both ends of the lead; in a lead
/// that is too short for it, at each place that leaves a quarter of the rest. It is drawn again where its samples or the two beside it are
/// missing, or, if gaps are missing together, where less than the margin would lie between it and an earlier one. Places depend on the
/// seed, the record's name, the length and the wave only; a place is a share of the lead, so that it is the same time at every sampling
/// frequency. A gap on a wave is centred on that wave of a beat, each beat equally likely, and drawn again for the same reasons.
/// </remarks>
/// <param name="Gaps">The gaps, in order. Those that are cut one at a time may overlap.</param>
/// <param name="AreTogether">Whether all are missing at the same time.</param>
internal sealed record SingleGaps(IReadOnlyList<SampleSpan> Gaps, bool AreTogether)
{
    /// <summary>Signal between two gaps that are missing together, and between a gap and the ends of the lead, in seconds.</summary>
    public const double MarginSeconds = 5;

    // The bootstrap uses the first branches of the seed's generator; the places use this one, "places".
    private const ulong Branch = 0x7061_6c63_6573;

    // Enough to fill three quarters of the room there is; a lead that is fuller has its gaps cut one at a time.
    private const int TriesPerGap = 1_000;

    /// <summary>Draws gaps of one length.</summary>
    /// <param name="leads">The tested leads of a record, at least one; all are observed in and beside the gaps.</param>
    /// <param name="kind">Their length, and where they lie.</param>
    /// <param name="options">Their number, the seed, and whether they are cut one at a time.</param>
    /// <returns>Null where the leads have no room for a gap, or no known beats to place it by.</returns>
    public static SingleGaps? Draw(IReadOnlyList<TestedLead> leads, CellKind kind, PlanOptions options)
    {
        var length = Math.Max(1, (long)Math.Round(kind.Seconds * leads[0].SamplingFrequencyHz));
        var count = options.GapsPerRecord;
        // What is missing together is missing from the signal that methods learn from.
        var affordable = (int)(options.MaximumLostShare * leads[0].MilliVolts.Length / length);
        return Draw(leads, kind, Enumerable.Repeat(length, Math.Clamp(affordable, 1, count)), options, areTogether: true)
            ?? Draw(leads, kind, Enumerable.Repeat(length, count), options, areTogether: false);
    }

    /// <summary>Draws gaps of given lengths at random places.</summary>
    /// <param name="leads">The tested leads of a record.</param>
    /// <param name="kind">What else the gaps have in common.</param>
    /// <param name="lengths">Their lengths, in samples.</param>
    /// <param name="options">The seed, and whether they are cut one at a time.</param>
    public static SingleGaps? Draw(
        IReadOnlyList<TestedLead> leads, CellKind kind, IReadOnlyList<long> lengths, PlanOptions options)
    {
        // The longest first: they find room least easily.
        long[] sorted = [.. lengths.OrderDescending()];
        return Draw(leads, kind, sorted, options, areTogether: true) ?? Draw(leads, kind, sorted, options, areTogether: false);
    }

    private static SingleGaps? Draw(
        IReadOnlyList<TestedLead> leads, CellKind kind, IEnumerable<long> lengths, PlanOptions options, bool areTogether)
    {
        if (areTogether && options.OneAtATime)
            return null;
        var margin = (long)Math.Ceiling(MarginSeconds * leads[0].SamplingFrequencyHz);
        var random = Random(leads[0].Record, kind, options.Seed);
        var gaps = new List<SampleSpan>();
        foreach (var length in lengths)
        {
            if (Next(leads, kind, length, areTogether ? gaps : [], margin, random) is not { } gap)
                return null;
            gaps.Add(gap);
        }

        return gaps.Count == 0 ? null : new SingleGaps([.. gaps.OrderBy(gap => gap.Start)], areTogether);
    }

    private static SampleSpan? Next(
        IReadOnlyList<TestedLead> leads, CellKind kind, long length, List<SampleSpan> others, long margin, SeededRandom random)
    {
        var places = Places(leads[0], kind, length, margin);
        for (var tries = 0; tries < TriesPerGap && places.Count > 0; tries++)
        {
            var start = places.At((long)(random.NextDouble() * places.Count));
            var gap = new SampleSpan(start, start + length);
            if (leads.All(lead => lead.IsObserved(new SampleSpan(gap.Start - 1, gap.End + 1))) && !others.Exists(IsNear))
                return gap;

            bool IsNear(SampleSpan other) => gap.Start - margin < other.End && other.Start < gap.End + margin;
        }

        return null;
    }

    /// <summary>Returns the samples at which a gap may start: how many there are, and which the i-th is.</summary>
    private static (long Count, Func<long, long> At) Places(TestedLead lead, CellKind kind, long length, long margin)
    {
        var rest = lead.MilliVolts.Length - length;
        if (rest < 2 * margin)
            margin = rest / 4;
        if (margin <= 0)
            return (0, i => i);
        if (kind.Placement == GapPlacement.Random)
            return (rest - (2 * margin) + 1, i => margin + i);
        long[] starts =
        [
            .. kind.Placement.Centres(lead.RPeaks ?? [], lead.SamplingFrequencyHz)
                .Select(centre => (long)Math.Round(centre - (length / 2.0)))
                .Where(start => start >= margin && start <= rest - margin),
        ];
        return (starts.Length, i => starts[i]);
    }

    /// <summary>Returns the generator of a record's places.</summary>
    /// <param name="record">Name of the record.</param>
    /// <param name="kind">Which leads are lost, and noise, change no place: cells that differ in them alone have the same gaps.</param>
    /// <param name="seed">The seed.</param>
    public static SeededRandom Random(string record, CellKind kind, int seed)
    {
        var random = new SeededRandom((ulong)seed).Fork(Branch).Fork(Number(record)).Fork((ulong)Math.Round(1e6 * kind.Seconds));
        if (kind.Placement != GapPlacement.Random)
            random = random.Fork((ulong)kind.Placement);
        // Beyond the numbers of placements.
        if (kind.Pattern != LossPattern.Single)
            random = random.Fork(0x100 + (ulong)kind.Pattern);
        return kind.LengthsOf is { } pattern ? random.Fork(0x200 + (ulong)pattern) : random;
    }

    // FNV-1a: a hash that is the same on every machine and in every version of .NET.
    private static ulong Number(string name)
    {
        var hash = 0xcbf2_9ce4_8422_2325;
        foreach (var letter in name)
            hash = (hash ^ letter) * 0x0000_0100_0000_01b3;
        return hash;
    }
}
