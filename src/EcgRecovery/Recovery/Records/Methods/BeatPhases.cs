using EcgRecovery.Records;

namespace EcgRecovery.Recovery.Records.Methods;

/// <summary>The phase of samples in and around a gap: 0 at an R peak, 1 at the next, in a straight line between.</summary>
/// <remarks>
/// From the last R peak before the gap to the first one after it, T later, there are n = round(T / median interval) beats of one length.
/// Where either peak is missing, beats of the median interval follow. Source of the phase: Sameni et al. 2007,
/// doi:10.1109/TBME.2007.897817.
/// </remarks>
internal sealed class BeatPhases
{
    private readonly List<double> _peaks = [];

    /// <summary>Places the beats of a gap.</summary>
    /// <param name="lead">The lead; it has an R peak within the window around the gap.</param>
    /// <param name="gap">The gap.</param>
    /// <param name="span">The samples whose phase is wanted.</param>
    /// <param name="interval">The median interval, in samples, above 0.</param>
    public BeatPhases(LeadSignal lead, SampleSpan gap, SampleSpan span, double interval)
    {
        var around = lead.Around(gap);
        var before = PeaksWithin.Of(lead, around with { End = gap.Start });
        var after = PeaksWithin.Of(lead, around with { Start = gap.End });
        _peaks.AddRange(Array.ConvertAll(before, peak => (double)peak));
        if (before.Length > 0 && after.Length > 0)
            Place(before[^1], after[0], interval);
        _peaks.AddRange(Array.ConvertAll(after, peak => (double)peak));
        Extend(span, interval);
    }

    /// <summary>Returns the phase of a sample, 0…1.</summary>
    public double At(long sample)
    {
        var place = _peaks.BinarySearch(sample);
        var next = Math.Clamp(place >= 0 ? place + 1 : ~place, 1, _peaks.Count - 1);
        return Math.Clamp((sample - _peaks[next - 1]) / (_peaks[next] - _peaks[next - 1]), 0, 1);
    }

    private void Place(double last, double first, double interval)
    {
        var count = (int)Math.Round((first - last) / interval);
        for (var i = 1; i < count; i++)
            _peaks.Add(last + ((first - last) * i / count));
    }

    private void Extend(SampleSpan span, double interval)
    {
        var missing = (int)Math.Max(0, Math.Ceiling((_peaks[0] - span.Start) / interval));
        var first = _peaks[0];
        _peaks.InsertRange(0, Enumerable.Range(0, missing).Select(i => first - ((missing - i) * interval)));
        while (_peaks[^1] < span.End)
            _peaks.Add(_peaks[^1] + interval);
    }
}
