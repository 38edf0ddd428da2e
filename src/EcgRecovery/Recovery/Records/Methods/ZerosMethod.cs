using EcgRecovery.Records;

namespace EcgRecovery.Recovery.Records.Methods;

/// <summary>Writes zeros: what the original system amounts to.</summary>
internal sealed class ZerosMethod : RecordRecoveryMethod
{
    /// <inheritdoc/>
    public override string Name => "zeros";

    /// <inheritdoc/>
    public override void Fill(
        ReadOnlySpan<float> samples,
        double samplingFrequencyHz,
        IReadOnlyList<SampleSpan> gaps,
        Span<float> destination,
        CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        foreach (var gap in gaps)
            destination[gap.ToRange()].Clear();
    }
}
