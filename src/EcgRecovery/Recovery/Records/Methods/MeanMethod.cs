using EcgRecovery.Records;
using EcgRecovery.Signals;

namespace EcgRecovery.Recovery.Records.Methods;

/// <summary>Writes the mean of the observed samples within the window around the gap; 0 without any.</summary>
internal sealed class MeanMethod : GapByGapMethod
{
    /// <inheritdoc/>
    public override string Name => "mean";

    /// <inheritdoc/>
    public override bool MustBeatLine => false;

    /// <inheritdoc/>
    protected override GapOutcome FillGap(LeadSignal lead, SampleSpan gap, Span<float> destination)
    {
        destination.Fill((float)ObservedMean.Of(lead.Samples[lead.Around(gap).ToRange()]));
        return new GapOutcome(Name);
    }
}
