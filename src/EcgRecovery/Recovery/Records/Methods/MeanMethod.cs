using EcgRecovery.Records;

namespace EcgRecovery.Recovery.Records.Methods;

/// <summary>Writes the mean of all observed samples; 0 without any.</summary>
internal sealed class MeanMethod : RecordRecoveryMethod
{
    /// <inheritdoc/>
    public override string Name => "mean";

    /// <inheritdoc/>
    public override void Fill(
        ReadOnlySpan<float> samples,
        double samplingFrequencyHz,
        IReadOnlyList<SampleSpan> gaps,
        Span<float> destination,
        CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var (sum, count) = (0.0, 0);
        foreach (var sample in samples)
        {
            if (float.IsNaN(sample))
                continue;
            sum += sample;
            count++;
        }

        var mean = count == 0 ? 0f : (float)(sum / count);
        foreach (var gap in gaps)
            destination[gap.ToRange()].Fill(mean);
    }
}
