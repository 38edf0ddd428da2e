using EcgRecovery.Beats;
using EcgRecovery.Recovery.Records;
using EcgRecovery.Signals;

namespace EcgRecovery.Recovery.Beats.Methods;

/// <summary>A method for leads, applied to every heartbeat as a separate lead.</summary>
/// <param name="method">The method for leads.</param>
internal sealed class RowByRowMethod(RecordRecoveryMethod method) : BeatRecoveryMethod
{
    // A row holds every third sample of a beat from MIT-BIH's leads at 360 Hz.
    private const double SamplingFrequencyHz = 120;

    /// <inheritdoc/>
    public override string Name => method.Name;

    /// <inheritdoc/>
    public override void Estimate(ReadOnlySpan<float> beats, Span<float> destination, CancellationToken cancellationToken = default)
    {
        BeatShape.Check(beats, destination);
        beats.CopyTo(destination);
        for (var start = 0; start < beats.Length; start += HeartbeatSet.BeatLength)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var beat = beats.Slice(start, HeartbeatSet.BeatLength);
            var filled = destination.Slice(start, HeartbeatSet.BeatLength);
            method.Fill(beat, SamplingFrequencyHz, MissingRuns.Of(beat), filled, cancellationToken);
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        method.Dispose();
        base.Dispose(disposing);
    }
}
