using EcgRecovery.Evaluation.Beats;
using EcgRecovery.Records;
using EcgRecovery.Reporting.Drawing;
using EcgRecovery.Reporting.Figures;

namespace EcgRecovery.Reporting.Beats;

/// <summary>Figures of one beat.</summary>
/// <param name="Beat">The beat.</param>
/// <param name="Methods">Figure of the original notebook, one per method.</param>
/// <param name="Multiples">All methods in one drawing; null for a single method.</param>
internal sealed record BeatFigures(BeatTrace Beat, IReadOnlyList<Figure> Methods, Figure? Multiples);

/// <summary>Figures of one class.</summary>
/// <param name="Class">The class.</param>
/// <param name="RowsRanked">Number of its ranked rows.</param>
/// <param name="Ranks">Best, median and worst beat; fewer where the class has fewer rows.</param>
internal sealed record ClassFigures(AamiClass Class, int RowsRanked, IReadOnlyList<Figure> Ranks);

/// <summary>All figures of a report, under unique names.</summary>
internal sealed record BeatReportFigures(
    IReadOnlyList<Figure> LearningCurves, Figure GapErrors, IReadOnlyList<ClassFigures> Examples, IReadOnlyList<BeatFigures> Beats)
{
    /// <summary>All figures, in the order of the report.</summary>
    public IEnumerable<Figure> All =>
        [
            .. LearningCurves,
            GapErrors,
            .. Examples.SelectMany(examples => examples.Ranks),
            .. Beats.SelectMany(beat => beat.Multiples is null ? beat.Methods : [.. beat.Methods, beat.Multiples]),
        ];

    /// <summary>Draws the figures.</summary>
    public static BeatReportFigures Draw(BeatReportContent content)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        return new(
            [.. content.Curves.Select(curve => LearningCurveFigure.Draw(Unique($"learning-curve-{FigureText.Slug(curve.Model)}"), curve))],
            ErrorDistributionFigure.Draw(Unique("gap-errors"), content.Evaluation),
            [.. (content.Examples?.Beats ?? []).GroupBy(example => example.Beat.Class).Select(DrawClass)],
            [.. content.Traces.Select(DrawBeat)]);

        ClassFigures DrawClass(IGrouping<AamiClass, RankedBeat> examples) => new(
            examples.Key,
            examples.First().RowsRanked,
            [.. examples.Select(DrawExample)]);

        Figure DrawExample(RankedBeat example) =>
            BeatExampleFigure.Draw(Unique(FigureText.Slug($"example-{example.Beat.Class}-{example.Rank}")), example);

        BeatFigures DrawBeat(BeatTrace beat) => new(
            beat,
            [.. beat.Methods.Select(method => BeatFigure.Draw(Unique($"beat-{beat.Row}-{FigureText.Slug(method.Name)}"), beat, method))],
            beat.Methods.Count > 1 ? BeatMultiplesFigure.Draw(Unique($"beat-{beat.Row}"), beat) : null);

        string Unique(string name)
        {
            var unique = name;
            for (var copy = 2; !names.Add(unique); copy++)
                unique = $"{name}-{copy}";
            return unique;
        }
    }
}
