using EcgRecovery.Records;

namespace EcgRecovery.Recovery.Records.Methods;

/// <summary>Writes zeros, which is in effect what the original system does.</summary>
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
