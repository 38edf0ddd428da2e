using EcgRecovery.Records;

namespace EcgRecovery.Recovery.Records.Methods;

/// <summary>Repeats the last observed sample before the gap; at the signal's start, the first one after it.</summary>
internal sealed class HoldMethod : InterpolationMethod
{
    /// <inheritdoc/>
    public override string Name => "hold";

    /// <inheritdoc/>
    protected override void FillBetween(ReadOnlySpan<float> samples, SampleSpan gap, Span<float> destination) =>
        destination.Fill(samples[(int)gap.Start - 1]);
}
