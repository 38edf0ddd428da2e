using EcgRecovery.Beats;
using EcgRecovery.Recovery;
using EcgRecovery.Recovery.Beats;
using EcgRecovery.Recovery.Beats.Neighbours;

namespace EcgRecovery;

/// <summary>Recovers the missing samples of single heartbeats, rows of 187 samples.</summary>
public static class HeartbeatRecovery
{
    /// <param name="beats">The beats; NaN = missing.</param>
    extension(HeartbeatSet beats)
    {
        /// <summary>Recovers what is missing. A row without any observed sample stays missing.</summary>
        /// <param name="method">Name of a method or of a shipped model (see <see cref="RecoveryMethods"/>), or a model file.</param>
        /// <param name="referenceBeats">Whole beats of other patients, for the methods that learn from them.</param>
        /// <param name="threads">Threads; the result does not depend on them.</param>
        /// <param name="cancellationToken">Ends long work with <see cref="OperationCanceledException"/>.</param>
        /// <returns>The rows one after the other, [rows · 187].</returns>
        /// <exception cref="ArgumentException">The method is unknown, recovers leads only, or needs reference beats.</exception>
        /// <exception cref="InvalidDataException">The model's file is damaged, or no reference beat is complete.</exception>
        public RecoveredSignal Recover(
            string method = "beat", HeartbeatSet? referenceBeats = null, int threads = 1, CancellationToken cancellationToken = default)
        {
            ArgumentNullException.ThrowIfNull(beats);
            var references = referenceBeats is null ? null : new ReferenceBeats(referenceBeats, samePatients: false);
            var info = RecoveryMethods.Find(method) ?? throw RecoveryMethods.Unknown(method, forBeats: true);
            using var made = info.CreateForBeats(references, threads);
            return BeatRecovery.Recover(made, beats, gap: null, cancellationToken);
        }
    }
}
