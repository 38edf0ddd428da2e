using System.Globalization;
using EcgRecovery.Records;
using EcgRecovery.Reporting.Drawing;

namespace EcgRecovery.Reporting.Figures;

/// <summary>The annotations of a row: beats as their symbols, below them a tick; above them rhythms and notes as text.</summary>
/// <remarks>A text that would lie on the one before is left out, its tick is not, and the row says how many.</remarks>
internal sealed class EcgPaperAnnotations
{
    private const double Millimetre = EcgPaper.Millimetre;
    private const double SymbolSize = 2.8 * Millimetre;
    private const double NoteSize = 2.5 * Millimetre;
    private const int LongestNote = 24;

    private readonly bool _areShown;
    private readonly string _rhythm;
    private readonly List<(double X, string Text)> _symbols = [];
    private readonly List<(double X, string Text)> _notes = [];
    private readonly List<double> _ticks = [];
    private readonly int _leftOut;

    /// <param name="annotations">Those of the row, in time order.</param>
    /// <param name="areShown">Whether the row has a place for them: every row of a drawing, or none.</param>
    /// <param name="rhythm">The rhythm at the row's start, as in <c>(AFIB</c>; empty where it is not known.</param>
    /// <param name="place">A time of a row, in units from its start.</param>
    public EcgPaperAnnotations(IEnumerable<Annotation> annotations, bool areShown, string rhythm, Func<Annotation, double> place)
    {
        (_areShown, _rhythm) = (areShown, FigureText.Shorten(rhythm, LongestNote));
        var (symbolEnd, noteEnd) = (double.NegativeInfinity, double.NegativeInfinity);
        foreach (var annotation in annotations)
        {
            var x = place(annotation);
            if (_ticks.Count == 0 || x - _ticks[^1] >= 0.2 * Millimetre)
                _ticks.Add(x);
            var fits = annotation.IsBeat || annotation.Aux.Length == 0
                ? Add(_symbols, annotation.Symbol, SymbolSize, TextAnchor.Middle, ref symbolEnd)
                : Add(_notes, Shorten(annotation.Aux), NoteSize, TextAnchor.Start, ref noteEnd);
            if (!fits)
                _leftOut++;

            bool Add(List<(double X, string Text)> texts, string text, double size, TextAnchor anchor, ref double end)
            {
                var width = FigureText.Width(text, size);
                var start = anchor == TextAnchor.Middle ? x - (width / 2) : x;
                if (start < end)
                    return false;
                texts.Add((x, text));
                end = start + width + (0.3 * Millimetre);
                return true;
            }
        }
    }

    /// <summary>How much room they take.</summary>
    public double Height => _areShown ? 8 * Millimetre : 0;

    /// <summary>What the row's heading says of them; empty where there is nothing to say.</summary>
    public string Remark
    {
        get
        {
            var rhythm = _rhythm.Length > 0 ? $"rhythm {_rhythm}" : "";
            if (_leftOut == 0)
                return rhythm;
            var leftOut = string.Create(CultureInfo.InvariantCulture, $"{_leftOut:N0} annotations stand too close to be written");
            return rhythm.Length > 0 ? $"{rhythm} · {leftOut}" : leftOut;
        }
    }

    /// <summary>Draws them.</summary>
    /// <param name="canvas">Receives them.</param>
    /// <param name="area">Where they lie.</param>
    /// <param name="right">Where the paper ends.</param>
    public void Draw(SvgCanvas canvas, EcgPaperArea area, double right)
    {
        foreach (var (x, text) in _notes)
        {
            var room = right - area.Left - x;
            var isAtEnd = FigureText.Width(text, NoteSize) > room;
            canvas.Text(Palette.EcgText, area.Left + x, area.Top + (0.95 * NoteSize), text, NoteSize, isAtEnd ? TextAnchor.End : TextAnchor.Start);
        }

        foreach (var (x, text) in _symbols)
            canvas.Text(Palette.EcgText, area.Left + x, area.Top + (6.2 * Millimetre), text, SymbolSize, TextAnchor.Middle);
        foreach (var x in _ticks)
            canvas.Line(Palette.EcgTick, area.Left + x, area.Top + (6.8 * Millimetre), area.Left + x, area.Top + (7.8 * Millimetre));
    }

    private static string Shorten(string aux)
    {
        var text = aux.Trim('\0', ' ');
        return text.Length <= LongestNote ? text : text[..(LongestNote - 1)] + "…";
    }
}
