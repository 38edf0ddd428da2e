using EcgRecovery.Records;
using EcgRecovery.Recovery;
using EcgRecovery.Recovery.Records;

namespace EcgRecovery;

/// <summary>Recovers the gaps of recordings.</summary>
public static class EcgRecordRecovery
{
    /// <param name="record">The recording; it must stay open while the result is read.</param>
    extension(EcgRecord record)
    {
        /// <summary>
        /// Fills the gaps of the recording and marks what it filled. Samples that were recovered before count as missing; what is not
        /// chosen stays as it is.
        /// </summary>
        /// <param name="options">Which gaps, and how; null = what the file states as missing, in all leads that are voltages.</param>
        /// <param name="progress">Receives what is done; null = nobody listens.</param>
        /// <param name="cancellationToken">Ends long work with <see cref="OperationCanceledException"/>.</param>
        /// <exception cref="ArgumentException">
        /// The method is unknown, recovers heartbeats only or has no such estimate, a lead or a gap lies outside the recording, or a number
        /// is not above 0.
        /// </exception>
        /// <exception cref="IOException">A file cannot be read any more.</exception>
        public RecoveredRecord Recover(
            RecordRecoveryOptions? options = null,
            IProgress<RecoveryProgress>? progress = null,
            CancellationToken cancellationToken = default)
        {
            ArgumentNullException.ThrowIfNull(record);
            options ??= new RecordRecoveryOptions();
            using var method = RecoveryMethods.CreateForRecords(options);
            var plan = RecoveryPlan.Make(record, options, progress: null, cancellationToken);
            return RecordRecovery.Fill(record, plan, method, options, progress, cancellationToken);
        }

        /// <summary>
        /// Hides stretches of the recording's observed samples, recovers them and compares: how well can gaps of this recording be
        /// recovered? Nothing is filled.
        /// </summary>
        /// <param name="options">As of <c>Recover</c>. Without gaps in the recording, gaps of 0.15 to 2 s are hidden.</param>
        /// <param name="progress">Receives what is done; null = nobody listens.</param>
        /// <param name="cancellationToken">Ends long work with <see cref="OperationCanceledException"/>.</param>
        /// <returns>An entry for each lead, length of gaps and method.</returns>
        /// <exception cref="ArgumentException">As of <c>Recover</c>.</exception>
        /// <exception cref="IOException">A file cannot be read any more.</exception>
        public IReadOnlyList<SelfTestCell> SelfTest(
            RecordRecoveryOptions? options = null,
            IProgress<RecoveryProgress>? progress = null,
            CancellationToken cancellationToken = default)
        {
            ArgumentNullException.ThrowIfNull(record);
            options ??= new RecordRecoveryOptions();
            using var method = RecoveryMethods.CreateForRecords(options);
            var plan = RecoveryPlan.Make(record, options, progress: null, cancellationToken);
            return RecordRecovery.Test(plan, method, options, progress, cancellationToken);
        }
    }
}
