using EcgRecovery.Records;

namespace EcgRecovery.Recovery.Records;

/// <summary>A lead with filled gaps: the new samples, their bounds, the marks and what became of each gap.</summary>
internal sealed class FilledLead
{
    private readonly EcgLead _lead;
    private readonly LeadPlan _plan;
    private readonly List<RecoveredGap> _gaps;
    private readonly List<(SampleSpan Span, FilledGap Gap)> _estimated = [];
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
        var gaps = plan.Derived
            .Select(span => new RecoveredGap(span.Span, ProvenanceSpan.LimbLeads) { Origin = SampleOrigin.Derived })
            .ToList();
        foreach (var gap in plan.Gaps)
        {
            var run = byRun.GetValueOrDefault(gap.Run);
            gaps.Add(run?.ToGap(gap.Span) ?? new RecoveredGap(gap.Span, Method: null, gap.ReasonToLeave));
            if (run is { Outcome.IsFilled: true })
                _estimated.Add((gap.Span, run));
        }

        _gaps = [.. gaps.OrderBy(gap => gap.Span.Start)];
        _filled = SampleSpan.Merge(_gaps.Where(gap => gap.IsRecovered).Select(gap => gap.Span));
        _emptied = SampleSpan.Intersect([.. _gaps.Where(gap => !gap.IsRecovered).Select(gap => gap.Span)], plan.RecoveredBefore);
    }

    /// <summary>Number of the lead in the recording.</summary>
    public int Number => _plan.Number;

    /// <summary>What became of each gap, in order.</summary>
    public IReadOnlyList<RecoveredGap> Gaps => _gaps;

    /// <summary>Whether recovered samples have an interval.</summary>
    public bool HasBounds => _estimated.Exists(part => part.Gap.Interval is not null);

    /// <summary>Returns the lead with filled gaps. In ADC units, values are rounded and stay within the converter's range.</summary>
    public EcgLead ToLead()
    {
        if (_filled.Count + _emptied.Count == 0)
            return _lead;
        var patches = _estimated.Select(part => (part.Span, (float[]?)part.Gap.SamplesOf(part.Span)))
            .Concat(_plan.Derived.Select(span => (span.Span, (float[]?)span.Read(_lead))))
            .Concat(_emptied.Select(span => (span, (float[]?)null)))
            .OrderBy(patch => patch.Item1.Start);
        return new SampleSteps(_lead, Math.Round).Patch([.. patches]) with
        {
            UnrecordedSpans =
            [
                .. _lead.UnrecordedSpans.SelectMany(span => span.Span.Subtract(_filled).Select(rest => span with { Span = rest })),
            ],
        };
    }

    /// <summary>Returns new leads with the bounds of the recovered samples, missing everywhere else.</summary>
    public (EcgLead Lower, EcgLead Upper) ToBounds()
    {
        // A time gap that is left is one of the bounds too: text has no rows there.
        var empty = ToLead() with
        {
            AdcUnits = _lead.AdcUnits is null ? null : new ConstantSamples<int>(_lead.SampleCount, EcgLead.MissingAdcUnits),
            PhysicalValues = _lead.AdcUnits is null ? new ConstantSamples<double>(_lead.SampleCount, double.NaN) : null,
        };
        return ToBounds(
            empty with { Name = _lead.Name + EcgRecord.LowerBoundSuffix }, empty with { Name = _lead.Name + EcgRecord.UpperBoundSuffix });
    }

    /// <summary>Returns leads of bounds, with those of the recovered samples of this lead.</summary>
    /// <param name="lower">The lower bounds before.</param>
    /// <param name="upper">The upper bounds before.</param>
    public (EcgLead Lower, EcgLead Upper) ToBounds(EcgLead lower, EcgLead upper)
    {
        return (Patch(lower, Math.Floor, interval => interval.Lower), Patch(upper, Math.Ceiling, interval => interval.Upper));

        EcgLead Patch(EcgLead bounds, Func<double, double> round, Func<GapInterval, float[]> choose)
        {
            var parts = _estimated.ToDictionary(part => part.Span, part => part.Gap);
            return new SampleSteps(bounds, round).Patch(
            [
                .. _gaps.Select(gap => (gap.Span, parts.GetValueOrDefault(gap.Span) is { Interval: { } interval } filled
                    ? choose(interval)[gap.Span.Shift(-filled.Span.Start).ToRange()]
                    : null)),
            ]);
        }
    }

    /// <summary>Returns the origins of the recording's samples, with the filled samples of this lead marked.</summary>
    public List<ProvenanceSpan> Mark(IReadOnlyList<ProvenanceSpan> before, string version)
    {
        SampleSpan[] all = [.. _gaps.Select(gap => gap.Span)];
        var levels = _estimated.ToDictionary(part => part.Span, part => part.Gap.Interval?.Level);
        return
        [
            .. before.SelectMany(span => span.Lead == Number
                ? span.Span.Subtract(span.IsFilled ? all : _filled).Select(rest => span with { Span = rest })
                : [span]),
            .. _gaps.Where(gap => gap.IsRecovered).Select(gap =>
                new ProvenanceSpan(Number, gap.Span, gap.Origin, gap.Method!, version, levels.GetValueOrDefault(gap.Span))),
        ];
    }
}
