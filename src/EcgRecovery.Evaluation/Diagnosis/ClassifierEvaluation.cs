using EcgRecovery.Evaluation.Scores;
using static EcgRecovery.Evaluation.Scores.ScoreText;

namespace EcgRecovery.Evaluation.Diagnosis;

/// <summary>Classes that a classifier gives the annotated beats of whole records.</summary>
internal static class ClassifierEvaluation
{
    /// <summary>Classifies the beats of a lead whose R peak the detector found, and counts.</summary>
    public static ClassCounts Measure(BeatClassifier classifier, LabelledLead lead)
    {
        var given = classifier.Classify(lead.MilliVolts, lead.SamplingFrequencyHz, lead.RPeaks, Range.All);
        var counts = new ClassCounts();
        for (var i = 0; i < given.Length; i++)
        {
            if (lead.Classes[i] is { } truth)
                counts.Add(truth, given[i]);
        }

        return counts;
    }

    /// <summary>Adds the counts of several leads.</summary>
    public static ClassCounts Measure(BeatClassifier classifier, IEnumerable<LabelledLead> leads)
    {
        var sum = new ClassCounts();
        foreach (var lead in leads)
            sum.Add(Measure(classifier, lead));
        return sum;
    }

    /// <summary>Returns a table with a row per true class: beats, the classes given, sensitivity, positive predictivity.</summary>
    public static ResultTable Table(string title, ClassCounts counts) => new(
        title,
        [
            ["class", "beats", .. ClassCounts.All.Select(given => $"as {given}"), "sensitivity", "positive predictivity"],
            .. ClassCounts.All.Select(of => (IReadOnlyList<string>)
            [
                of.ToString(), Number(counts.Of(of)), .. ClassCounts.All.Select(given => Number(counts[of, given])),
                Percent(counts.Sensitivity(of)), Percent(counts.PositivePredictivity(of)),
            ]),
        ]);

    private static string Number(int count) => count.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
