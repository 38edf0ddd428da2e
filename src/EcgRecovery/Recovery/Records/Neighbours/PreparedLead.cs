namespace EcgRecovery.Recovery.Records.Neighbours;

/// <summary>What is made of a lead once for all its gaps, each at its first use.</summary>
internal sealed class PreparedLead
{
    private readonly Lazy<JointLead> _raw;
    private readonly Lazy<LeadSignal> _slow;
    private readonly Lazy<JointLead> _fast;

    /// <param name="lead">The lead.</param>
    public PreparedLead(LeadSignal lead)
    {
        Lead = lead;
        _raw = new(() => JointLead.Of(lead));
        _slow = new(() => SlowPart.Of(lead));
        _fast = new(() => JointLead.Of(SlowPart.Remove(lead, _slow.Value)));
    }

    /// <summary>The lead.</summary>
    public LeadSignal Lead { get; }

    /// <summary>The lead with its samples at the search's rate.</summary>
    public JointLead Raw => _raw.Value;

    /// <summary>Its slow part.</summary>
    public LeadSignal Slow => _slow.Value;

    /// <summary>The lead without its slow part.</summary>
    public JointLead Fast => _fast.Value;
}

/// <summary>A lead at its own rate and at the search's.</summary>
/// <param name="Lead">At its own rate; NaN = missing.</param>
/// <param name="Signal">At the search's rate.</param>
internal sealed record JointLead(LeadSignal Lead, SearchSignal Signal)
{
    /// <summary>Brings a lead to the search's rate too.</summary>
    public static JointLead Of(LeadSignal lead) => new(lead, new SearchSignal(lead));
}
