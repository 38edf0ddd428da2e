using EcgRecovery.Beats;
using EcgRecovery.Evaluation.Diagnosis;
using EcgRecovery.Evaluation.Splits;
using EcgRecovery.Records;

namespace EcgRecovery.Evaluation.Tests.Diagnosis;

public class BeatClassifierTests
{
    [Fact]
    public void On_DS2_the_figures_are_those_of_the_model_card()
    {
        var folder = TestData.Folder("mitdb");
        Assert.SkipWhen(folder is null, "The MIT-BIH Arrhythmia Database (shared/data/mitdb) is absent.");
        using var classifier = BeatClassifier.Load();
        var counts = ClassifierEvaluation.Measure(
            classifier, InterPatientSplit.DS2.Select(record => LabelledLead.Open(folder, record, 0)));
        Assert.Equal([44_245, 1_832, 3_189, 386, 6], ClassCounts.All.Select(counts.Of));
        // Another engine path may decide a few beats otherwise.
        Assert.Equal(0.899, counts.Accuracy, 0.003);
        Assert.Equal(0.936, counts.Sensitivity(AamiClass.N), 0.003);
        Assert.Equal(0.953, counts.Sensitivity(AamiClass.V), 0.003);
        Assert.Equal(0.735, counts.PositivePredictivity(AamiClass.V), 0.005);
        Assert.Equal(0.116, counts.Sensitivity(AamiClass.S), 0.01);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(250)]
    [InlineData(360)]
    [InlineData(2000)]
    public void Wide_early_beats_are_V_and_the_others_N_at_any_frequency(double frequency)
    {
        using var classifier = BeatClassifier.Load();
        var lead = SyntheticLead.Of(frequency);
        var found = lead with { RPeaks = RPeakDetector.Detect(lead.MilliVolts, frequency) };
        Assert.Equal(lead.RPeaks.Length, found.RPeaks.Length);
        var counts = ClassifierEvaluation.Measure(classifier, [found]);
        Assert.InRange(counts.Sensitivity(AamiClass.N), 0.97, 1);
        Assert.InRange(counts.Sensitivity(AamiClass.V), 0.9, 1);
    }

    [Fact]
    public void A_class_depends_neither_on_the_other_beats_classified_nor_on_the_thread()
    {
        using var classifier = BeatClassifier.Load();
        var lead = SyntheticLead.Of();
        var all = Classify(classifier, lead, ..);
        Assert.Contains(AamiClass.V, all);
        Assert.Equal(all[70..], Classify(classifier, lead, 70..));
        Assert.Equal(all[149..], Classify(classifier, lead, ^1..));
        Assert.Empty(Classify(classifier, lead, 20..20));
        var parts = new AamiClass[150];
        Parallel.For(0, 150, new ParallelOptions { MaxDegreeOfParallelism = 4 }, i =>
            parts[i] = Classify(classifier, lead, i..(i + 1))[0]);
        Assert.Equal(all, parts);
    }

    [Fact]
    public void Only_the_beats_around_count()
    {
        using var classifier = BeatClassifier.Load();
        var lead = SyntheticLead.Of(beats: 250);
        var scores = Scores(classifier, lead, 120..121);
        lead.MilliVolts.AsSpan(0, lead.RPeaks[120 - BeatClassifier.SurroundingBeats - 1]).Fill(5);
        lead.MilliVolts.AsSpan(lead.RPeaks[120 + BeatClassifier.SurroundingBeats + 1]).Fill(float.NaN);
        Assert.Equal(scores, Scores(classifier, lead, 120..121));
        lead.MilliVolts.AsSpan(lead.RPeaks[120] + 5, 30).Fill(-3);
        Assert.NotEqual(scores, Scores(classifier, lead, 120..121));
    }

    [Fact]
    public void Missing_samples_and_a_lead_without_signal_have_classes_too()
    {
        using var classifier = BeatClassifier.Load();
        var lead = SyntheticLead.Of();
        var all = Classify(classifier, lead, ..);
        // P waves of all normal beats but the first.
        foreach (var peak in lead.RPeaks[20..30])
            lead.MilliVolts.AsSpan(peak - 80, 40).Fill(float.NaN);
        var gapped = Classify(classifier, lead, ..);
        Assert.Equal(all[..20], gapped[..20]);
        Assert.Equal(all[32..], gapped[32..]);
        Array.Fill(lead.MilliVolts, float.NaN);
        Assert.All(Scores(classifier, lead, ..), score => Assert.True(float.IsFinite(score)));
        Array.Fill(lead.MilliVolts, 1f);
        Assert.All(Scores(classifier, lead, ..), score => Assert.True(float.IsFinite(score)));
    }

    [Fact]
    public void A_lead_in_parts_gives_the_same_classes()
    {
        using var classifier = BeatClassifier.Load();
        var lead = SyntheticLead.Of();
        var gap = new SampleSpan(lead.RPeaks[60] - 100, lead.RPeaks[63]);
        var patched = new PatchedSamples<float>(
            new MemorySamples<float>(lead.MilliVolts), [new SamplePatch<float>(gap, null, 0.5f)]);
        var classes = classifier.Classify(patched, lead.SamplingFrequencyHz, lead.RPeaks, 55..65);
        lead.MilliVolts.AsSpan(gap.ToRange()).Fill(0.5f);
        Assert.Equal(Classify(classifier, lead, 55..65), classes);
    }

    [Theory]
    [InlineData(99.9)]
    [InlineData(2001)]
    [InlineData(double.NaN)]
    public void Other_frequencies_are_refused(double frequency)
    {
        using var classifier = BeatClassifier.Load();
        var exception = Assert.Throws<ArgumentException>(() => classifier.Classify(new float[1000], frequency, [500], ..));
        Assert.Contains("expected 100 to 2000", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("R peak 0 is at sample -1", -1, 500)]
    [InlineData("R peak 1 is at sample 1000; expected one after 500 and before 1000", 500, 1000)]
    [InlineData("R peak 1 is at sample 500; expected one after 500", 500, 500)]
    public void R_peaks_outside_the_lead_or_out_of_order_are_refused(string expected, params int[] peaks)
    {
        using var classifier = BeatClassifier.Load();
        var exception = Assert.Throws<ArgumentException>(() => classifier.Classify(new float[1000], 360, peaks, ..));
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_range_outside_the_R_peaks_and_a_disposed_classifier_are_refused()
    {
        var classifier = BeatClassifier.Load();
        Assert.Throws<ArgumentOutOfRangeException>(() => classifier.Classify(new float[1000], 360, [500], 0..2));
        classifier.Dispose();
        Assert.Throws<ObjectDisposedException>(() => classifier.Classify(new float[1000], 360, [500], ..));
    }

    private static AamiClass[] Classify(BeatClassifier classifier, LabelledLead lead, Range which) =>
        classifier.Classify(lead.MilliVolts, lead.SamplingFrequencyHz, lead.RPeaks, which);

    private static float[] Scores(BeatClassifier classifier, LabelledLead lead, Range which) =>
        classifier.Scores(new MemorySamples<float>(lead.MilliVolts), lead.SamplingFrequencyHz, lead.RPeaks, which);
}
