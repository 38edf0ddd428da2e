using EcgRecovery.Evaluation.Records.Plans;
using EcgRecovery.Evaluation.Records.Scoring;
using EcgRecovery.Evaluation.Records.Truth;
using EcgRecovery.Evaluation.Splits;
using EcgRecovery.Records;
using EcgRecovery.Recovery;
using EcgRecovery.Recovery.Records;

namespace EcgRecovery.Evaluation.Records.Entrants;

/// <summary>A method of the product, which recovers gaps by the product's own way from a lead to a filled lead.</summary>
internal sealed class MethodEntrant : Entrant
{
    private readonly ThreadLocal<RecordRecoveryMethod> _methods;
    private readonly RecoveryOptions _options;
    private readonly Func<CellKind, bool> _isSelfTested;

    /// <param name="method">The method; it recovers leads.</param>
    /// <param name="options">The estimate, the window and the hidden gaps of the self-test.</param>
    /// <param name="isSelfTested">Whether gaps of a cell go through a self-test, from which they have intervals.</param>
    public MethodEntrant(RecoveryMethodInfo method, RecoveryOptions options, Func<CellKind, bool> isSelfTested)
    {
        _methods = new(() => method.CreateForRecords(options.Estimate), trackAllValues: true);
        (_options, _isSelfTested) = (options, isSelfTested);
        Name = _methods.Value!.Name;
    }

    /// <inheritdoc/>
    public override string Name { get; }

    /// <inheritdoc/>
    public override bool? SawAny(IReadOnlySet<string> patients) =>
        _methods.Value!.LearnedFromRecords?.Any(record => patients.Contains(InterPatientSplit.Patient(record)));

    /// <inheritdoc/>
    public override IReadOnlyList<Estimate> Fill(
        TestedRecord record, GapCut cut, CutPlace place, int threads, CancellationToken cancellationToken)
    {
        var gaps = cut.ByLead(record.Leads.Count);
        var options = _options with { Threads = threads, SelfTestGaps = _isSelfTested(place.Kind) ? _options.SelfTestGaps : 0 };
        var estimates = new List<Estimate>();
        foreach (var lost in cut.Lost.Where(lost => lost.Scored.Count > 0))
        {
            var plan = record.Plan(record.Leads[lost.Lead], gaps);
            // All gaps are missing; those that are not scored need not be filled.
            SampleSpan[] runs = [.. plan.ToFill.Where(run => lost.Scored.Any(gap => !gap.Intersect(run).IsEmpty))];
            var filled = new List<FilledGap>();
            new TestedRecovery(plan.Source, runs, options, cancellationToken).Run(_methods.Value!, filled.AddRange, done: null);
            estimates.AddRange(lost.Scored.Select(gap => Combine(record, lost.Lead, gap, plan, filled, options.SelfTestGaps > 0)));
        }

        return estimates;
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        foreach (var method in _methods.Values)
            method.Dispose();
        _methods.Dispose();
        base.Dispose();
    }

    /// <summary>Puts a gap together from what is derived from other leads and what the method estimated.</summary>
    private static Estimate Combine(
        TestedRecord record, int lead, SampleSpan gap, LeadPlan plan, List<FilledGap> filled, bool isSelfTested)
    {
        if (filled.Find(other => other.Span == gap) is { } whole)
        {
            return new Estimate(
                lead,
                gap,
                whole.EstimatedSamples,
                IsBySimplerMethod: whole.Estimate.IsFilled && whole.Estimate.Reason.Length > 0,
                isSelfTested || whole.Intervals.Count > 0 ? whole : null);
        }

        var samples = new float[gap.Length];
        samples.AsSpan().Fill(float.NaN);
        foreach (var part in plan.Derived.Where(part => gap.Contains(part.Span.Start)))
            part.Read(record.LeadOf(record.Leads[lead])).CopyTo(samples.AsSpan(part.Span.Shift(-gap.Start).ToRange()));
        foreach (var part in filled.Where(part => part.EstimatedSamples.Length > 0))
        {
            // A run of missing samples may be longer than the gap.
            var both = part.Span.Intersect(gap);
            if (!both.IsEmpty)
                part.EstimatedSamples[both.Shift(-part.Span.Start).ToRange()].CopyTo(samples.AsSpan(both.Shift(-gap.Start).ToRange()));
        }

        return new Estimate(lead, gap, samples.Contains(float.NaN) ? [] : samples);
    }
}
