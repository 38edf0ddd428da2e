using EcgRecovery.Recovery.Beats;

namespace EcgRecovery.Evaluation.Tests.Beats;

/// <summary>A method that recovers every sample as one value, with bounds at a fixed distance.</summary>
internal sealed class BoundedMethod(string name, float value, float width) : BeatRecoveryMethod
{
    public override string Name => name;

    public override bool HasInterval => true;

    public override void Estimate(ReadOnlySpan<float> beats, Span<float> destination, CancellationToken cancellationToken = default) =>
        destination.Fill(value);

    protected override void EstimateInterval(
        ReadOnlySpan<float> beats, Span<float> destination, Span<float> lower, Span<float> upper, CancellationToken cancellationToken)
    {
        destination.Fill(value);
        lower.Fill(value - width);
        upper.Fill(value + width);
    }
}
