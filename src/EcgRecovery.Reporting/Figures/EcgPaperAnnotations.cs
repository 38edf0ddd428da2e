using System.Globalization;
using EcgRecovery.Records;
using EcgRecovery.Reporting.Drawing;

namespace EcgRecovery.Reporting.Figures;

/// <summary>Annotations of a row: symbols of beats with a tick below, rhythms and notes as text above.</summary>
/// <remarks>A text that would overlap the one before is not written; its tick is, and the row's heading counts such texts.</remarks>
internal sealed class EcgPaperAnnotations
{
    private const double Millimetre = EcgPaper.Millimetre;
    private const double SymbolSize = 2.8 * Millimetre;
    private const double NoteSize = 2.5 * Millimetre;
    private const int MaximumNote = 24;

    private readonly bool _areShown;
    private readonly string _rhythm;
    private readonly List<(double X, string Text)> _symbols = [];
    private readonly List<(double X, string Text)> _notes = [];
    private readonly List<double> _ticks = [];
    private readonly int _unwritten;

    /// <param name="annotations">Annotations of the row, in time order.</param>
    /// <param name="areShown">Whether the row has room for annotations: every row of a drawing, or none.</param>
    /// <param name="rhythm">The rhythm at the row's start, as in <c>(AFIB</c>; empty where it is not known.</param>
    /// <param name="place">Position of an annotation, in units from the row's start.</param>
    public EcgPaperAnnotations(IEnumerable<Annotation> annotations, bool areShown, string rhythm, Func<Annotation, double> place)
    {
        (_areShown, _rhythm) = (areShown, FigureText.Shorten(rhythm, MaximumNote));
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
                _unwritten++;

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

    /// <summary>Height of the annotations.</summary>
    public double Height => _areShown ? 8 * Millimetre : 0;

    /// <summary>Remark for the row's heading; may be empty.</summary>
    public string Remark
    {
        get
        {
            var rhythm = _rhythm.Length > 0 ? $"rhythm {_rhythm}" : "";
            if (_unwritten == 0)
                return rhythm;
            var unwritten = string.Create(CultureInfo.InvariantCulture, $"{_unwritten:N0} annotations stand too close to be written");
            return rhythm.Length > 0 ? $"{rhythm} · {unwritten}" : unwritten;
        }
    }

    /// <summary>Draws the annotations.</summary>
    /// <param name="canvas">Receives them.</param>
    /// <param name="area">Area of the annotations.</param>
    /// <param name="right">Right end of the paper.</param>
    public void Draw(SvgCanvas canvas, EcgPaperArea area, double right)
    {
        foreach (var (x, text) in _notes)
        {
            var room = right - area.Left - x;
            var anchor = FigureText.Width(text, NoteSize) > room ? TextAnchor.End : TextAnchor.Start;
            canvas.Text(Palette.EcgText, area.Left + x, area.Top + (0.95 * NoteSize), text, NoteSize, anchor);
        }

        foreach (var (x, text) in _symbols)
            canvas.Text(Palette.EcgText, area.Left + x, area.Top + (6.2 * Millimetre), text, SymbolSize, TextAnchor.Middle);
        foreach (var x in _ticks)
            canvas.Line(Palette.EcgTick, area.Left + x, area.Top + (6.8 * Millimetre), area.Left + x, area.Top + (7.8 * Millimetre));
    }

    private static string Shorten(string aux)
    {
        var text = aux.Trim('\0', ' ');
        return text.Length <= MaximumNote ? text : text[..(MaximumNote - 1)] + "…";
    }
}
