using System.Text;
using EcgRecovery.Reporting.Drawing;

namespace EcgRecovery.Reporting.Figures;

/// <summary>A row of ECG paper: all leads over the same seconds, annotations above, times below.</summary>
internal sealed class EcgPaperRow
{
    private const double Millimetre = EcgPaper.Millimetre;
    private const double LabelWidth = 18 * Millimetre;
    private const double MinimumWidth = 165 * Millimetre; // for the headings
    private const double RightMargin = 1 * Millimetre;
    private const double HeadingHeight = 5 * Millimetre;
    private const double TimeHeight = 4.5 * Millimetre;
    private const double MaximumHeight = 166 * Millimetre; // with the heading of a page one sheet of A4 landscape
    private const double TextSize = 2.8 * Millimetre;

    private static readonly int[] s_labelSteps = [1, 2, 5, 10, 30, 60];

    private readonly EcgPaperScale _scale;
    private readonly EcgPaperAnnotations _annotations;
    private readonly TimeOnly? _recordStart;

    /// <param name="scale">Scale of the paper.</param>
    /// <param name="startSeconds">Start, in seconds since the record's start.</param>
    /// <param name="seconds">Duration in seconds.</param>
    /// <param name="strips">The leads, from the top.</param>
    /// <param name="annotations">Annotations in these seconds.</param>
    /// <param name="recordStart">Time of day of the record's first sample; null where it is not known.</param>
    public EcgPaperRow(
        EcgPaperScale scale,
        double startSeconds,
        double seconds,
        IReadOnlyList<EcgPaperStrip> strips,
        EcgPaperAnnotations annotations,
        TimeOnly? recordStart)
    {
        (_scale, _annotations, _recordStart) = (scale, annotations, recordStart);
        (StartSeconds, Seconds, Strips) = (startSeconds, seconds, strips);
        DrawnWidth = LabelWidth + PulseWidth(scale) + PaperWidth(scale, seconds) + RightMargin;
        Width = Math.Max(MinimumWidth, DrawnWidth);
        Height = HeadingHeight + annotations.Height + strips.Sum(strip => strip.Height) + TimeHeight;
    }

    /// <summary>Returns the height of the paper, in large boxes, of a row that fits a sheet.</summary>
    /// <param name="hasAnnotations">Whether there are annotations above it.</param>
    public static double PaperBoxes(bool hasAnnotations)
    {
        var paper = MaximumHeight - HeadingHeight - TimeHeight - (hasAnnotations ? EcgPaperAnnotations.FullHeight : 0);
        return Math.Floor(paper / Millimetre) / EcgPaper.LargeBoxMillimetres;
    }

    /// <summary>Start, in seconds since the record's start.</summary>
    public double StartSeconds { get; }

    /// <summary>Duration in seconds.</summary>
    public double Seconds { get; }

    /// <summary>The leads, from the top.</summary>
    public IReadOnlyList<EcgPaperStrip> Strips { get; }

    /// <summary>Width of labels and paper.</summary>
    public double DrawnWidth { get; }

    /// <summary>Width with labels, at least what the headings of a sheet need.</summary>
    public double Width { get; }

    /// <summary>Height with heading and times.</summary>
    public double Height { get; }

    /// <summary>Time range, as in <c>0:00:10 to 0:00:20</c>, with the time of day where it is known.</summary>
    public string When
    {
        get
        {
            var elapsed = $"{TimeText.Elapsed(StartSeconds)} to {TimeText.Elapsed(StartSeconds + Seconds)}";
            return TimeText.Clock(_recordStart, StartSeconds) is { } clock
                ? $"{elapsed} · clock {clock} to {TimeText.Clock(_recordStart, StartSeconds + Seconds)}"
                : elapsed;
        }
    }

    /// <summary>Draws the row.</summary>
    /// <param name="canvas">Receives it.</param>
    /// <param name="labelLeft">Left edge.</param>
    /// <param name="top">Upper edge.</param>
    public void Draw(SvgCanvas canvas, double labelLeft, double top)
    {
        var left = labelLeft + LabelWidth;
        var traceLeft = left + PulseWidth(_scale);
        var right = traceLeft + PaperWidth(_scale, Seconds);
        Heading(canvas, labelLeft, top + HeadingHeight - (0.45 * TextSize), labelLeft + Width - RightMargin);
        var paperTop = top + HeadingHeight + _annotations.Height;
        var paperHeight = Strips.Sum(strip => strip.Height);
        _annotations.Draw(canvas, new EcgPaperArea(traceLeft, top + HeadingHeight, _scale.UnitsPerSecond), right);
        canvas.Rectangle(Palette.EcgPaper, left, paperTop, right - left, paperHeight);
        foreach (var (strip, area) in Areas(paperTop, traceLeft))
            strip.DrawBelowGrid(canvas, area);
        Grid(canvas, left, paperTop, right, paperTop + paperHeight);
        foreach (var (strip, area) in Areas(paperTop, traceLeft))
        {
            strip.DrawOnGrid(canvas, area);
            strip.DrawLabels(canvas, area, labelLeft, left, _scale.UnitsPerSecond);
        }

        Times(canvas, traceLeft, paperTop + paperHeight, right);
    }

    // The calibration pulse with paper on both sides, in whole large boxes.
    private static double PulseWidth(EcgPaperScale scale) =>
        Math.Ceiling(((0.2 * scale.UnitsPerSecond) + (3 * Millimetre)) / EcgPaper.LargeBox) * EcgPaper.LargeBox;

    private static double PaperWidth(EcgPaperScale scale, double seconds) =>
        Math.Ceiling((seconds * scale.UnitsPerSecond / Millimetre) - 1e-6) * Millimetre;

    private IEnumerable<(EcgPaperStrip Strip, EcgPaperArea Area)> Areas(double top, double left)
    {
        foreach (var strip in Strips)
        {
            yield return (strip, new EcgPaperArea(left, top, _scale.UnitsPerSecond));
            top += strip.Height;
        }
    }

    private void Heading(SvgCanvas canvas, double left, double y, double right)
    {
        canvas.Text(Palette.EcgText, left, y, When, TextSize, isBold: true);
        var more = _annotations.Remark;
        if (more.Length > 0)
            canvas.Text(Palette.EcgNote, right, y, more, TextSize, TextAnchor.End);
    }

    private static void Grid(SvgCanvas canvas, double left, double top, double right, double bottom)
    {
        canvas.Path(Palette.EcgSmallBox, Lines(Millimetre, skipLarge: true));
        canvas.Path(Palette.EcgLargeBox, Lines(EcgPaper.LargeBox, skipLarge: false));

        // From the left and from the bottom, where the levels of all strips lie on lines of large boxes.
        string Lines(double step, bool skipLarge)
        {
            var path = new StringBuilder();
            for (var i = 0; left + (i * step) <= right + 0.01; i++)
            {
                if (!skipLarge || i % EcgPaper.LargeBoxMillimetres != 0)
                    Line(left + (i * step), top, 'V', bottom);
            }

            for (var i = 0; bottom - (i * step) >= top - 0.01; i++)
            {
                if (!skipLarge || i % EcgPaper.LargeBoxMillimetres != 0)
                    Line(left, bottom - (i * step), 'H', right);
            }

            return path.ToString();

            void Line(double x, double y, char command, double end) => path
                .Append('M').Append(NumberText.Coordinate(x)).Append(' ').Append(NumberText.Coordinate(y))
                .Append(command).Append(NumberText.Coordinate(end));
        }
    }

    /// <summary>Draws one tick per second, with its time where there is room.</summary>
    private void Times(SvgCanvas canvas, double left, double top, double right)
    {
        const double size = 2.2 * Millimetre;
        var room = FigureText.Width(TimeText.Elapsed(StartSeconds), size) + (4 * Millimetre);
        var every = s_labelSteps.First(seconds => seconds == 60 || seconds * _scale.UnitsPerSecond > room);
        var first = Math.Ceiling(StartSeconds - 1e-9);
        for (var i = 0; i <= Seconds && first + i <= StartSeconds + Seconds + 1e-9; i++)
        {
            var second = first + i;
            var x = left + ((second - StartSeconds) * _scale.UnitsPerSecond);
            canvas.Line(Palette.EcgTick, x, top, x, top + 8);
            if (second % every != 0)
                continue;
            var text = TimeText.Elapsed(second);
            var centre = Math.Min(x, right - (FigureText.Width(text, size) / 2));
            canvas.Text(Palette.EcgNote, centre, top + 8 + size, text, size, TextAnchor.Middle);
        }
    }
}
