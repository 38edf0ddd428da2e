using EcgRecovery.Records;

namespace EcgRecovery.Gaps;

/// <summary>Finds the missing spans of a recording: those stated by its file, and those judged from its samples.</summary>
/// <remarks>
/// <para>
/// Stated: the file's values for "no sample", null segments, time gaps. Judged, with the first cause that applies: lost packets
/// (<see cref="LostPackets"/>, <see cref="RepeatedPackets"/>), saturation (<see cref="ConstantRuns"/>), flat lines
/// (<see cref="FlatRuns"/>, <see cref="DeadEnds"/>). Definitions, thresholds and error rates: docs/gaps.md.
/// </para>
/// <para>Leads are read once, in windows, side by side. Memory: the windows and the spans. The result does not depend on the
/// windows.</para>
/// </remarks>
public static class GapFinder
{
    // Slow leads, with one sample per minute for example, are read in larger windows than their share.
    private const int MinimumWindow = 1024;

    /// <summary>Finds the missing spans of leads that were recorded together.</summary>
    /// <param name="leads">The leads; packets are searched in all of them together.</param>
    /// <param name="options">Causes and thresholds; null = the defaults.</param>
    /// <param name="progress">Receives the share of the samples that is done, 0 to 1.</param>
    /// <param name="cancellationToken">Checked once per window.</param>
    /// <returns>The spans of each lead, in order and without overlap.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A threshold is not above 0.</exception>
    /// <exception cref="IOException">A file cannot be read any more.</exception>
    public static IReadOnlyList<IReadOnlyList<MissingSpan>> Find(
        IReadOnlyList<EcgLead> leads, GapFinderOptions? options = null, IProgress<double>? progress = null,
        CancellationToken cancellationToken = default) =>
        Find(leads, options ?? new GapFinderOptions(), SampleWindow.Length, progress, cancellationToken);

    /// <inheritdoc cref="Find(IReadOnlyList{EcgLead}, GapFinderOptions?, IProgress{double}?, CancellationToken)"/>
    /// <param name="leads">The leads; packets are searched in all of them together.</param>
    /// <param name="options">Causes and thresholds.</param>
    /// <param name="windowLength">Window length in samples of the fastest lead.</param>
    /// <param name="progress">Receives the share of the samples that is done, 0 to 1.</param>
    /// <param name="cancellationToken">Checked once per window.</param>
    internal static IReadOnlyList<IReadOnlyList<MissingSpan>> Find(
        IReadOnlyList<EcgLead> leads, GapFinderOptions options, int windowLength, IProgress<double>? progress,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(leads);
        Check(options);
        var scans = leads.Select(lead => new LeadScan(lead, options)).ToArray();
        Scan(leads, scans, windowLength, progress, cancellationToken);
        var packets = options.Causes.Contains(MissingCause.PacketLoss)
            ? LostPackets.Find(scans)
            : [.. scans.Select(_ => new List<MissingSpan>())];
        var deadEnds = DeadEnds.Find(scans);
        return [.. scans.Select((scan, i) => scan.Spans(packets[i], deadEnds[i]))];
    }

    // The leads advance together, so that a file with interleaved samples is read once; a lead that skipped a long gap waits for the
    // others.
    private static void Scan(
        IReadOnlyList<EcgLead> leads, LeadScan[] scans, int windowLength, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var fastest = leads.Select(lead => lead.SamplingFrequencyHz).DefaultIfEmpty(1).Max();
        // A sum of doubles, since lengths claimed by a broken file could overflow a long.
        var total = Math.Max(1, leads.Sum(lead => (double)lead.SampleCount));
        var done = 0.0;
        while (scans.Any(scan => !scan.IsDone))
        {
            var latest = scans.Where(scan => !scan.IsDone).Min(scan => scan.Seconds) + (windowLength / (2 * fastest));
            for (var i = 0; i < leads.Count; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var share = leads[i].SamplingFrequencyHz / fastest;
                if (scans[i].Seconds <= latest)
                    done += scans[i].Advance(share == 1 ? windowLength : Math.Max(MinimumWindow, (int)(share * windowLength)));
            }

            progress?.Report(Math.Min(1, done / total));
        }
    }

    private static void Check(GapFinderOptions options)
    {
        ReadOnlySpan<(string Name, double Value)> thresholds =
        [
            (nameof(options.FlatLineSeconds), options.FlatLineSeconds),
            (nameof(options.SaturationSeconds), options.SaturationSeconds),
            (nameof(options.ShortestPacketSeconds), options.ShortestPacketSeconds),
            (nameof(options.LongestPacketSeconds), options.LongestPacketSeconds),
        ];
        foreach (var (name, value) in thresholds)
        {
            if (!(value > 0 && double.IsFinite(value)))
                throw new ArgumentOutOfRangeException(nameof(options), $"{name} is {value}; expected more than 0 seconds.");
        }
    }
}
