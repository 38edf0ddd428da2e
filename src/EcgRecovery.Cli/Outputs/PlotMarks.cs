using EcgRecovery.Beats;
using EcgRecovery.Gaps;
using EcgRecovery.Records;
using EcgRecovery.Recovery;
using EcgRecovery.Reporting.Figures;

namespace EcgRecovery.Cli.Outputs;

/// <summary>Findings in a window of a recording that a drawing marks: clipped samples, and R peaks in recovered ones.</summary>
internal static class PlotMarks
{
    // The detector learns its thresholds from the first seconds.
    private const double PeakMarginSeconds = 10;

    private static readonly GapFinderOptions s_saturation = new() { Causes = [MissingCause.Saturation] };

    /// <summary>Finds them.</summary>
    /// <param name="record">The recording.</param>
    /// <param name="leads">The leads to draw, as numbers from 0.</param>
    /// <param name="startSeconds">Start of the window, in seconds since the record's start.</param>
    /// <param name="endSeconds">End of the window.</param>
    /// <param name="cancellationToken">Cancels between windows of samples.</param>
    public static EcgPaperMarks Find(
        EcgRecord record, IReadOnlyList<int> leads, double startSeconds, double endSeconds, CancellationToken cancellationToken)
    {
        var window = Window(record, startSeconds, endSeconds);
        var near = Window(record, startSeconds - PeakMarginSeconds, endSeconds + PeakMarginSeconds);
        return new EcgPaperMarks
        {
            Clipped = Clipped(record, leads, window, cancellationToken),
            RPeaks = leads
                .SelectMany(lead => RPeaks(record, lead, near, cancellationToken).Select(peak => (Lead: lead, Peak: peak)))
                .ToLookup(entry => entry.Lead, entry => entry.Peak),
        };
    }

    private static SampleSpan Window(EcgRecord record, double start, double end) => new(
        Math.Clamp((long)Math.Floor(start * record.SamplingFrequencyHz), 0, record.SampleCount),
        Math.Clamp((long)Math.Ceiling(end * record.SamplingFrequencyHz), 0, record.SampleCount));

    private static LeadSpan[] Clipped(
        EcgRecord record, IReadOnlyList<int> leads, SampleSpan window, CancellationToken cancellationToken)
    {
        if (window.IsEmpty)
            return [];
        var part = record.Cut(window);
        var found = GapFinder.Find([.. leads.Select(lead => part.Leads[lead])], s_saturation, progress: null, cancellationToken);
        return
        [
            .. leads.SelectMany((lead, i) => found[i]
                .Where(span => span.Cause == MissingCause.Saturation)
                .Select(span => new LeadSpan(lead, span.Span.Shift(record.FirstSampleOf(record.Leads[lead], window.Start))))
                .Where(IsMeasured)),
        ];

        // A recovered sample at the converter's limit is an estimate there, not a clipped measurement.
        bool IsMeasured(LeadSpan found) => !record.Provenance.Any(span =>
            span.Lead == found.Lead && span.Origin == SampleOrigin.Recovered && !span.Span.Intersect(found.Span).IsEmpty);
    }

    private static IEnumerable<RecoveredRPeak> RPeaks(EcgRecord record, int number, SampleSpan window, CancellationToken cancellationToken)
    {
        var lead = record.Leads[number];
        var start = record.FirstSampleOf(lead, window.Start);
        var span = new SampleSpan(start, record.FirstSampleOf(lead, window.End));
        SampleSpan[] recovered =
        [
            .. record.Provenance
                .Where(entry => entry.Lead == number && entry.Origin == SampleOrigin.Recovered && !entry.Span.Intersect(span).IsEmpty)
                .Select(entry => entry.Span),
        ];
        if (recovered.Length == 0 || !lead.IsVoltage
            || lead.SamplingFrequencyHz is < RPeakDetector.MinimumSamplingFrequencyHz or > RPeakDetector.MaximumSamplingFrequencyHz)
        {
            return [];
        }

        return RPeakDetector.Detect(record.Cut(window).Leads[number], options: null, cancellationToken)
            .Select(peak => peak + start)
            .Where(peak => recovered.Any(gap => gap.Contains(peak)))
            .Select(peak => new RecoveredRPeak(peak, WithinSeconds: null));
    }
}
