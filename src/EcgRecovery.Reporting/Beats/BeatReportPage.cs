using EcgRecovery.Evaluation.Beats;
using EcgRecovery.Evaluation.Scores;
using EcgRecovery.Records;
using EcgRecovery.Reporting.Drawing;
using EcgRecovery.Reporting.Figures;

namespace EcgRecovery.Reporting.Beats;

/// <summary>The report's page: HTML that is well-formed XML and loads nothing.</summary>
internal sealed class BeatReportPage
{
    private static readonly PageStyle s_style = PageStyle.Read("report.css");

    private const string Colours =
        "Original in solid green, masked input in dashed red, recovered signal in blue, on its 95 % interval in light blue where the method gives "
        + "one; the gap is shaded yellow, the zero padding after the beat grey.";

    private static readonly Dictionary<AamiClass, string> ClassNames = new()
    {
        [AamiClass.N] = "normal and bundle branch block",
        [AamiClass.S] = "supraventricular ectopic",
        [AamiClass.V] = "ventricular ectopic",
        [AamiClass.F] = "fusion",
        [AamiClass.Q] = "paced or unclassifiable",
    };

    private readonly MarkupWriter _markup = new();
    private readonly BeatReportContent _content;
    private readonly BeatReportFigures _figures;

    private BeatReportPage(BeatReportContent content, BeatReportFigures figures) => (_content, _figures) = (content, figures);

    private BeatEvaluation Evaluation => _content.Evaluation;

    /// <summary>The whole page.</summary>
    public static string Write(BeatReportContent content, BeatReportFigures figures) => new BeatReportPage(content, figures).Write();

    private string Write()
    {
        _markup.Start("html", ("xmlns", "http://www.w3.org/1999/xhtml"), ("lang", "en"));
        s_style.WriteHead(_markup, $"Recovered heartbeats: {Evaluation.Model} on {_content.DataName}", _content.ToolVersion);
        _markup.Start("body");
        Header();
        _markup.Start("main");
        BeatReportTables.Summary(_markup, Evaluation);
        BeatReportTables.Quality(_markup, Evaluation);
        Errors();
        BeatReportTables.ByClass(_markup, Evaluation);
        BeatReportTables.ByPatient(_markup, Evaluation);
        Examples();
        Beats();
        BeatReportLimits.Write(_markup, _content);
        _markup.End();
        Footer();
        _markup.End();
        _markup.End();
        return $"<!DOCTYPE html>\n{_markup.Finish()}\n";
    }

    private void Header()
    {
        _markup.Start("header");
        _markup.Element("p", $"EcgRecovery {_content.ToolVersion}", ("class", "kicker"));
        _markup.Element("h1", "Recovered heartbeats");
        if (_content.Headline is { } headline)
            _markup.Element("p", headline, ("class", "headline"));
        Facts();
        if (Evaluation.Notes.Count > 0)
        {
            _markup.Start("aside", ("class", "notes"), ("aria-label", "Notes"));
            foreach (var note in Evaluation.Notes)
                _markup.Element("p", note);
            _markup.End();
        }

        _markup.End();
    }

    private void Facts()
    {
        _markup.Start("dl", ("class", "facts"));
        Fact("Evaluated", Evaluation.Model);
        Fact("Heartbeats", $"{NumberText.Count(Evaluation.RowCount - Evaluation.RowsLeftOut)} rows");
        Fact("Gap", Evaluation.Gaps.Everywhere is { } gap ? $"{gap} ({gap.Length} samples)" : $"{Evaluation.Gaps.Length} samples at random (seed {Evaluation.Gaps.Seed})");
        Fact("95 % intervals", Evaluation.Bootstrap == BootstrapUnit.Patient ? "bootstrap by patient" : "bootstrap by row");
        Fact("Data file", _content.DataName, wide: true);
        if (_content.DataSha256 is { } hash)
            Fact("SHA-256 of the data file", hash, wide: true, valueClass: "hash");
        _markup.End();
    }

    private void Fact(string name, string value, bool wide = false, string? valueClass = null)
    {
        _markup.Start("div", wide ? [("class", "wide")] : []);
        _markup.Element("dt", name);
        _markup.Element("dd", value, valueClass is null ? [] : [("class", valueClass)]);
        _markup.End();
    }

    private void Errors()
    {
        _markup.Element("h2", _figures.LearningCurves.Count > 0 ? "Errors and learning" : "Errors");
        _markup.Start("div", ("class", "pair"));
        Figure(_figures.GapErrors);
        if (_figures.LearningCurves.Count > 0)
        {
            _markup.Start("div", ("class", "stack"));
            foreach (var curve in _figures.LearningCurves)
                Figure(curve);
            _markup.End();
        }

        _markup.End();
    }

    private void Examples()
    {
        if (_content.Examples is not { } examples)
            return;
        var minimum = NumberText.Count(examples.MinimumRealSamples);
        _markup.Element("h2", "Best, median and worst beat of each class");
        if (examples.Beats.Count == 0)
        {
            _markup.Element("p", $"No row has {minimum} samples of real signal in its gap: there is no beat to show.", ("class", "explain"));
            return;
        }

        var beside = examples.Reference is null ? "" : $", with {examples.Reference} below it";
        _markup.Element(
            "p",
            $"Of all rows with at least {minimum} samples of real signal in the gap, those that {examples.Subject} recovers best, as the median, "
            + $"and worst{beside}. RMSE over the gap's real samples. {Colours}",
            ("class", "explain"));
        foreach (var figures in _figures.Examples)
        {
            _markup.Element("h3", $"Class {figures.Class}, {ClassNames[figures.Class]}: {NumberText.Count(figures.Among)} {(figures.Among == 1 ? "row" : "rows")}");
            _markup.Start("div", ("class", "beats"));
            foreach (var figure in figures.Ranks)
                Figure(figure);
            _markup.End();
        }
    }

    private void Beats()
    {
        if (_figures.Beats.Count == 0)
            return;
        _markup.Element("h2", "Beats");
        _markup.Element(
            "p",
            $"{Colours} RMSE over the whole beat, as the original notebook reported it, and in the gap. Each figure also stands as SVG in the folder "
            + "beside this page.",
            ("class", "explain"));
        foreach (var beat in _figures.Beats)
        {
            var note = FigureText.PaddingNote(beat.Beat);
            var heading = FigureText.Origin(beat.Beat);
            _markup.Element("h3", $"Beat in {heading}{(note.Length > 0 ? $" — {note}" : "")}");
            _markup.Start("div", ("class", beat.Methods.Count <= 2 ? "beats large" : "beats"));
            foreach (var figure in beat.Methods)
                Figure(figure);
            _markup.End();
        }
    }

    private void Figure(Figure figure)
    {
        _markup.Start("figure");
        _markup.Nest(figure.Svg);
        _markup.End();
    }

    private void Footer()
    {
        _markup.Start("footer");
        _markup.Element("h2", "About these data");
        _markup.Element("p", "Not for diagnosis. A recovered sample is an estimate, never a measurement.", ("class", "warning"));
        _markup.Element(
            "p",
            "Heartbeats in this layout are made from the MIT-BIH Arrhythmia Database 1.0.0 (PhysioNet), Open Data Commons Attribution License "
            + "1.0 (ODC-BY 1.0), doi:10.13026/C2F305. Please cite: Moody GB, Mark RG. The impact of the MIT-BIH Arrhythmia Database. IEEE Eng in "
            + "Med and Biol 20(3):45–50, 2001. Goldberger A, Amaral L, Glass L, et al. PhysioBank, PhysioToolkit, and PhysioNet: components of a "
            + "new research resource for complex physiologic signals. Circulation 101(23):e215–e220, 2000.");
        _markup.Element("p", $"Written by EcgRecovery {_content.ToolVersion}. This page loads nothing and runs no script.");
        _markup.End();
    }
}
