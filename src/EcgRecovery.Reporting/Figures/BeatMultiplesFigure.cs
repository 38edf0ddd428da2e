using EcgRecovery.Evaluation.Beats;
using EcgRecovery.Reporting.Drawing;

namespace EcgRecovery.Reporting.Figures;

/// <summary>Small multiples: one beat, one panel per method, on the axes of the beat, so that a wild estimate flattens no other.</summary>
internal static class BeatMultiplesFigure
{
    private const double Left = 44;
    private const double PanelWidth = 300;
    private const double PanelHeight = 150;
    private const double Header = 62;
    private const double AboveAxes = 48;
    private const double BelowAxes = 30;
    private const double Between = 22;
    private const int MaximumColumns = 3;

    /// <summary>Draws the figure.</summary>
    public static Figure Draw(string name, BeatTrace beat)
    {
        var count = beat.Methods.Count;
        var columns = Math.Clamp(count, 1, MaximumColumns);
        var rows = Math.Max(1, (count + columns - 1) / columns);
        var width = Left + (columns * (PanelWidth + Between)) - Between + 12;
        var height = Header + (rows * (AboveAxes + PanelHeight + BelowAxes)) + 34;
        var title = $"One beat, {(count == 1 ? "one method" : $"{count} methods")}: {FigureText.Origin(beat)}";
        var canvas = new SvgCanvas(name, width, height, title, FigureText.Description(beat, beat.Methods));
        canvas.Text(Palette.Text, 12, 26, FigureText.Shorten(title, (int)(width / 9)), 17, isBold: true);
        var note = FigureText.PaddingNote(beat);
        if (note.Length == 0)
            note = $"samples {beat.Gap} lost; RMSE over the whole beat, then in the gap";
        canvas.Text(Palette.MutedText, 12, 46, note, 13);
        for (var i = 0; i < count; i++)
            DrawPanel(canvas, beat, beat.Methods[i], i / columns, i % columns);
        Legend.Draw(canvas, width / 2, width - 16, height - 14, 14, Legend.BeatTraces(beat.Methods));
        return canvas.Finish();
    }

    private static void DrawPanel(SvgCanvas canvas, BeatTrace beat, MethodTrace method, int row, int column)
    {
        var left = Left + (column * (PanelWidth + Between));
        var top = Header + (row * (AboveAxes + PanelHeight + BelowAxes)) + AboveAxes;
        var layout = new BeatPanelLayout(left, top, left + PanelWidth, top + PanelHeight, TextSize: 11, LineScale: 0.8)
        {
            LabelsAmplitude = column == 0,
        };
        var vertical = BeatPanel.Vertical(layout, beat, []);
        canvas.Text(Palette.Text, left, top - 24, FigureText.Shorten(method.Name, 22), 13, isBold: true);
        var errors = $"{NumberText.Error(method.WholeBeatRmse)}, gap {NumberText.Error(method.GapRmse)}";
        canvas.Text(Palette.Text, left + PanelWidth, top - 24, errors, 12, TextAnchor.End);
        BeatPanel.Draw(canvas, layout, vertical, beat, method);
    }
}
