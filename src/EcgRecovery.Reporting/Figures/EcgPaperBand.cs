using EcgRecovery.Records;

namespace EcgRecovery.Reporting.Figures;

/// <summary>Interval of a run of recovered samples: one entry per sample, or per column where samples are dense.</summary>
/// <param name="Seconds">Seconds since the row's start.</param>
/// <param name="Lower">Lower bounds; the minimum of a column.</param>
/// <param name="Upper">Upper bounds; the maximum of a column.</param>
internal sealed record EcgPaperBand(List<float> Seconds, List<float> Lower, List<float> Upper)
{
    /// <summary>Reads the bands of a lead between two times; none where the bounds have another sampling frequency or unit.</summary>
    /// <param name="lead">The lead.</param>
    /// <param name="lower">Lead of the lower bounds.</param>
    /// <param name="upper">Lead of the upper bounds.</param>
    /// <param name="provenance">Spans of the lead.</param>
    /// <param name="startSeconds">Start, in seconds since the record's start.</param>
    /// <param name="endSeconds">End, in seconds since the record's start.</param>
    /// <param name="millimetresPerSecond">Speed of the paper.</param>
    /// <param name="cancellationToken">Cancels between windows of samples.</param>
    public static IReadOnlyList<EcgPaperBand> Read(
        EcgLead lead,
        EcgLead lower,
        EcgLead upper,
        IEnumerable<ProvenanceSpan> provenance,
        double startSeconds,
        double endSeconds,
        double millimetresPerSecond,
        CancellationToken cancellationToken = default)
    {
        var bands = new List<EcgPaperBand>();
        if (lower.SamplingFrequencyHz != lead.SamplingFrequencyHz || upper.SamplingFrequencyHz != lead.SamplingFrequencyHz
            || lower.IsVoltage != lead.IsVoltage || upper.IsVoltage != lead.IsVoltage)
        {
            return bands;
        }

        var start = LeadWindows.SampleAt(lead, startSeconds);
        var end = Math.Min(LeadWindows.SampleAt(lead, endSeconds), Math.Min(lower.SampleCount, upper.SampleCount));
        var samplesPerColumn = Math.Max(1, lead.SamplingFrequencyHz * EcgPaperTrace.ColumnMillimetres / millimetresPerSecond);
        var origins = new OriginCursor(provenance);
        var (sample, column) = (start - 2, -1L);
        var windows = LeadWindows.Read(lower, start, end, cancellationToken).Zip(LeadWindows.Read(upper, start, end, cancellationToken));
        foreach (var ((from, low), (_, high)) in windows)
        {
            for (var t = 0; t < low.Length; t++)
            {
                var (a, b) = (low.Span[t], high.Span[t]);
                if (!float.IsFinite(a) || !float.IsFinite(b) || origins.At(from + t) != SampleOrigin.Recovered)
                    continue;
                if (from + t != sample + 1)
                    bands.Add(new EcgPaperBand([], [], []));
                var next = (long)((from + t - start + 0.5) / samplesPerColumn);
                var isNewColumn = next != column || bands[^1].Seconds.Count == 0;
                (sample, column) = (from + t, next);
                bands[^1].Add(isNewColumn, (float)((sample / lead.SamplingFrequencyHz) - startSeconds), Math.Min(a, b), Math.Max(a, b));
            }
        }

        return bands;
    }

    private void Add(bool isNewColumn, float seconds, float lower, float upper)
    {
        if (isNewColumn)
        {
            Seconds.Add(seconds);
            Lower.Add(lower);
            Upper.Add(upper);
        }
        else
        {
            Lower[^1] = Math.Min(Lower[^1], lower);
            Upper[^1] = Math.Max(Upper[^1], upper);
        }
    }
}
