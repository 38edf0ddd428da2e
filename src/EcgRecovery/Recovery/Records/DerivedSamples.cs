using EcgRecovery.Records;

namespace EcgRecovery.Recovery.Records;

/// <summary>The samples of a lead with those that follow from other leads.</summary>
internal sealed class DerivedSamples : ISamples<float>
{
    private readonly SeenLead _lead;
    private readonly IReadOnlyList<DerivedSpan> _derived;

    private DerivedSamples(SeenLead lead, IReadOnlyList<DerivedSpan> derived) => (_lead, _derived) = (lead, derived);

    /// <inheritdoc/>
    public long Count => _lead.Samples.Count;

    /// <summary>Returns the samples.</summary>
    /// <param name="lead">The lead.</param>
    /// <param name="derived">What is derived, in order.</param>
    public static ISamples<float> Over(SeenLead lead, IReadOnlyList<DerivedSpan> derived) =>
        derived.Count == 0 ? lead.Samples : new DerivedSamples(lead, derived);

    /// <inheritdoc/>
    public void Read(long start, Span<float> destination)
    {
        _lead.Samples.Read(start, destination);
        var window = new SampleSpan(start, start + destination.Length);
        for (var i = OrderedSearch.CountWhile(_derived.Count, i => _derived[i].Span.End <= start);
            i < _derived.Count && _derived[i].Span.Start < window.End; i++)
        {
            var part = _derived[i].Span.Intersect(window);
            _derived[i].Sum.Read(part.Start, destination[part.Shift(-start).ToRange()], _lead.Lead);
        }
    }
}
