using EcgRecovery.Records;

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
        var (sum, count) = (0.0, 0);
        foreach (var sample in lead.Samples[lead.Around(gap).ToRange()])
        {
            if (float.IsNaN(sample))
                continue;
            sum += sample;
            count++;
        }

        destination.Fill(count == 0 ? 0f : (float)(sum / count));
        return new GapOutcome(Name);
    }
}
