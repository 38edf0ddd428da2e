using System.Globalization;
using EcgRecovery.Records;

namespace EcgRecovery.Recovery.Records;

/// <summary>A lead whose gaps are being filled: the new samples, the marks and what became of each gap.</summary>
/// <param name="lead">The lead before.</param>
/// <param name="plan">Its gaps.</param>
internal sealed class FilledLead(EcgLead lead, LeadPlan plan)
{
    private readonly List<FilledGap> _gaps = [];

    /// <summary>Adds a gap that a method has tried.</summary>
    public void Add(FilledGap gap) => _gaps.Add(gap);

    /// <summary>Returns the lead with filled gaps. In ADC units, values are rounded and stay within the converter's range.</summary>
    public EcgLead ToLead()
    {
        var parts = Parts().ToList();
        if (parts.Count == 0)
            return lead;
        return lead with
        {
            AdcUnits = lead.AdcUnits is null ? null : new PatchedSamples<int>(lead.AdcUnits, [.. parts.Select(part => AdcPatch(part))]),
            PhysicalValues = lead.AdcUnits is not null || lead.PhysicalValues is null
                ? null
                : new PatchedSamples<double>(lead.PhysicalValues, [.. parts.Select(part => PhysicalPatch(part))]),
            UnrecordedSpans =
            [
                .. lead.UnrecordedSpans.SelectMany(
                    span => SampleSpan.Subtract([span.Span], [.. parts.Select(part => part.Span)]).Select(rest => span with { Span = rest })),
            ],
        };
    }

    /// <summary>Returns the origins of the recording's samples, with the filled samples of this lead marked as recovered.</summary>
    public List<ProvenanceSpan> Mark(IReadOnlyList<ProvenanceSpan> before, string version)
    {
        var parts = Parts().ToList();
        SampleSpan[] filled = [.. parts.Select(part => part.Span)];
        return
        [
            .. before.SelectMany(span => span.Lead == plan.Number
                ? SampleSpan.Subtract([span.Span], filled).Select(rest => span with { Span = rest })
                : [span]),
            .. parts.Select(part => new ProvenanceSpan(plan.Number, part.Span, SampleOrigin.Recovered, part.Gap.Outcome.Method!, version)),
        ];
    }

    /// <summary>Returns what became of each gap, in order.</summary>
    public IReadOnlyList<RecoveredGap> Gaps() =>
    [
        .. _gaps.Select(gap => new RecoveredGap(gap.Span, gap.Outcome.Method, gap.Outcome.Reason))
            .Concat(plan.Left)
            .OrderBy(gap => gap.Span.Start),
    ];

    /// <summary>Returns the filled samples that were chosen: all of a gap, unless it touches missing samples that were not.</summary>
    private IEnumerable<(SampleSpan Span, FilledGap Gap)> Parts() =>
        from gap in _gaps
        where gap.Outcome.IsFilled
        from span in SampleSpan.Intersect([gap.Span], plan.Chosen)
        select (span, gap);

    private SamplePatch<int> AdcPatch((SampleSpan Span, FilledGap Gap) part)
    {
        // The smallest int is the mark of a missing sample.
        var (minimum, maximum) = (lead.AdcMinimum ?? (int.MinValue + 1), lead.AdcMaximum ?? int.MaxValue);
        var values = part.Gap.Samples.AsSpan(part.Span.Shift(-part.Gap.Span.Start).ToRange());
        var adcUnits = new int[values.Length];
        for (var t = 0; t < values.Length; t++)
            adcUnits[t] = (int)Math.Clamp(Math.Round((values[t] * lead.Gain) + lead.AdcBaseline), minimum, maximum);
        return new SamplePatch<int>(part.Span, adcUnits);
    }

    // The shortest decimals of a float: files of text do not get digits that mean nothing.
    private static SamplePatch<double> PhysicalPatch((SampleSpan Span, FilledGap Gap) part)
    {
        var values = part.Gap.Samples[part.Span.Shift(-part.Gap.Span.Start).ToRange()];
        return new SamplePatch<double>(
            part.Span,
            Array.ConvertAll(values, value => double.Parse(value.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)));
    }
}
