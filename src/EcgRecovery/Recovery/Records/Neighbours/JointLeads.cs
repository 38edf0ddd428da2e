using EcgRecovery.Records;

namespace EcgRecovery.Recovery.Records.Neighbours;

/// <summary>A lost lead and the leads that survive in a gap, and how much each counts.</summary>
/// <param name="Lost">The lost lead.</param>
/// <param name="LostFactor">Factor on its squared differences: 1/variance.</param>
/// <param name="Others">The surviving leads, sample for sample; at least one.</param>
/// <param name="Factors">[others]: factors on their squared differences.</param>
internal sealed record JointLeads(JointLead Lost, double LostFactor, IReadOnlyList<JointLead> Others, IReadOnlyList<double> Factors)
{
    /// <summary>Weighs the leads by their variances in the window of a gap.</summary>
    /// <param name="lost">The lost lead.</param>
    /// <param name="others">The surviving leads.</param>
    /// <param name="window">The samples that the gap may be recovered from, at the search's rate.</param>
    /// <param name="weight">How much the surviving leads count against the contexts of the lost one.</param>
    public static JointLeads Of(JointLead lost, IReadOnlyList<JointLead> others, SampleSpan window, double weight)
    {
        return new JointLeads(
            lost,
            Inverse(lost),
            others,
            [.. others.Select(other => weight / others.Count * Inverse(other))]);

        double Inverse(JointLead lead) => 1 / Math.Max(lead.Signal.Running.Variance(window), 1e-30);
    }
}
