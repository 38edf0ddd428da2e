using EcgRecovery.Records;

namespace EcgRecovery.Recovery.Records.Neighbours;

/// <summary>Estimates of gaps among the places that are like them in the lost lead and in the surviving ones.</summary>
internal static class JointNeighbours
{
    /// <summary>The contexts of gaps that are estimated as one, those of the method similar; every shape gives an estimate.</summary>
    public static IReadOnlyList<ContextShape> Shapes { get; } =
    [
        new(0.2, 8 / 120.0),
        new(0.3, 12 / 120.0),
        new(0.5, 20 / 120.0),
        new(0.75, 30 / 120.0),
        new(1.25, 60 / 120.0),
    ];

    /// <summary>Estimates up to four gaps.</summary>
    /// <param name="lost">The lost lead.</param>
    /// <param name="surviving">The leads that survive in all of them.</param>
    /// <param name="gaps">The gaps.</param>
    /// <param name="shapes">The contexts.</param>
    /// <param name="settings">How the places are used.</param>
    /// <param name="search">The search.</param>
    /// <returns>Per gap the estimates, at most one a shape.</returns>
    public static List<ContextEstimate>[] Estimate(
        JointLead lost,
        IReadOnlyList<JointLead> surviving,
        SampleSpan[] gaps,
        IEnumerable<ContextShape> shapes,
        JointSettings settings,
        JointSearch search)
    {
        var (lead, signal) = (lost.Lead, lost.Signal);
        var spans = Array.ConvertAll(gaps, signal.Cover);
        var windows = Array.ConvertAll(gaps, gap => signal.Within(lead.Around(gap)));
        var leads = Array.ConvertAll(windows, window => JointLeads.Of(lost, surviving, window, settings.LeadWeight));
        var estimates = Array.ConvertAll(gaps, _ => new List<ContextEstimate>());
        foreach (var shape in shapes)
        {
            var found = search.Find(leads, spans, windows, shape, settings.Neighbours);
            for (var i = 0; i < gaps.Length; i++)
            {
                var hasContexts = ContextQuery.Of(signal, spans[i], shape) is not null;
                var regression = new JointRegression(leads[i], gaps[i], shape, hasContexts);
                if (regression.Estimate(regression.Refine(found[i], signal.Step), settings.Neighbours, settings.Ridge) is { } estimate)
                    estimates[i].Add(estimate);
            }
        }

        return estimates;
    }
}
