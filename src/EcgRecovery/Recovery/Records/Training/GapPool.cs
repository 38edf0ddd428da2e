using EcgRecovery.Recovery.Records.Model;

namespace EcgRecovery.Recovery.Records.Training;

/// <summary>Cuts all gaps that a record model learns from.</summary>
internal static class GapPool
{
    /// <summary>Cuts the gaps of all rounds of all recordings, or reads those that an earlier run has cut.</summary>
    /// <param name="data">The recordings.</param>
    /// <param name="options">The seed, the number of rounds, and the threads.</param>
    /// <param name="files">Keeps the gaps on disk; null to keep them only in memory.</param>
    /// <param name="progress">Called after every round; or null.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>In the order of recordings and rounds.</returns>
    /// <exception cref="InvalidDataException">A file of gaps is damaged, or its gaps are of other data or settings.</exception>
    public static IReadOnlyList<TrainingGap> Cut(
        RecordTrainingData data,
        RecordTrainingOptions options,
        GapFiles? files,
        Action<GapCuttingProgress>? progress,
        CancellationToken cancellationToken)
    {
        var cutter = new GapCutter(new GapEvidenceFinder(GapEvidenceFinder.Settings), options.Seed);
        var gaps = new List<TrainingGap>();
        var total = data.Recordings.Count * options.Rounds;
        for (var r = 0; r < data.Recordings.Count; r++)
        {
            var (recording, patient) = (data.Recordings[r], data.PatientOf(r));
            var fingerprint = Fingerprint(data, options, r);
            TrainingLeads? leads = null;
            for (var round = 0; round < options.Rounds; round++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var known = files?.Read(recording.Name, round, fingerprint, patient);
                gaps.AddRange(known ?? CutRound(round));
                progress?.Invoke(new GapCuttingProgress((r * options.Rounds) + round + 1, total, recording.Name, known is null));
            }

            IReadOnlyList<TrainingGap> CutRound(int round)
            {
                leads ??= recording.Read();
                var cut = cutter.Cut(
                    patient, recording.Name, leads.MilliVolts, leads.SamplingFrequencyHz, round, options.Threads, cancellationToken);
                files?.Write(recording.Name, round, fingerprint, cut);
                return cut;
            }
        }

        return gaps;
    }

    // Only what decides on the gaps of one recording: other recordings may join a run that has only begun to cut.
    private static string Fingerprint(RecordTrainingData data, RecordTrainingOptions options, int recording) =>
        $"seed={options.Seed};evidence={GapEvidenceFinder.Version};channels={GapChannels.Count};features={GapChannels.Features}"
            + FormattableString.Invariant($";frequency={data.FrequencyOf(recording):R};data={data.Sha256Of(recording)}");
}

/// <summary>Progress of cutting gaps, reported after every round of a recording.</summary>
/// <param name="Done">Rounds done, those that were read included.</param>
/// <param name="Total">Rounds of all recordings.</param>
/// <param name="Recording">Name of the recording.</param>
/// <param name="IsNew">Whether the round was cut now, not read.</param>
internal sealed record GapCuttingProgress(int Done, int Total, string Recording, bool IsNew);
