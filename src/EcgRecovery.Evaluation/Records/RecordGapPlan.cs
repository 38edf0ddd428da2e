using EcgRecovery.Neural;
using EcgRecovery.Records;

namespace EcgRecovery.Evaluation.Records;

/// <summary>Random gaps of one kind in one lead.</summary>
/// <remarks>
/// A gap at any time is equally likely to start at each place that leaves <see cref="MarginSeconds"/> to both ends of the lead; in a lead
/// that is too short for it, at each place that leaves a quarter of the rest. It is drawn again where its samples or the two beside it are
/// missing, or, if gaps are missing together, where less than the margin would lie between it and an earlier one. Places depend on the
/// seed, the record's name and the kind only; a place is a share of the lead, so that it is the same time at every sampling frequency. A
/// gap on a wave is centred on that wave of a beat, each beat equally likely, and drawn again for the same reasons.
/// </remarks>
/// <param name="Gaps">The gaps, in order. Those that are cut one at a time may overlap.</param>
/// <param name="AreTogether">Whether all are missing at the same time.</param>
internal sealed record RecordGapPlan(IReadOnlyList<SampleSpan> Gaps, bool AreTogether)
{
    /// <summary>Signal between two gaps that are missing together, and between a gap and the ends of the lead, in seconds.</summary>
    public const double MarginSeconds = 5;

    // The bootstrap uses the first branches of the seed's generator; the places use this one, "places".
    private const ulong Branch = 0x7061_6c63_6573;

    // Enough to fill three quarters of the room there is; a lead that is fuller has its gaps cut one at a time.
    private const int TriesPerGap = 1_000;

    /// <summary>Draws the gaps.</summary>
    /// <param name="lead">The lead.</param>
    /// <param name="kind">Their length, and where they lie.</param>
    /// <param name="options">Their number, the seed, and whether they are cut one at a time.</param>
    /// <exception cref="InvalidDataException">The lead has no room for a gap, or no known beats to place it by.</exception>
    public static RecordGapPlan Make(TestedLead lead, GapKind kind, RecordBenchmarkOptions options)
    {
        if (!options.OneAtATime && Draw(lead, kind, options, areTogether: true) is { } together)
            return new RecordGapPlan(together, AreTogether: true);
        var gaps = Draw(lead, kind, options, areTogether: false) ?? throw new InvalidDataException(FormattableString.Invariant(
            $"Record {lead.Record} has no room for a gap of {kind.Heading}; expected observed signal for it and on each side of it."));
        return new RecordGapPlan(gaps, AreTogether: false);
    }

    private static List<SampleSpan>? Draw(TestedLead lead, GapKind kind, RecordBenchmarkOptions options, bool areTogether)
    {
        var length = Math.Max(1, (long)Math.Round(kind.Seconds * lead.SamplingFrequencyHz));
        var margin = (long)Math.Ceiling(MarginSeconds * lead.SamplingFrequencyHz);
        var rest = lead.MilliVolts.Length - length;
        if (rest < 2 * margin)
            margin = rest / 4;
        var places = Places(lead, kind, margin, rest, length);
        var random = Random(lead, kind, options.Seed);
        var gaps = new List<SampleSpan>(options.GapsPerRecord);
        for (var tries = (long)TriesPerGap * options.GapsPerRecord; gaps.Count < options.GapsPerRecord; tries--)
        {
            if (places.Count <= 0 || tries == 0)
                return null;
            var start = places.At((long)(random.NextDouble() * places.Count));
            var gap = new SampleSpan(start, start + length);
            if (lead.IsObserved(new SampleSpan(gap.Start - 1, gap.End + 1)) && !(areTogether && gaps.Exists(IsNear)))
                gaps.Add(gap);

            bool IsNear(SampleSpan other) => gap.Start - margin < other.End && other.Start < gap.End + margin;
        }

        return [.. gaps.OrderBy(gap => gap.Start)];
    }

    /// <summary>Returns the samples at which a gap may start: how many there are, and which the i-th is.</summary>
    private static (long Count, Func<long, long> At) Places(TestedLead lead, GapKind kind, long margin, long rest, long length)
    {
        if (kind.Placement == GapPlacement.Random)
            return (margin > 0 ? rest - (2 * margin) + 1 : 0, i => margin + i);
        if (lead.RPeaks is not { } peaks)
            throw new InvalidDataException($"Record {lead.Record} has no annotated beats; expected some to place gaps by.");
        long[] starts =
        [
            .. kind.Centres(peaks, lead.SamplingFrequencyHz)
                .Select(centre => (long)Math.Round(centre - (length / 2.0)))
                .Where(start => margin > 0 && start >= margin && start <= rest - margin),
        ];
        return (starts.Length, i => starts[i]);
    }

    private static SeededRandom Random(TestedLead lead, GapKind kind, int seed)
    {
        var random = new SeededRandom((ulong)seed).Fork(Branch).Fork(Number(lead.Record)).Fork((ulong)Math.Round(1e6 * kind.Seconds));
        return kind.Placement == GapPlacement.Random ? random : random.Fork((ulong)kind.Placement);
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
