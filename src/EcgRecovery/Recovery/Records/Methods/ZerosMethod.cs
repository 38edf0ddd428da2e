using EcgRecovery.Records;

namespace EcgRecovery.Recovery.Records.Methods;

/// <summary>Writes zeros, which is in effect what the original system does.</summary>
internal sealed class ZerosMethod : GapByGapMethod
{
    /// <inheritdoc/>
    public override string Name => "zeros";

    /// <inheritdoc/>
    public override bool MustBeatLine => false;

    /// <inheritdoc/>
    protected override GapOutcome FillGap(LeadSignal lead, SampleSpan gap, Span<float> destination)
    {
        destination.Clear();
        return new GapOutcome(Name);
    }
}
