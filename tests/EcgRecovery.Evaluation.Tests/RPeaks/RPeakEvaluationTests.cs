using EcgRecovery.Beats;
using EcgRecovery.Evaluation.RPeaks;
using EcgRecovery.Records;

namespace EcgRecovery.Evaluation.Tests.RPeaks;

public class RPeakEvaluationTests
{
    [Fact]
    public void On_all_48_records_sensitivity_and_positive_predictivity_are_at_least_99_percent()
    {
        var folder = TestData.Folder("mitdb");
        Assert.SkipWhen(folder is null, "The MIT-BIH Arrhythmia Database (shared/data/mitdb) is absent.");
        var study = RPeakStudy.Measure(folder, cancellationToken: TestContext.Current.CancellationToken);
        var report = study.FirstLead;

        // Both leads together: fewer missed and fewer false ones on the records on which constants were chosen.
        var (one, both) = (report.Groups[0].At150Ms, study.AllLeads.Groups[0].At150Ms);
        Assert.InRange(both.FalseNegatives, 0, 30);
        Assert.InRange(both.FalsePositives, 0, one.FalsePositives - 1);
        Assert.InRange(study.AllLeads.Groups[0].At20Ms.Sensitivity, 0.99, 1);
        // Of the flutter of record 207 most is reported, of the rest of half an hour of 20 people almost nothing.
        var doubt = study.Doubts[0];
        Assert.InRange(doubt.DoubtfulFlutterSeconds, 0.7 * doubt.FlutterSeconds, doubt.FlutterSeconds);
        Assert.InRange(doubt.DoubtfulBeats, 0, 40);

        Assert.Equal(48, report.Records.Count);
        Assert.Equal(48, report.All.RecordCount);
        Assert.Equal(109_494, report.All.At150Ms.TruePositives + report.All.At150Ms.FalseNegatives);
        Assert.InRange(report.All.At150Ms.Sensitivity, 0.99, 1);
        Assert.InRange(report.All.At150Ms.PositivePredictivity, 0.99, 1);
        Assert.InRange(report.All.At20Ms.Sensitivity, 0.95, 1);
        Assert.Equal(report.All.At150Ms, report.Groups.Aggregate(default(RPeakCounts), (sum, group) => sum + group.At150Ms));
        Assert.Equal([20, 2, 22, 4], report.Groups.Select(group => group.RecordCount));
        // Flutter is excluded from detections only, so it can only lower the number of false ones.
        Assert.Equal(report.All.At150Ms.TruePositives, report.AllOutsideFlutter.At150Ms.TruePositives);
        Assert.InRange(report.AllOutsideFlutter.At150Ms.FalsePositives, 0, report.All.At150Ms.FalsePositives - 200);
    }

    [Theory]
    [InlineData(128)]
    [InlineData(250)]
    [InlineData(1000)]
    public void A_real_record_resampled_has_the_same_beats(double frequency)
    {
        var folder = TestData.Folder("mitdb");
        Assert.SkipWhen(folder is null, "The MIT-BIH Arrhythmia Database (shared/data/mitdb) is absent.");
        var path = Path.Combine(folder, "119");
        using var record = RecordFormats.Open(path);
        var annotations = record.Annotations.Select(
            annotation => annotation with { Sample = (int)Math.Round(annotation.Sample * frequency / 360) });
        var lead = Resampled(record.Leads[0].ToMilliVolts(), 360, frequency);
        var score = RPeakEvaluation.Score("119", [.. annotations], RPeakDetector.Detect(lead, frequency), frequency);
        Assert.InRange(score.At150Ms.Sensitivity, 0.999, 1);
        Assert.InRange(score.At150Ms.PositivePredictivity, 0.998, 1);
        // At 128 Hz 20 ms is two whole samples, 15.6 ms.
        Assert.InRange(score.At20Ms.Sensitivity, 0.98, 1);
    }

    [Fact]
    public void On_twelve_leads_the_search_in_all_is_as_good_as_the_best_lead()
    {
        var folder = TestData.Folder("ludb");
        Assert.SkipWhen(folder is null, "The Lobachevsky University Database (shared/data/ludb) is absent.");
        var scores = LudbRPeaks.Measure(
            Path.Combine(folder, "data"), cancellationToken: TestContext.Current.CancellationToken).Choosing;
        Assert.Equal(["lead i", "lead ii", "lead v2", "lead v5", "all leads, marks of ii"], scores.Select(score => score.Name));
        Assert.All(scores, score => Assert.Equal(160, score.RecordCount));
        Assert.Equal(1457, scores[4].At150Ms.TruePositives + scores[4].At150Ms.FalseNegatives);
        Assert.InRange(scores[4].At150Ms.FalseNegatives + scores[4].At150Ms.FalsePositives, 0, 1);
    }

    [Fact]
    public void Detections_before_the_first_mark_and_after_the_last_do_not_count()
    {
        var record = new EcgRecord
        {
            Name = "1",
            SamplingFrequencyHz = 500,
            Leads = [],
            Annotations = [Of("N", 1000), Of("(", 1400), Of("N", 1500)],
        };
        Assert.Equal(new RPeakCounts(1, 1, 1), LudbRPeaks.Score("ii", record, [924, 930, 1200, 1576]).At150Ms);
    }

    [Fact]
    public void Only_beats_count_as_reference()
    {
        Annotation[] annotations = [Of("+", 10), Of("N", 100), Of("~", 200), Of("V", 400), Of("!", 700)];
        var score = RPeakEvaluation.Score("r", annotations, [110, 395, 700], 360);
        Assert.Equal(new RPeakCounts(2, 0, 1), score.At150Ms);
        Assert.Equal(new RPeakCounts(1, 1, 2), score.At20Ms);
    }

    [Fact]
    public void Detections_in_flutter_are_those_between_its_brackets()
    {
        Annotation[] annotations = [Of("N", 100), Of("[", 200), Of("!", 250), Of("]", 300), Of("N", 400), Of("[", 500)];
        Assert.Equal([100, 199, 300, 400], RPeakEvaluation.OutsideFlutter([100, 199, 200, 299, 300, 400, 501], annotations));
    }

    [Fact]
    public void A_missing_folder_is_named()
    {
        var exception = Assert.Throws<DirectoryNotFoundException>(() => RPeakStudy.Measure("no-such-folder"));
        Assert.Contains("no-such-folder", exception.Message, StringComparison.Ordinal);
    }

    private static Annotation Of(string symbol, int sample) => new(sample, BeatCode.FromSymbol(symbol)!.Value);

    private static float[] Resampled(float[] signal, double from, double to)
    {
        var resampled = new float[(int)((signal.Length - 1) * to / from)];
        for (var t = 0; t < resampled.Length; t++)
        {
            var at = t * from / to;
            var left = (int)at;
            resampled[t] = (float)(signal[left] + ((at - left) * (signal[left + 1] - signal[left])));
        }

        return resampled;
    }
}
