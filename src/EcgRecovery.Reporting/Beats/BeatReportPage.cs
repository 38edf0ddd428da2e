using EcgRecovery.Evaluation.Beats;
using EcgRecovery.Evaluation.Scores;
using EcgRecovery.Records;
using EcgRecovery.Reporting.Drawing;
using EcgRecovery.Reporting.Figures;
using EcgRecovery.Reporting.Pages;

namespace EcgRecovery.Reporting.Beats;

/// <summary>The page of a report of recovered heartbeats.</summary>
internal sealed class BeatReportPage
{
    private const string Colours =
        "Original in solid green, masked input in dashed red, recovered signal in blue, on its 95 % interval in light blue where the "
        + "method gives one; the gap is shaded yellow, the zero padding after the beat grey.";

    private const string Source =
        "Heartbeats in this layout are made from the MIT-BIH Arrhythmia Database 1.0.0 (PhysioNet), Open Data Commons Attribution "
        + "License 1.0 (ODC-BY 1.0), doi:10.13026/C2F305. Please cite: Moody GB, Mark RG. The impact of the MIT-BIH Arrhythmia "
        + "Database. IEEE Eng in Med and Biol 20(3):45–50, 2001. Goldberger A, Amaral L, Glass L, et al. PhysioBank, PhysioToolkit, "
        + "and PhysioNet: components of a new research resource for complex physiologic signals. Circulation 101(23):e215–e220, 2000.";

    private static readonly PageStyle s_style = PageStyle.Read();

    private static readonly Dictionary<AamiClass, string> ClassNames = new()
    {
        [AamiClass.N] = "normal and bundle branch block",
        [AamiClass.S] = "supraventricular ectopic",
        [AamiClass.V] = "ventricular ectopic",
        [AamiClass.F] = "fusion",
        [AamiClass.Q] = "paced or unclassifiable",
    };

    private readonly BeatReportContent _content;
    private readonly BeatReportFigures _figures;

    private BeatReportPage(BeatReportContent content, BeatReportFigures figures) => (_content, _figures) = (content, figures);

    private BeatEvaluation Evaluation => _content.Evaluation;

    /// <summary>Returns the whole page.</summary>
    public static string Write(BeatReportContent content, BeatReportFigures figures) =>
        new BeatReportPage(content, figures).Create().Write();

    private Page Create() => new()
    {
        Title = $"Recovered heartbeats: {Evaluation.Model} on {_content.DataName}",
        Heading = "Recovered heartbeats",
        ToolVersion = _content.ToolVersion,
        Style = s_style,
        Headline = _content.Headline,
        Facts = [.. Facts()],
        Notes = Evaluation.Notes,
        Sections =
        [
            markup => BeatReportTables.Summary(markup, Evaluation),
            markup => BeatReportTables.Quality(markup, Evaluation),
            Errors,
            markup => BeatReportTables.ByClass(markup, Evaluation),
            markup => BeatReportTables.ByPatient(markup, Evaluation),
            Examples,
            Beats,
            markup => BeatReportLimits.Write(markup, _content),
        ],
        AboutData = Source,
    };

    private IEnumerable<PageFact> Facts()
    {
        yield return new("Evaluated", Evaluation.Model);
        yield return new("Heartbeats", $"{NumberText.Count(Evaluation.RowCount - Evaluation.RowsTooShort)} rows");
        yield return new("Gap", Evaluation.Gaps.Everywhere is { } gap
            ? $"{gap} ({gap.Length} samples)"
            : $"{Evaluation.Gaps.Length} samples at random (seed {Evaluation.Gaps.Seed})");
        yield return new("95 % intervals", Evaluation.Bootstrap == BootstrapUnit.Patient ? "bootstrap by patient" : "bootstrap by row");
        yield return new("Data file", _content.DataName, IsWide: true);
        if (_content.DataSha256 is { } hash)
            yield return new("SHA-256 of the data file", hash, IsWide: true, IsHash: true);
    }

    private void Errors(MarkupWriter markup)
    {
        markup.Element("h2", _figures.LearningCurves.Count > 0 ? "Errors and learning" : "Errors");
        markup.Start("div", ("class", "pair"));
        markup.Figure(_figures.GapErrors);
        if (_figures.LearningCurves.Count > 0)
        {
            markup.Start("div", ("class", "stack"));
            foreach (var curve in _figures.LearningCurves)
                markup.Figure(curve);
            markup.End();
        }

        markup.End();
    }

    private void Examples(MarkupWriter markup)
    {
        if (_content.Examples is not { } examples)
            return;
        var minimum = NumberText.Count(examples.MinimumRealSamples);
        markup.Element("h2", "Best, median and worst beat of each class");
        if (examples.Beats.Count == 0)
        {
            markup.Explain($"No row has {minimum} samples of real signal in its gap: there is no beat to show.");
            return;
        }

        var beside = examples.Reference is null ? "" : $"; below it {examples.Reference}";
        markup.Explain(
            $"Rows with the smallest, median and largest error of {examples.Subject}, out of those with at least {minimum} samples of real "
            + $"signal in the gap{beside}. RMSE over the gap's real samples. {Colours}");
        foreach (var figures in _figures.Examples)
        {
            var rows = $"{NumberText.Count(figures.RowsRanked)} {(figures.RowsRanked == 1 ? "row" : "rows")}";
            markup.Element("h3", $"Class {figures.Class}, {ClassNames[figures.Class]}: {rows}");
            markup.Start("div", ("class", "beats"));
            foreach (var figure in figures.Ranks)
                markup.Figure(figure);
            markup.End();
        }
    }

    private void Beats(MarkupWriter markup)
    {
        if (_figures.Beats.Count == 0)
            return;
        markup.Element("h2", "Beats");
        markup.Explain(
            $"{Colours} RMSE over the whole beat, as in the original notebook, and in the gap. Each figure is also an SVG file in the "
            + "folder beside this page.");
        foreach (var beat in _figures.Beats)
        {
            var note = FigureText.PaddingNote(beat.Beat);
            var heading = FigureText.Origin(beat.Beat);
            markup.Element("h3", $"Beat in {heading}{(note.Length > 0 ? $" — {note}" : "")}");
            markup.Start("div", ("class", beat.Methods.Count <= 2 ? "beats large" : "beats"));
            foreach (var figure in beat.Methods)
                markup.Figure(figure);
            markup.End();
        }
    }
}
