using EcgRecovery.Records;

namespace EcgRecovery.Gaps;

/// <summary>Finds those runs of one value in a lead that are whole packets of one length on one grid.</summary>
/// <remarks>
/// Packets of L samples begin at c, c + L, c + 2L, …; k of them lost in a row are a run of k·L samples that begins at one of these. L is
/// the length with most such runs. Runs of that length by chance begin anywhere: with n of them 2n/L are expected on the grid, so at least
/// four are required, and five times as many as expected by chance.
/// </remarks>
internal static class PacketGrid
{
    private const int MinimumSpans = 4;
    private const int TimesChance = 5;

    // A packet's length is that of many runs, so only the most frequent lengths are tried.
    private const int TriedLengths = 32;

    /// <summary>Returns the lost packets, in order.</summary>
    /// <param name="runs">The possible losses, in order.</param>
    public static IReadOnlyList<MissingSpan> Find(IReadOnlyList<MissingSpan> runs)
    {
        if (runs.Count < MinimumSpans)
            return [];
        var tried = runs.CountBy(run => run.Span.Length)
            .OrderByDescending(length => length.Value).ThenBy(length => length.Key).Take(TriedLengths);
        List<MissingSpan> best = [];
        foreach (var (length, _) in tried)
        {
            var found = OfLength(runs, length);
            if (found.Count > best.Count)
                best = found;
        }

        return best;
    }

    private static List<MissingSpan> OfLength(IReadOnlyList<MissingSpan> runs, long length)
    {
        // A run may be one sample longer at each end, if the signal beside the loss has the same value.
        var fitting = runs.Where(run => run.Span.Length >= length && run.Span.Length % length <= 2).ToList();
        if (fitting.Count < MinimumSpans)
            return [];
        var byPhase = fitting.CountBy(run => run.Span.Start % length).ToDictionary();
        var phase = byPhase.Keys
            .OrderByDescending(candidate => byPhase[candidate] + byPhase.GetValueOrDefault((candidate - 1 + length) % length))
            .ThenBy(candidate => candidate).First();
        var found = new List<MissingSpan>();
        foreach (var run in fitting)
        {
            var late = (phase - (run.Span.Start % length) + length) % length;
            var rest = run.Span.Length - late;
            if (late <= 1 && rest >= length && rest % length <= 1)
                found.Add(new MissingSpan(new SampleSpan(run.Span.Start + late, run.Span.End - (rest % length)), MissingCause.PacketLoss));
        }

        return found.Count >= MinimumSpans && found.Count * length >= 2L * TimesChance * fitting.Count ? found : [];
    }
}
