using System.Globalization;
using EcgRecovery.Records;
using EcgRecovery.Reporting.Drawing;

namespace EcgRecovery.Reporting.Figures;

/// <summary>Annotations of a row: symbols of beats with a tick below, rhythms and notes as text above.</summary>
/// <remarks>
/// Beats come first, then other symbols; the limits of waves are written where these leave room. A text that would overlap another is not
/// written; its tick is, and the row's heading counts such texts.
/// </remarks>
internal sealed class EcgPaperAnnotations
{
    private const double Millimetre = EcgPaper.Millimetre;
    private const double SymbolSize = 2.8 * Millimetre;
    private const double NoteSize = 2.5 * Millimetre;
    private const int MaximumNote = 32;

    /// <summary>Height of annotations, where they are shown.</summary>
    public const double FullHeight = 8 * Millimetre;

    private readonly bool _areShown;
    private readonly string _rhythm;
    private readonly List<(double X, string Text)> _symbols = [];
    private readonly List<(double X, string Text)> _notes = [];
    private readonly List<double> _ticks = [];
    private readonly int _unwritten;

    /// <param name="annotations">Annotations of the row, in time order.</param>
    /// <param name="areShown">Whether the row has room for annotations: every row of a drawing, or none.</param>
    /// <param name="rhythm">The rhythm at the row's start, as in <c>atrial fibrillation</c>; empty where it is not known.</param>
    /// <param name="place">Position of an annotation, in units from the row's start.</param>
    public EcgPaperAnnotations(IEnumerable<Annotation> annotations, bool areShown, string rhythm, Func<Annotation, double> place)
    {
        (_areShown, _rhythm) = (areShown, FigureText.Shorten(rhythm, MaximumNote));
        var (symbols, notes) = (new TakenRoom(), new TakenRoom());
        var all = annotations.Select(annotation => (X: place(annotation), Annotation: annotation)).ToArray();
        foreach (var (x, annotation) in all.OrderBy(entry => Rank(entry.Annotation))) // a stable sort: in time order otherwise
        {
            var isNote = !annotation.IsBeat && !string.IsNullOrEmpty(annotation.Aux);
            var text = isNote ? Shorten(RhythmText.Of(annotation)) : annotation.Symbol;
            var width = FigureText.Width(text, isNote ? NoteSize : SymbolSize);
            if (!(isNote ? notes : symbols).Take(isNote ? x : x - (width / 2), width))
                _unwritten++;
            else
                (isNote ? _notes : _symbols).Add((x, text));
        }

        foreach (var (x, _) in all)
        {
            if (_ticks.Count == 0 || x - _ticks[^1] >= 0.2 * Millimetre)
                _ticks.Add(x);
        }
    }

    /// <summary>Height of the annotations.</summary>
    public double Height => _areShown ? FullHeight : 0;

    /// <summary>Remark for the row's heading; may be empty.</summary>
    public string Remark
    {
        get
        {
            var rhythm = _rhythm.Length > 0 ? $"rhythm: {_rhythm}" : "";
            if (_unwritten == 0)
                return rhythm;
            var unwritten = _unwritten == 1
                ? "1 annotation stands too close to be written"
                : string.Create(CultureInfo.InvariantCulture, $"{_unwritten:N0} annotations stand too close to be written");
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

    private static int Rank(Annotation annotation) => annotation.IsBeat ? 0 : annotation.Symbol is "(" or ")" ? 2 : 1;

    private static string Shorten(string text) => text.Length <= MaximumNote ? text : text[..(MaximumNote - 1)] + "…";

    /// <summary>The room of a line of texts that is taken, in tenths of a millimetre.</summary>
    private sealed class TakenRoom
    {
        private const double Between = 0.3 * Millimetre;

        private readonly HashSet<long> _cells = [];

        /// <summary>Takes room if all of it is free; returns whether it was.</summary>
        public bool Take(double left, double width)
        {
            var (first, last) = ((long)Math.Floor(left), (long)Math.Ceiling(left + width + Between));
            for (var cell = first; cell < last; cell++)
            {
                if (_cells.Contains(cell))
                    return false;
            }

            for (var cell = first; cell < last; cell++)
                _cells.Add(cell);
            return true;
        }
    }
}
