using EcgRecovery.Evaluation.Beats;
using EcgRecovery.Evaluation.Scores;
using EcgRecovery.Reporting.Drawing;

namespace EcgRecovery.Reporting.Beats;

/// <summary>What no model can know of a gap, in plain words: stands in every report of a model that was trained to recover.</summary>
internal static class BeatReportLimits
{
    /// <summary>Writes the section; nothing where no such model is reported.</summary>
    public static void Write(MarkupWriter markup, BeatReportContent content)
    {
        if (!content.Evaluation.Methods.Any(method => !RecoveryMethods.IsReference(method.Name) && !method.ScoredOnRawOutput))
            return;
        markup.Element("h2", "What the model cannot know");
        markup.Start("ul", ("class", "limits"));
        markup.Element(
            "li",
            "A premature beat that falls wholly inside the gap. It leaves no trace outside: the model draws what usually follows such a beat, "
            + "and nothing in its output tells that there was another.");
        markup.Element(
            "li",
            "Where the next QRS stands, when the gap hides it. A row ends a fifth of an interval after the next beat, so its end tells where "
            + "that beat stands, and how fast the heart goes; a gap that hides the end hides both."
            + Share(content.Losses, losses => losses.RowsWithoutEnd, "the signal ends inside the gap"));
        markup.Element(
            "li",
            "The true height. Each row is scaled by its own minimum and maximum: millivolts are lost, and the gap may hide either of the two. Then "
            + "even the scale of the visible samples was taken from lost ones; after a real loss it would not be known."
            + Share(content.Losses, losses => losses.RowsWithoutExtreme, "the minimum or the maximum is seen in the gap only"));
        var intervals = content.Evaluation.Methods.Where(method => method.Interval is not null).ToList();
        if (intervals.Count > 0)
        {
            markup.Element(
                "li",
                "Whether this one sample lies in its interval. The 95 % interval promises that of many lost samples, of patients like those "
                + "that the model was calibrated on, about 95 in 100 lie inside. It promises nothing for one patient, one beat or one sample, "
                + "and nothing for other leads, devices or rhythms. Where it is wide, the model does not know."
                + string.Concat(intervals.Select(method => Coverage(method.Name, method.Interval!))));
        }

        markup.End();
    }

    private static string Share(BeatGapLosses? losses, Func<BeatGapLosses, int> count, string what) => losses is { Rows: > 0 }
        ? $" In {NumberText.Count(count(losses))} of the {NumberText.Count(losses.Rows)} rows that lose signal here "
            + $"({NumberText.Percent((double)count(losses) / losses.Rows)}) {what}."
        : "";

    private static string Coverage(string method, IntervalScore score)
    {
        var lowest = score is { ByPatient.Count: > 1, WorstPatient: { } worst } ? $", and {NumberText.Percent(worst.Coverage)} of patient {worst.Group}'s, the fewest" : "";
        return $" Here the intervals of {method} hold {NumberText.Percent(score.Coverage)} of the lost real samples{lowest}.";
    }
}
