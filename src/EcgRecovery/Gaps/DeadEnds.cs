using EcgRecovery.Records;

namespace EcgRecovery.Gaps;

/// <summary>Finds the dead start and end of leads: one value until the amplifier is on, or after it is off.</summary>
/// <remarks>
/// A run of one value at the first or last sample of a fine lead is evidence by itself. A lead that was smoothed may begin so by chance,
/// but not all leads of a recording at once.
/// </remarks>
internal static class DeadEnds
{
    // By chance 0.04 s in a fine lead, and 0.08 s in all leads of a recording with steps of up to 20 µV.
    private const double MinimumSeconds = 0.15;

    /// <summary>Returns the dead spans of each lead, in order.</summary>
    public static IReadOnlyList<IReadOnlyList<MissingSpan>> Find(IReadOnlyList<LeadScan> scans)
    {
        var found = scans.Select(_ => new List<MissingSpan>()).ToArray();
        Add(scans, found, scan => IsLong(scan, scan.Constant?.First) ? scan.Constant!.First : null);
        // A lead that is one run is its dead start alone.
        Add(scans, found, scan => IsLong(scan, scan.Constant?.Last) && scan.Constant!.Last is { Span.Start: > 0 } last
            && last.Span.End == scan.SampleCount ? last : null);
        return found;
    }

    private static void Add(IReadOnlyList<LeadScan> scans, List<MissingSpan>[] found, Func<LeadScan, ConstantRun?> end)
    {
        var runs = scans.Select(end).ToArray();
        var signals = scans.Zip(runs).Where(pair => pair.First.Constant is { IsStill: false }).ToArray();
        var isCommon = signals.Length > 1 && signals.All(pair => pair.Second is not null && pair.First.Constant!.HasSmallSteps);
        for (var i = 0; i < scans.Count; i++)
        {
            if (runs[i] is { } run && (isCommon || !scans[i].Constant!.IsCoarse))
                found[i].Add(new MissingSpan(run.Span, MissingCause.FlatLine));
        }
    }

    private static bool IsLong(LeadScan scan, ConstantRun? run) =>
        run?.Span.Length >= Math.Max(ConstantRuns.MinimumPacket, MinimumSeconds * scan.SamplingFrequencyHz);
}
