using System.Text;
using EcgRecovery.Records;
using EcgRecovery.Reporting.Drawing;

namespace EcgRecovery.Reporting.Figures;

/// <summary>Overview of a recording: range of each lead over time, missing and recovered samples, and the window drawn below.</summary>
internal static class EcgOverviewFigure
{
    /// <summary>Number of columns of a lead, one pixel wide each.</summary>
    public const int Columns = 1000;

    private const double Left = 96;
    private const double Between = 12;
    private const double UsualStripHeight = 58;
    private const double SmallStripHeight = 26; // of more leads than fit a sheet otherwise
    private const int MaximumUsualLeads = 6;
    private const double Top = 22;
    private const double AxisHeight = 46;

    /// <summary>Draws the figure.</summary>
    /// <param name="record">The recording.</param>
    /// <param name="leads">The leads to draw, with their envelopes.</param>
    /// <param name="windowStart">Start of the window, in seconds since the record's start.</param>
    /// <param name="windowEnd">End of the window, in seconds since the record's start.</param>
    public static Figure Draw(
        EcgRecord record, IReadOnlyList<(EcgLead Lead, LeadEnvelope Envelope)> leads, double windowStart, double windowEnd)
    {
        var stripHeight = leads.Count <= MaximumUsualLeads ? UsualStripHeight : SmallStripHeight;
        var height = Top + (leads.Count * (stripHeight + Between)) + (record.StartTime is null ? AxisHeight - 16 : AxisHeight);
        var duration = record.DurationSeconds;
        var description = $"{leads.Count} {(leads.Count == 1 ? "lead" : "leads")} over {TimeText.Duration(duration)}, "
            + $"each as the range of its values in {Columns} columns. "
            + $"The window from {TimeText.Elapsed(windowStart)} to {TimeText.Elapsed(windowEnd)} is marked.";
        var canvas = new SvgCanvas("overview", Left + Columns + 8, height, "The whole recording", description, paper: Palette.EcgSheet);
        var seconds = new Scale(0, duration, Left, Left + Columns);
        for (var i = 0; i < leads.Count; i++)
            Strip(canvas, leads[i].Lead, leads[i].Envelope, Top + (i * (stripHeight + Between)), stripHeight);
        var bottom = Top + (leads.Count * (stripHeight + Between)) - Between;
        Window(canvas, seconds.Map(windowStart), seconds.Map(windowEnd), bottom);
        Axis(canvas, record.StartTime, seconds, bottom + 6);
        return canvas.Finish();
    }

    private static void Strip(SvgCanvas canvas, EcgLead lead, LeadEnvelope envelope, double top, double height)
    {
        var end = Array.FindLastIndex(envelope.Samples, samples => samples > 0) + 1;
        canvas.Rectangle(Palette.EcgPaper, Left, top, Columns, height);
        foreach (var (from, to) in Runs(column => envelope.Missing[column] > 0 || column >= end))
            canvas.Rectangle(Palette.EcgMissingInPart, Left + from, top, to - from, height);
        foreach (var (from, to) in Runs(IsMissingWhole))
            canvas.Rectangle(Palette.EcgMissing, Left + from, top, to - from, height);
        foreach (var (from, to) in Runs(column => envelope.IsRecovered[column]))
            canvas.Rectangle(Palette.EcgInterval, Left + from, top, to - from, height);
        var (minimum, maximum) = (envelope.MinimumOfAll, envelope.MaximumOfAll);
        canvas.Text(Palette.EcgText, 2, top + 13, FigureText.WithoutMiddle(lead.Name, 11), 13, isBold: true);
        // Lines below the strip as well: a yellow ground may vanish on a printer.
        foreach (var (from, to) in Runs(column => envelope.Missing[column] > 0 || column >= end))
            canvas.Line(Palette.EcgMissingEdge, Left + from, top + height + 2, Left + Math.Max(to, from + 1.5), top + height + 2);
        foreach (var (from, to) in Runs(column => envelope.IsRecovered[column]))
            canvas.Line(Palette.EcgRecovered, Left + from, top + height + 6, Left + Math.Max(to, from + 1.5), top + height + 6);
        if (minimum > maximum)
        {
            canvas.Text(Palette.EcgNote, Left + (Columns / 2.0), top + (height / 2) + 4, "no samples", 12, TextAnchor.Middle);
            return;
        }

        var unit = EcgPaperLead.Create(lead, [], new EcgPaperScale(25, 10), double.NaN);
        var maximumY = height < UsualStripHeight ? top + 10 : top + 28; // beside the name or below it
        canvas.Text(Palette.EcgNote, Left - 6, maximumY, unit.Text(maximum), 11, TextAnchor.End);
        canvas.Text(Palette.EcgNote, Left - 6, top + height, unit.Text(minimum), 11, TextAnchor.End);
        var vertical = new Scale(minimum, maximum > minimum ? maximum : minimum + 1.0, top + height - 1, top + 1);
        canvas.Area(Palette.EcgEnvelope, Path(envelope, vertical));

        bool IsMissingWhole(int column) =>
            column >= end || (envelope.Missing[column] > 0 && envelope.Missing[column] == envelope.Samples[column]);
    }

    /// <summary>
    /// Returns one area per run of columns with values; each at least one pixel high, so that a flat line is visible, and joined to the
    /// column before it, so that a steep slope is one line.
    /// </summary>
    private static string Path(LeadEnvelope envelope, Scale vertical)
    {
        var (minimum, maximum) = Joined(envelope);
        var path = new StringBuilder();
        foreach (var (from, to) in Runs(column => minimum[column] <= maximum[column]))
        {
            var start = path.Length;
            for (var column = from; column < to; column++)
                Step(column, vertical.Map(maximum[column]) - 0.5);
            for (var column = to - 1; column >= from; column--)
                Step(column, vertical.Map(minimum[column]) + 0.5, backwards: true);
            path.Append('Z');

            void Step(int column, double y, bool backwards = false)
            {
                var (first, second) = backwards ? (column + 1, column) : (column, column + 1);
                path.Append(path.Length == start ? 'M' : 'L')
                    .Append(NumberText.Coordinate(Left + first)).Append(' ').Append(NumberText.Coordinate(y))
                    .Append('H').Append(NumberText.Coordinate(Left + second));
            }
        }

        return path.ToString();
    }

    /// <summary>
    /// Returns the ranges of the columns, each extended to that of the column before it; a column between two samples repeats that one.
    /// </summary>
    private static (float[] Minimum, float[] Maximum) Joined(LeadEnvelope envelope)
    {
        var (minimum, maximum) = (envelope.Minimum.ToArray(), envelope.Maximum.ToArray());
        var end = Array.FindLastIndex(envelope.Samples, samples => samples > 0);
        for (var column = 1; column <= end; column++)
        {
            var before = column - 1;
            if (envelope.Samples[column] == 0)
                (minimum[column], maximum[column]) = (minimum[before], maximum[before]);
            else if (minimum[column] <= maximum[column] && minimum[before] <= maximum[before] && envelope.Missing[column] == 0)
                (minimum[column], maximum[column]) = Extended(before, column);
        }

        return (minimum, maximum);

        // By the range that was read: an extended one would grow from column to column.
        (float, float) Extended(int before, int column) => envelope.Samples[before] == 0
            ? (Math.Min(minimum[column], maximum[before]), Math.Max(maximum[column], minimum[before]))
            : (Math.Min(minimum[column], envelope.Maximum[before]), Math.Max(maximum[column], envelope.Minimum[before]));
    }

    private static IEnumerable<(int From, int To)> Runs(Func<int, bool> holds)
    {
        for (var column = 0; column < Columns; column++)
        {
            if (!holds(column))
                continue;
            var from = column;
            while (column < Columns && holds(column))
                column++;
            yield return (from, column);
        }
    }

    private static void Window(SvgCanvas canvas, double from, double to, double bottom)
    {
        const double minimumWidth = 3;
        to = Math.Max(to, from + minimumWidth);
        foreach (var x in new[] { from, to })
            canvas.Line(Palette.EcgWindowEdge, x, Top - 5, x, bottom + 4);
        canvas.Line(Palette.EcgWindowEdge, from, Top - 5, to, Top - 5);
        var isAtEnd = from > Left + (Columns / 2.0);
        canvas.Text(Palette.EcgWindow, isAtEnd ? to : from, Top - 9, "drawn below", 11, isAtEnd ? TextAnchor.End : TextAnchor.Start);
    }

    private static void Axis(SvgCanvas canvas, TimeOnly? start, Scale seconds, double y)
    {
        canvas.Line(Palette.Axis, Left, y, Left + Columns, y);
        var step = Step(seconds.To);
        for (var i = 0; i * step <= seconds.To * (1 + 1e-9); i++)
        {
            var x = seconds.Map(i * step);
            canvas.Line(Palette.Axis, x, y, x, y + 5);
            var at = x > Left + Columns - 30 ? TextAnchor.End : TextAnchor.Middle;
            canvas.Text(Palette.EcgNote, x, y + 18, TimeText.Elapsed(i * step), 12, at);
            if (TimeText.Clock(start, i * step) is { } clock)
                canvas.Text(Palette.EcgNote, x, y + 34, clock, 12, at);
        }

        canvas.Text(Palette.EcgNote, 2, y + 18, "elapsed", 11);
        if (start is not null)
            canvas.Text(Palette.EcgNote, 2, y + 34, "clock", 11);
    }

    /// <summary>Returns a round time between two ticks that divides the duration into at most ten.</summary>
    private static double Step(double duration)
    {
        double[] steps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200, 86400];
        var step = steps.FirstOrDefault(candidate => duration / candidate <= 10, steps[^1]);
        while (duration / step > 10)
            step *= 2;
        return duration < 1 ? duration : step;
    }
}
