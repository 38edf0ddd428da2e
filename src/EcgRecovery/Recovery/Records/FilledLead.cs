using EcgRecovery.Records;

namespace EcgRecovery.Recovery.Records;

/// <summary>A lead with filled gaps: the new samples, the marks and what became of each gap.</summary>
internal sealed class FilledLead
{
    // Steps of 1 nV, or of a millionth of a unit that is no voltage. A decimal more could cost formats of whole numbers the exact values of
    // observed samples.
    private const int DecimalsOfMicroVolts = 3;
    private const int OtherDecimals = 6;

    private readonly EcgLead _lead;
    private readonly LeadPlan _plan;
    private readonly List<RecoveredGap> _gaps = [];
    private readonly List<(SampleSpan Span, FilledGap Gap)> _parts = [];
    private readonly IReadOnlyList<SampleSpan> _filled;

    // Samples that were recovered before and now are not.
    private readonly IReadOnlyList<SampleSpan> _emptied;

    /// <param name="lead">The lead before.</param>
    /// <param name="plan">Its gaps.</param>
    /// <param name="tried">The runs that a method has tried.</param>
    public FilledLead(EcgLead lead, LeadPlan plan, IEnumerable<FilledGap> tried)
    {
        (_lead, _plan) = (lead, plan);
        var byRun = tried.ToDictionary(gap => gap.Span);
        foreach (var gap in plan.Gaps)
        {
            var outcome = byRun.TryGetValue(gap.Run, out var run) ? run.Outcome : GapOutcome.Left(gap.ReasonToLeave);
            _gaps.Add(new RecoveredGap(gap.Span, outcome.Method, outcome.Reason));
            if (outcome.IsFilled)
                _parts.Add((gap.Span, run!));
        }

        _filled = [.. _parts.Select(part => part.Span)];
        _emptied = SampleSpan.Intersect([.. _gaps.Where(gap => !gap.IsRecovered).Select(gap => gap.Span)], plan.RecoveredBefore);
    }

    /// <summary>Number of the lead in the recording.</summary>
    public int Number => _plan.Number;

    /// <summary>What became of each gap, in order.</summary>
    public IReadOnlyList<RecoveredGap> Gaps => _gaps;

    /// <summary>Returns the lead with filled gaps. In ADC units, values are rounded and stay within the converter's range.</summary>
    public EcgLead ToLead()
    {
        if (_filled.Count + _emptied.Count == 0)
            return _lead;
        return _lead with
        {
            AdcUnits = _lead.AdcUnits is null ? null : Patched(_lead.AdcUnits, AdcPatch, EcgLead.MissingAdcUnits),
            // A lead with both has its physical values computed from the ADC units.
            PhysicalValues = _lead.AdcUnits is not null || _lead.PhysicalValues is null
                ? null
                : Patched(_lead.PhysicalValues, PhysicalPatch, double.NaN),
            UnrecordedSpans =
            [
                .. _lead.UnrecordedSpans.SelectMany(span => span.Span.Subtract(_filled).Select(rest => span with { Span = rest })),
            ],
        };
    }

    /// <summary>Returns the origins of the recording's samples, with the filled samples of this lead marked as recovered.</summary>
    public List<ProvenanceSpan> Mark(IReadOnlyList<ProvenanceSpan> before, string version)
    {
        SampleSpan[] all = [.. _gaps.Select(gap => gap.Span)];
        return
        [
            .. before.SelectMany(span => span.Lead == Number
                ? span.Span.Subtract(span.Origin == SampleOrigin.Recovered ? all : _filled).Select(rest => span with { Span = rest })
                : [span]),
            .. _parts.Select(part => new ProvenanceSpan(Number, part.Span, SampleOrigin.Recovered, part.Gap.Outcome.Method!, version)),
        ];
    }

    private PatchedSamples<T> Patched<T>(ISamples<T> samples, Func<SampleSpan, FilledGap, T[]> patch, T missing)
        where T : struct => new(
            samples,
            [
                .. _parts.Select(part => new SamplePatch<T>(part.Span, patch(part.Span, part.Gap)))
                    .Concat(_emptied.Select(span => new SamplePatch<T>(span, null, missing)))
                    .OrderBy(part => part.Span.Start),
            ]);

    private int[] AdcPatch(SampleSpan span, FilledGap gap)
    {
        // The smallest int is the mark of a missing sample.
        var minimum = Math.Max(_lead.AdcMinimum ?? int.MinValue, EcgLead.MissingAdcUnits + 1);
        var maximum = _lead.AdcMaximum ?? int.MaxValue;
        return Array.ConvertAll(
            gap.SamplesOf(span), value => (int)Math.Clamp(Math.Round((value * _lead.Gain) + _lead.AdcBaseline), minimum, maximum));
    }

    private double[] PhysicalPatch(SampleSpan span, FilledGap gap)
    {
        var decimals = _lead.MicroVoltsPerUnit is { } microVolts
            ? DecimalsOfMicroVolts + (int)Math.Round(Math.Log10(microVolts))
            : OtherDecimals;
        return Array.ConvertAll(gap.SamplesOf(span), value => Math.Round(value, decimals));
    }
}
