using EcgRecovery.Records;

namespace EcgRecovery.Recovery.Records.Methods;

/// <summary>Draws a straight line between the samples beside the gap.</summary>
internal sealed class LinearMethod : InterpolationMethod
{
    /// <inheritdoc/>
    public override string Name => "linear";

    /// <inheritdoc/>
    protected override void FillBetween(ReadOnlySpan<float> samples, SampleSpan gap, Span<float> destination)
    {
        // In double precision: the line's slope may be far smaller than its values.
        double left = samples[(int)gap.Start - 1], right = samples[(int)gap.End];
        for (var t = 0; t < destination.Length; t++)
            destination[t] = (float)(left + ((right - left) * (t + 1) / (destination.Length + 1)));
    }
}
