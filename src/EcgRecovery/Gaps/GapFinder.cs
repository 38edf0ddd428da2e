using EcgRecovery.Records;

namespace EcgRecovery.Gaps;

/// <summary>Finds what is missing in a recording: what its file says is missing, and samples that are there but are no signal.</summary>
/// <remarks>
/// <para>
/// Stated: the file's mark for "no sample", null segments, time gaps. Judged, each sample by the first of these that holds: lost packets
/// (<see cref="LostPackets"/>, <see cref="RepeatedPackets"/>), saturation (<see cref="ConstantRuns"/>), flat line (<see cref="FlatStretches"/>).
/// Definitions, thresholds, and how often clean signal is taken for missing: docs/gaps.md.
/// </para>
/// <para>Leads are read once, by windows, side by side; beside the windows, memory is that of the spans. Windows do not change the result.</para>
/// </remarks>
public static class GapFinder
{
    // Even a lead of a sample a minute is read in decent pieces.
    private const int MinimumWindow = 1024;

    /// <summary>Finds the missing spans of leads that were recorded together.</summary>
    /// <param name="leads">The leads; packets are looked for in all of them together.</param>
    /// <param name="options">Causes and thresholds; null = the defaults.</param>
    /// <param name="progress">Told the share of the samples that is done, 0 to 1.</param>
    /// <param name="cancellationToken">Looked at once a window.</param>
    /// <returns>For every lead its spans, in order; no two overlap.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A threshold is not above 0.</exception>
    /// <exception cref="IOException">A file cannot be read any more.</exception>
    public static IReadOnlyList<IReadOnlyList<MissingSpan>> Find(
        IReadOnlyList<EcgLead> leads, GapFinderOptions? options = null, IProgress<double>? progress = null, CancellationToken cancellationToken = default) =>
        Find(leads, options ?? new GapFinderOptions(), SampleWindow.Length, progress, cancellationToken);

    /// <inheritdoc cref="Find(IReadOnlyList{EcgLead}, GapFinderOptions?, IProgress{double}?, CancellationToken)"/>
    /// <param name="leads">The leads; packets are looked for in all of them together.</param>
    /// <param name="options">Causes and thresholds.</param>
    /// <param name="windowLength">Samples of the fastest lead to read at once.</param>
    /// <param name="progress">Told the share of the samples that is done, 0 to 1.</param>
    /// <param name="cancellationToken">Looked at once a window.</param>
    internal static IReadOnlyList<IReadOnlyList<MissingSpan>> Find(
        IReadOnlyList<EcgLead> leads, GapFinderOptions options, int windowLength, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(leads);
        Check(options);
        var scans = leads.Select(lead => new LeadScan(lead, options)).ToArray();
        Scan(leads, scans, windowLength, progress, cancellationToken);
        var packets = options.Causes.Contains(MissingCause.PacketLoss) ? LostPackets.Find(scans) : [.. scans.Select(_ => new List<MissingSpan>())];
        return [.. scans.Select((scan, i) => scan.Spans(packets[i]))];
    }

    // The leads advance together, so that a file whose samples are interleaved is gone through once; one that stepped over much waits for the others.
    private static void Scan(IReadOnlyList<EcgLead> leads, LeadScan[] scans, int windowLength, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var fastest = leads.Select(lead => lead.SamplingFrequencyHz).DefaultIfEmpty(1).Max();
        // No sum of longs: lengths that a broken file claims may not fit one.
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
            (nameof(options.FlatLineSeconds), options.FlatLineSeconds), (nameof(options.SaturationSeconds), options.SaturationSeconds),
            (nameof(options.ShortestPacketSeconds), options.ShortestPacketSeconds), (nameof(options.LongestPacketSeconds), options.LongestPacketSeconds),
        ];
        foreach (var (name, value) in thresholds)
        {
            if (!(value > 0 && double.IsFinite(value)))
                throw new ArgumentOutOfRangeException(nameof(options), $"{name} is {value}; expected more than 0 seconds.");
        }
    }
}
