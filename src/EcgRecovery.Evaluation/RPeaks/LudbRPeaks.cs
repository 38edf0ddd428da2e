using EcgRecovery.Beats;
using EcgRecovery.Formats.Wfdb;
using EcgRecovery.Records;

namespace EcgRecovery.Evaluation.RPeaks;

/// <summary>Scores on the Lobachevsky University Database: four leads, and the search in all leads.</summary>
/// <param name="Choosing">Records 1–160: leads i, ii, v2, v5 and all leads.</param>
/// <param name="Test">Records 161–200.</param>
internal sealed record LudbRPeakReport(IReadOnlyList<RPeakScore> Choosing, IReadOnlyList<RPeakScore> Test);

/// <summary>Evaluation of R-peak detection on the Lobachevsky University Database.</summary>
/// <remarks>
/// A lead is compared with the QRS complexes that are marked in it, the search in all leads with those of lead II. The marks leave out the
/// first and last beats of a record: a detection counts from 150 ms before the first marked QRS complex to 150 ms after the last one.
/// Source: Kalyakulina et al. 2020, doi:10.1109/ACCESS.2020.3029211.
/// </remarks>
internal static class LudbRPeaks
{
    private const int RecordCount = 200;
    private const int ChoosingCount = 160;
    private const string ReferenceLead = "ii";
    private static readonly string[] s_leads = ["i", "ii", "v2", "v5"];

    /// <summary>Reads all 200 records, finds R peaks and compares them with the marks.</summary>
    /// <param name="folder">Folder of the records, with the annotators <c>i</c>, <c>ii</c>, <c>v2</c> and <c>v5</c>.</param>
    /// <param name="options">The detector's constants; null for the defaults.</param>
    /// <param name="progress">Receives each record's name before it is read.</param>
    /// <param name="cancellationToken">Cancels between records.</param>
    /// <exception cref="FileNotFoundException">A record's file is missing.</exception>
    /// <exception cref="InvalidDataException">A file is malformed.</exception>
    public static LudbRPeakReport Measure(
        string folder,
        RPeakDetectorOptions? options = null,
        IProgress<string>? progress = null,
        CancellationToken cancellationToken = default)
    {
        var scores = new List<(int Record, RPeakScore Score)>();
        for (var number = 1; number <= RecordCount; number++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            progress?.Report(number.ToString(System.Globalization.CultureInfo.InvariantCulture));
            var path = Path.Combine(folder, $"{number}");
            foreach (var name in s_leads)
            {
                using var record = RecordFormats.Open(path, new WfdbReadOptions { Annotator = name });
                var lead = record.Leads.FirstOrDefault(lead => lead.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
                    ?? throw new InvalidDataException($"Record {path} has no lead {name}.");
                var detected = RPeakDetector.Detect(lead.ToMilliVolts(), lead.SamplingFrequencyHz, options);
                scores.Add((number, Score($"lead {name}", record, detected)));
                if (name == ReferenceLead)
                {
                    int[] found = [.. record.FindRPeaks(cancellationToken: cancellationToken).Peaks.Select(peak => checked((int)peak))];
                    scores.Add((number, Score("all leads, marks of ii", record, found)));
                }
            }
        }

        return new LudbRPeakReport(Pool(number => number <= ChoosingCount), Pool(number => number > ChoosingCount));

        RPeakScore[] Pool(Func<int, bool> belongs) =>
        [
            .. scores.Where(entry => belongs(entry.Record)).GroupBy(entry => entry.Score.Name)
                .Select(group => RPeakEvaluation.Pool(group.Key, group.Select(entry => entry.Score)))
                .OrderBy(score => score.Name.StartsWith("all", StringComparison.Ordinal)),
        ];
    }

    /// <summary>Compares detections with the marks of a record, from the first to the last.</summary>
    public static RPeakScore Score(string name, EcgRecord record, int[] detected)
    {
        int[] marks = [.. record.Annotations.Where(mark => mark.IsBeat).Select(mark => checked((int)mark.Sample))];
        var margin = RPeakMatching.ToleranceSamples(RPeakEvaluation.WideToleranceSeconds, record.SamplingFrequencyHz);
        int[] scored = [.. detected.Where(peak => marks.Length > 0 && peak >= marks[0] - margin && peak <= marks[^1] + margin)];
        return RPeakEvaluation.Score(name, marks, scored, record.SamplingFrequencyHz);
    }
}
