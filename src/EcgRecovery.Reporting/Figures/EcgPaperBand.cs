using EcgRecovery.Records;

namespace EcgRecovery.Reporting.Figures;

/// <summary>The interval of a run of recovered samples: one entry a sample, or a column where samples stand densely.</summary>
/// <param name="Seconds">Since the row's start.</param>
/// <param name="Lower">The lower bounds; of a column the least.</param>
/// <param name="Upper">The upper bounds; of a column the largest.</param>
internal sealed record EcgPaperBand(List<float> Seconds, List<float> Lower, List<float> Upper)
{
    /// <summary>The bands of a lead between two times; none where the bounds have another sampling frequency, and so no bound for each sample.</summary>
    /// <param name="lead">The lead.</param>
    /// <param name="lower">The lower bounds' lead.</param>
    /// <param name="upper">The upper bounds' lead.</param>
    /// <param name="provenance">The lead's own spans.</param>
    /// <param name="startSeconds">Since the record's start.</param>
    /// <param name="endSeconds">Since the record's start.</param>
    /// <param name="millimetresPerSecond">The paper's speed.</param>
    /// <param name="cancellationToken">Looked at once a window.</param>
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
