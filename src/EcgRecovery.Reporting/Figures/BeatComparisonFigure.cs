using EcgRecovery.Evaluation.Beats;
using EcgRecovery.Formats.Files;
using EcgRecovery.Reporting.Drawing;

namespace EcgRecovery.Reporting.Figures;

/// <summary>One side of a comparison.</summary>
/// <param name="Method">Name of one of the beat's recoveries.</param>
/// <param name="Heading">Heading, as in <c>The original autoencoder</c>.</param>
internal sealed record ComparisonPanel(string Method, string Heading);

/// <summary>One beat, recovered by two methods side by side: the picture of the README.</summary>
internal static class BeatComparisonFigure
{
    private const double Width = 1200;
    private const double Height = 600;
    private const double Top = 212;
    private const double Bottom = 490;
    private const double TextSize = 17;

    private static readonly BeatPanelLayout LeftLayout = new(84, Top, 606, Bottom, TextSize, LineScale: 1.7);
    private static readonly BeatPanelLayout RightLayout = LeftLayout with { Left = 654, Right = 1176, LabelsAmplitude = false };

    /// <summary>Draws the picture as an SVG document.</summary>
    /// <param name="beat">The beat, preferably one whose gap is real signal.</param>
    /// <param name="left">The method on the left.</param>
    /// <param name="right">The method on the right.</param>
    /// <param name="headline">The main result in one sentence, up to about 80 letters.</param>
    /// <exception cref="ArgumentException">The beat holds no recovery by one of the methods.</exception>
    public static string Draw(BeatTrace beat, ComparisonPanel left, ComparisonPanel right, string headline)
    {
        var (leftMethod, rightMethod) = (Find(beat, left.Method), Find(beat, right.Method));
        var canvas = new SvgCanvas("beat-comparison", Width, Height, headline, FigureText.Description(beat, [leftMethod, rightMethod]));
        canvas.Text(Palette.Text, 24, 46, headline, Math.Min(30, (Width - 48) / FigureText.BoldWidth(headline, 1)), isBold: true);
        canvas.Text(Palette.MutedText, 24, 78, $"A heartbeat that lost the samples {beat.Gap} · {FigureText.Origin(beat)}", TextSize);
        var vertical = BeatPanel.Vertical(LeftLayout, beat, [leftMethod, rightMethod]);
        // Sized for the longer heading: it must not run into the other panel or out of the picture.
        var widest = Math.Max(FigureText.BoldWidth(left.Heading, 1), FigureText.BoldWidth(right.Heading, 1));
        var headingSize = Math.Min(22, (LeftLayout.Right - LeftLayout.Left) / widest);
        Panel(LeftLayout, left.Heading, leftMethod);
        Panel(RightLayout, right.Heading, rightMethod);
        canvas.VerticalText(Palette.MutedText, 26, (Top + Bottom) / 2, "amplitude", TextSize);
        Legend.Draw(canvas, Width / 2, Width - 48, Height - 24, 19, WideTraces(leftMethod, rightMethod));
        return SvgFile.Document(canvas.Finish());

        void Panel(BeatPanelLayout layout, string heading, MethodTrace method)
        {
            canvas.Text(Palette.Text, layout.Left, Top - 78, heading, headingSize, isBold: true);
            canvas.Text(Palette.Text, layout.Left, Top - 49, $"RMSE in the gap {NumberText.Error(method.GapRmse)}", 19);
            BeatPanel.Draw(canvas, layout, vertical, beat, method);
            canvas.Text(Palette.MutedText, (layout.Left + layout.Right) / 2, Bottom + 48, "sample (120 Hz)", TextSize, TextAnchor.Middle);
        }
    }

    /// <summary>Draws the picture into a file.</summary>
    /// <param name="path">The target, an <c>.svg</c> file.</param>
    /// <param name="beat">See <see cref="Draw"/>.</param>
    /// <param name="left">See <see cref="Draw"/>.</param>
    /// <param name="right">See <see cref="Draw"/>.</param>
    /// <param name="headline">See <see cref="Draw"/>.</param>
    /// <param name="overwrite">Whether an existing file may be replaced.</param>
    /// <exception cref="ArgumentException">The beat holds no recovery by one of the methods.</exception>
    /// <exception cref="OutputExistsException">The file exists and <paramref name="overwrite"/> is false.</exception>
    public static void Write(
        string path, BeatTrace beat, ComparisonPanel left, ComparisonPanel right, string headline, bool overwrite) =>
        OutputFile.WriteText(path, overwrite, Draw(beat, left, right, headline));

    private static MethodTrace Find(BeatTrace beat, string method) =>
        beat.Methods.FirstOrDefault(candidate => candidate.Name == method)
        ?? throw new ArgumentException(
            $"Row {beat.Row} holds no recovery by '{method}'; expected one of {string.Join(", ", beat.Methods.Select(m => m.Name))}.");

    private static List<(Pen Pen, string Text)> WideTraces(params MethodTrace[] methods) =>
        [.. Legend.BeatTraces(methods).Select(entry => (entry.Pen.Scaled(LeftLayout.LineScale), entry.Text))];
}
