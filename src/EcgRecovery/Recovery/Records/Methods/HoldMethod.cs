using EcgRecovery.Records;

namespace EcgRecovery.Recovery.Records.Methods;

/// <summary>Holds the last observed sample; in a gap at the signal's start, the first one.</summary>
internal sealed class HoldMethod : InterpolationMethod
{
    /// <inheritdoc/>
    public override string Name => "hold";

    /// <inheritdoc/>
    protected override void FillBetween(ReadOnlySpan<float> samples, SampleSpan gap, Span<float> destination) =>
        destination.Fill(samples[(int)gap.Start - 1]);
}
