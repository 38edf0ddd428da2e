using EcgRecovery.Evaluation.Beats;
using EcgRecovery.Reporting.Drawing;

namespace EcgRecovery.Reporting.Figures;

/// <summary>A ranked beat of a class: the subject's recovery above, the reference method's below, on the same axes.</summary>
internal static class BeatExampleFigure
{
    private const double Width = 420;
    private const double Left = 50;
    private const double Right = 412;
    private const double FirstTop = 108;
    private const double PanelHeight = 112;
    private const double Between = 34;
    private const double BelowAxes = 70;

    /// <summary>Draws the figure.</summary>
    public static Figure Draw(string name, RankedBeat example)
    {
        var beat = example.Beat;
        var count = beat.Methods.Count;
        var lastBottom = FirstTop + (count * (PanelHeight + Between)) - Between;
        var error = NumberText.Error(beat.Methods[0].GapRmseRealSamples);
        var title = $"{example.Rank} of {NumberText.Count(example.RowsRanked)}: RMSE {error}";
        var canvas = new SvgCanvas(name, Width, lastBottom + BelowAxes, title, FigureText.Description(beat, beat.Methods));
        canvas.Text(Palette.Text, 10, 20, title, 15, isBold: true);
        canvas.Text(Palette.MutedText, 10, 39, FigureText.Origin(beat), 12);
        canvas.Text(Palette.MutedText, 10, 56, FigureText.PaddingNote(beat), 12);
        var vertical = BeatPanel.Vertical(Layout(0), beat, beat.Methods);
        for (var i = 0; i < count; i++)
            DrawPanel(Layout(i), beat.Methods[i]);
        canvas.VerticalText(Palette.MutedText, 14, (FirstTop + lastBottom) / 2, "amplitude", 12);
        canvas.Text(Palette.MutedText, (Left + Right) / 2, lastBottom + 32, "sample (120 Hz)", 12, TextAnchor.Middle);
        Legend.Draw(canvas, Width / 2, Width - 16, lastBottom + BelowAxes - 12, 13, Legend.BeatTraces(beat.Methods));
        return canvas.Finish();

        BeatPanelLayout Layout(int i)
        {
            var top = FirstTop + (i * (PanelHeight + Between));
            return new(Left, top, Right, top + PanelHeight, TextSize: 11, LineScale: 0.9)
            {
                LabelsSeconds = i == 0,
                LabelsSamples = i == count - 1,
            };
        }

        void DrawPanel(BeatPanelLayout layout, MethodTrace method)
        {
            var y = layout.Top - (layout.LabelsSeconds ? 27 : 9);
            canvas.Text(Palette.Text, Left, y, FigureText.Shorten(method.Name, 30), 13, isBold: true);
            canvas.Text(Palette.Text, Right, y, $"RMSE {NumberText.Error(method.GapRmseRealSamples)}", 12, TextAnchor.End);
            BeatPanel.Draw(canvas, layout, vertical with { Start = layout.Bottom, End = layout.Top }, beat, method);
        }
    }
}
