using EcgRecovery.Beats;
using EcgRecovery.Evaluation.Splits;
using EcgRecovery.Formats.Wfdb;
using EcgRecovery.Records;

namespace EcgRecovery.Evaluation.RPeaks;

/// <summary>Agreement of detections with reference beats, for one record or pooled over several.</summary>
/// <param name="Name">The record, or the group of records.</param>
/// <param name="RecordCount">Number of pooled records.</param>
/// <param name="At150Ms">Within <see cref="RPeakEvaluation.WideToleranceSeconds"/>.</param>
/// <param name="At20Ms">Within <see cref="RPeakEvaluation.NarrowToleranceSeconds"/>.</param>
internal sealed record RPeakScore(string Name, int RecordCount, RPeakCounts At150Ms, RPeakCounts At20Ms);

/// <summary>Scores of one way to find R peaks on the MIT-BIH Arrhythmia Database.</summary>
/// <param name="Groups">Pooled over groups of records; together they are all 48.</param>
/// <param name="All">Pooled over all 48 records.</param>
/// <param name="AllOutsideFlutter">The same without the detections in episodes of ventricular flutter.</param>
/// <param name="Records">One entry per record.</param>
internal sealed record RPeakReport(
    IReadOnlyList<RPeakScore> Groups, RPeakScore All, RPeakScore AllOutsideFlutter, IReadOnlyList<RPeakScore> Records);

/// <summary>Finds the R peaks of a record.</summary>
/// <param name="record">The record.</param>
/// <returns>Their samples, ascending.</returns>
internal delegate int[] RPeakSearcher(EcgRecord record);

/// <summary>Evaluation of R-peak detection on each record of the MIT-BIH Arrhythmia Database.</summary>
/// <remarks>
/// Every beat annotation counts, of every class and from the first second on. Ventricular flutter (record 207) has no beat annotations,
/// so every detection in it counts as false; <see cref="RPeakReport.AllOutsideFlutter"/> excludes those episodes.
/// </remarks>
internal static class RPeakEvaluation
{
    /// <summary>Match window of ANSI/AAMI EC57, in seconds.</summary>
    public const double WideToleranceSeconds = 0.150;

    /// <summary>Match window for the position of the peak itself, in seconds.</summary>
    public const double NarrowToleranceSeconds = 0.020;

    /// <summary>Returns the detector on the first lead of a record.</summary>
    /// <param name="options">The detector's constants; null for the defaults.</param>
    public static RPeakSearcher FirstLead(RPeakDetectorOptions? options = null) =>
        record => RPeakDetector.Detect(record.Leads[0].ToMilliVolts(), record.SamplingFrequencyHz, options);

    /// <summary>Reads all 48 records, finds R peaks and compares them with the annotations.</summary>
    /// <param name="folder">Folder of the records' <c>.hea</c>, <c>.dat</c> and <c>.atr</c> files.</param>
    /// <param name="search">Finds the peaks.</param>
    /// <param name="progress">Receives each record's name before it is read.</param>
    /// <param name="cancellationToken">Cancels between records.</param>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    /// <exception cref="FileNotFoundException">A record's file is missing.</exception>
    /// <exception cref="InvalidDataException">A file is malformed.</exception>
    public static RPeakReport Measure(
        string folder, RPeakSearcher search, IProgress<string>? progress = null, CancellationToken cancellationToken = default)
    {
        MitBihDatabase.RequireFolder(folder);

        var whole = new List<RPeakScore>();
        var outsideFlutter = new List<RPeakScore>();
        foreach (var name in MitBihDatabase.Records)
        {
            cancellationToken.ThrowIfCancellationRequested();
            progress?.Report(name);
            var path = Path.Combine(folder, name);
            using var record = RecordFormats.Open(path, new WfdbReadOptions { Annotator = "atr" });
            var annotations = record.Annotations;
            if (record.Leads.Count == 0)
                throw new InvalidDataException($"Record {path} has no signal; expected at least one lead.");
            var detected = search(record);
            whole.Add(Score(name, annotations, detected, record.SamplingFrequencyHz));
            outsideFlutter.Add(Score(name, annotations, OutsideFlutter(detected, annotations), record.SamplingFrequencyHz));
        }

        return new RPeakReport(
            Groups(whole),
            Pool("all 48, nothing left out", whole),
            Pool("all 48, ventricular flutter of 207 left out", outsideFlutter),
            whole);
    }

    /// <summary>Compares detections with a record's annotations.</summary>
    /// <param name="name">Name of the score.</param>
    /// <param name="annotations">All annotations of the record, in time order; those of beats count.</param>
    /// <param name="detected">Samples of the detections, ascending.</param>
    /// <param name="samplingFrequencyHz">Sampling frequency in hertz.</param>
    public static RPeakScore Score(
        string name, IReadOnlyList<Annotation> annotations, ReadOnlySpan<int> detected, double samplingFrequencyHz)
    {
        int[] beats = [.. annotations.Where(annotation => annotation.IsBeat).Select(annotation => checked((int)annotation.Sample))];
        return Score(name, beats, detected, samplingFrequencyHz);
    }

    /// <summary>Compares detections with reference beats.</summary>
    /// <param name="name">Name of the score.</param>
    /// <param name="beats">Samples of the reference beats, ascending.</param>
    /// <param name="detected">Samples of the detections, ascending.</param>
    /// <param name="samplingFrequencyHz">Sampling frequency in hertz.</param>
    public static RPeakScore Score(string name, ReadOnlySpan<int> beats, ReadOnlySpan<int> detected, double samplingFrequencyHz) => new(
        name,
        1,
        RPeakMatching.Match(beats, detected, RPeakMatching.ToleranceSamples(WideToleranceSeconds, samplingFrequencyHz)),
        RPeakMatching.Match(beats, detected, RPeakMatching.ToleranceSamples(NarrowToleranceSeconds, samplingFrequencyHz)));

    /// <summary>Adds the counts of several scores.</summary>
    public static RPeakScore Pool(string name, IEnumerable<RPeakScore> scores) =>
        scores.Aggregate(
            new RPeakScore(name, 0, default, default),
            (sum, score) => new RPeakScore(
                name, sum.RecordCount + score.RecordCount, sum.At150Ms + score.At150Ms, sum.At20Ms + score.At20Ms));

    private static RPeakScore[] Groups(List<RPeakScore> records) =>
        [.. MitBihGroup.All.Select(group => Pool(group.Name, records.Where(score => group.Holds(score.Name))))];

    /// <summary>Returns the detections outside episodes of ventricular flutter, which annotations <c>[</c> and <c>]</c> delimit.</summary>
    public static int[] OutsideFlutter(int[] detected, IReadOnlyList<Annotation> annotations)
    {
        var outside = new List<int>(detected.Length);
        var next = 0;
        var isFlutter = false;
        foreach (var peak in detected)
        {
            while (next < annotations.Count && annotations[next].Sample <= peak)
            {
                if (annotations[next].Symbol is "[" or "]")
                    isFlutter = annotations[next].Symbol == "[";
                next++;
            }

            if (!isFlutter)
                outside.Add(peak);
        }

        return [.. outside];
    }
}
