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
        var beat = new float[HeartbeatSet.BeatLength];
        var lead = new LeadSignal(beat, SamplingFrequencyHz);
        var filled = new float[HeartbeatSet.BeatLength];
        for (var start = 0; start < beats.Length; start += HeartbeatSet.BeatLength)
        {
            beats.Slice(start, HeartbeatSet.BeatLength).CopyTo(beat);
            beat.CopyTo(filled);
            method.Fill(lead, MissingRuns.Of<float>(beat), filled, cancellationToken);
            filled.CopyTo(destination[start..]);
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        method.Dispose();
        base.Dispose(disposing);
    }
}
