using EcgRecovery.Beats;

namespace EcgRecovery.Evaluation.RPeaks;

/// <summary>Scores of the detector on single leads and of the search in all leads.</summary>
/// <param name="FirstLead">MIT-BIH Arrhythmia Database, <see cref="RPeakDetector"/> on the first lead.</param>
/// <param name="AllLeads">The same, all leads together: what <c>beats</c> finds.</param>
/// <param name="Doubts">What of it is reported as not to be trusted, one entry per group.</param>
/// <param name="Ludb">Lobachevsky University Database; null where it was not read.</param>
internal sealed record RPeakStudy(RPeakReport FirstLead, RPeakReport AllLeads, IReadOnlyList<DoubtScore> Doubts, LudbRPeakReport? Ludb)
{
    /// <summary>Measures everything.</summary>
    /// <param name="mitBih">Folder of the MIT-BIH Arrhythmia Database.</param>
    /// <param name="ludb">Folder of the records of the Lobachevsky University Database; null = not read.</param>
    /// <param name="options">The detector's constants for single leads; null for the defaults.</param>
    /// <param name="progress">Receives each record's name before it is read.</param>
    /// <param name="cancellationToken">Cancels between records.</param>
    /// <exception cref="IOException">A folder or a file is missing.</exception>
    /// <exception cref="InvalidDataException">A file is malformed.</exception>
    public static RPeakStudy Measure(
        string mitBih,
        string? ludb = null,
        RPeakDetectorOptions? options = null,
        IProgress<string>? progress = null,
        CancellationToken cancellationToken = default)
    {
        var doubts = new List<DoubtScore>();
        var allLeads = RPeakEvaluation.Measure(
            mitBih,
            record =>
            {
                var found = record.FindRPeaks(cancellationToken: cancellationToken);
                doubts.Add(DoubtScore.Of(record, found));
                return [.. found.Peaks.Select(peak => checked((int)peak))];
            },
            progress,
            cancellationToken);
        return new RPeakStudy(
            RPeakEvaluation.Measure(mitBih, RPeakEvaluation.FirstLead(options), progress: null, cancellationToken),
            allLeads,
            [.. MitBihGroup.All.Select(group => DoubtScore.Sum(group.Name, doubts.Where(doubt => group.Holds(doubt.Name))))],
            ludb is null ? null : LudbRPeaks.Measure(ludb, options, progress, cancellationToken));
    }
}
