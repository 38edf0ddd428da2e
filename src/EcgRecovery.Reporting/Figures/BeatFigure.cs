using EcgRecovery.Evaluation.Beats;
using EcgRecovery.Reporting.Drawing;

namespace EcgRecovery.Reporting.Figures;

/// <summary>The figure of the original notebook: one beat, one method, RMSE in the title.</summary>
internal static class BeatFigure
{
    private const double Width = 420;
    private const double Height = 340;

    /// <summary>Position of the axes.</summary>
    public static readonly BeatPanelLayout Layout = new(Left: 50, Top: 92, Right: 412, Bottom: 272);

    /// <summary>Draws the figure.</summary>
    public static Figure Draw(string name, BeatTrace beat, MethodTrace method)
    {
        var title = $"{FigureText.Shorten(method.Name, 26)}: RMSE {NumberText.Error(method.WholeBeatRmse)}";
        var canvas = new SvgCanvas(name, Width, Height, title, FigureText.Description(beat, [method]));
        canvas.Text(Palette.Text, 10, 20, title, 15, isBold: true);
        var note = FigureText.PaddingNote(beat);
        canvas.Text(Palette.Text, 10, 39, $"in the gap {NumberText.Error(method.GapRmse)} · row {beat.Row} · class {beat.Class}", 13);
        canvas.Text(Palette.MutedText, 10, 57, note.Length > 0 ? note : FigureText.Source(beat), 12);
        canvas.VerticalText(Palette.MutedText, 14, (Layout.Top + Layout.Bottom) / 2, "amplitude", 12);
        BeatPanel.Draw(canvas, Layout, BeatPanel.Vertical(Layout, beat, [method]), beat, method);
        canvas.Text(Palette.MutedText, (Layout.Left + Layout.Right) / 2, Layout.Bottom + 33, "sample (120 Hz)", 12, TextAnchor.Middle);
        Legend.Draw(canvas, Width / 2, Width - 16, Height - 12, 13, Legend.BeatTraces([method]));
        return canvas.Finish();
    }
}
