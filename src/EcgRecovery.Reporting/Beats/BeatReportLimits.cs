using EcgRecovery.Evaluation.Beats;
using EcgRecovery.Evaluation.Scores;
using EcgRecovery.Reporting.Drawing;

namespace EcgRecovery.Reporting.Beats;

/// <summary>Section on the limits of every model, in the report of a model that was trained with gaps.</summary>
internal static class BeatReportLimits
{
    /// <summary>Writes the section; nothing without such a model.</summary>
    public static void Write(MarkupWriter markup, BeatReportContent content)
    {
        if (!content.Evaluation.Methods.Any(method => !RecoveryMethods.IsReference(method.Name) && !method.ScoredOnRawOutput))
            return;
        markup.Element("h2", "What the model cannot know");
        markup.Start("ul", ("class", "limits"));
        markup.Element(
            "li",
            "A premature beat that falls wholly inside the gap. It leaves no trace outside: the model draws the usual continuation, "
            + "and its output gives no sign of another beat.");
        markup.Element(
            "li",
            "The position of the next QRS complex where the gap hides it. A row ends a fifth of an interval after the next beat, so "
            + "its end fixes the position of that beat and the heart rate; a gap that hides the end hides both."
            + Share(content.Losses, losses => losses.RowsWithoutEnd, "the signal ends inside the gap"));
        markup.Element(
            "li",
            "The true height. Each row is scaled by its own minimum and maximum, so millivolts are lost. Where the gap hides one of "
            + "the two, even the scale of the visible samples comes from lost samples; after a real loss it would not be known."
            + Share(content.Losses, losses => losses.RowsWithoutExtreme, "the minimum or the maximum lies in the gap only"));
        var intervals = content.Evaluation.Methods.Where(method => method.Interval is not null).ToList();
        if (intervals.Count > 0)
        {
            markup.Element(
                "li",
                "Whether a single sample lies in its interval. Of many lost samples, of patients like those of the calibration, about "
                + "95 in 100 lie inside the 95 % interval. Nothing follows for one patient, one beat or one sample, nor for other "
                + "leads, devices or rhythms. Where the interval is wide, the recovery is uncertain."
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
        var lowest = score is { ByPatient.Count: > 1, WorstPatient: { } worst }
            ? $"; the lowest share is {NumberText.Percent(worst.Coverage)}, of patient {worst.Group}"
            : "";
        return $" Here the intervals of {method} hold {NumberText.Percent(score.Coverage)} of the lost real samples{lowest}.";
    }
}
