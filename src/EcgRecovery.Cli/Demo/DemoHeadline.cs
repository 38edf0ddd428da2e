using System.Globalization;
using System.Text;
using EcgRecovery.Evaluation.Beats;

namespace EcgRecovery.Cli.Demo;

/// <summary>The small table of the README, as Markdown: the error in the gap of five methods, and what each has learned from.</summary>
internal static class DemoHeadline
{
    private static readonly string[] s_methods = ["zeros", "linear", "locally-linear", DemoModels.Original, DemoModels.Shipped];

    /// <summary>Writes the table.</summary>
    /// <param name="evaluation">Scores, the methods above among them.</param>
    /// <param name="trainingBeats">Number of the patient's beats that the learning methods have seen.</param>
    public static string Write(BeatEvaluation evaluation, int trainingBeats)
    {
        var text = new StringBuilder();
        text.Append(
            CultureInfo.InvariantCulture,
            $"{evaluation.RowCount} beats of one patient, samples {evaluation.Gaps.Everywhere} missing: ");
        text.Append("mean RMSE in the gap, in parts of the beat's height [95 % interval].\n\n");
        text.Append("| method | gap RMSE | has learned from |\n|---|---:|---|\n");
        foreach (var score in evaluation.Methods.Where(score => s_methods.Contains(score.Name)))
        {
            var error = score.GapRmseRealSamples;
            text.Append(
                CultureInfo.InvariantCulture,
                $"| {score.Name} | {error.Mean:F4} [{error.Low:F4}, {error.High:F4}] | {LearnedFrom(score.Name, trainingBeats)} |\n");
        }

        return text.ToString();
    }

    private static string LearnedFrom(string method, int trainingBeats) => method switch
    {
        "zeros" or "linear" => "nothing",
        DemoModels.Shipped => "other patients only",
        _ => string.Create(CultureInfo.InvariantCulture, $"{trainingBeats} beats of this patient"),
    };
}
