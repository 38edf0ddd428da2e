using System.Globalization;
using System.Text;
using EcgRecovery.Records;
using EcgRecovery.Reporting.Drawing;

namespace EcgRecovery.Reporting.Figures;

/// <summary>A window of a recording on ECG paper, in rows.</summary>
internal sealed class EcgPaperSheet
{
    private const double Millimetre = EcgPaper.Millimetre;

    private readonly EcgRecord _record;

    private EcgPaperSheet(EcgRecord record, EcgPaperScale scale, IReadOnlyList<EcgPaperRow> rows, double roominess) =>
        (_record, Scale, Rows, Roominess) = (record, scale, rows, roominess);

    /// <summary>Scale of the paper.</summary>
    public EcgPaperScale Scale { get; }

    /// <summary>The rows, from the top.</summary>
    public IReadOnlyList<EcgPaperRow> Rows { get; }

    /// <summary>
    /// Share of the distances between leads that these have on a sheet, of what they need to stay apart; 1 where nothing is shrunk.
    /// </summary>
    public double Roominess { get; }

    /// <summary>The scale in words, and whether traces may reach into each other's strips.</summary>
    public string ScaleWords => Words + (Roominess < 1 ? " · traces may reach into their neighbours' rows" : "");

    /// <summary>The size of the calibration pulse, to be added to the scale; empty where no lead is in millivolts.</summary>
    public string PulseWords(string name) => HasPulse ? $" · {name} 1 mV × 0.2 s" : "";

    private bool HasPulse => Rows.SelectMany(row => row.Strips).Any(strip => !strip.Lead.HasOwnScale);

    /// <summary>The scale in words.</summary>
    public string Words => HasPulse ? Scale.Words : Scale.WordsOfTime;

    /// <summary>Legend of the origins that occur.</summary>
    public IReadOnlyList<(Pen Pen, string Text)> Legend
    {
        get
        {
            var spans = Rows.SelectMany(row => row.Strips).SelectMany(strip => strip.Trace.Spans).Select(span => span.Origin).ToHashSet();
            List<(Pen, string)> entries = [(Palette.EcgMeasured, "measured")];
            if (spans.Contains(SampleOrigin.Recovered))
                entries.Add((Palette.EcgRecovered, "recovered: an estimate"));
            if (Rows.SelectMany(row => row.Strips).Any(strip => strip.Bands.Count > 0))
                entries.Add((Palette.EcgIntervalSwatch, IntervalName()));
            if (Rows.SelectMany(row => row.Strips).Any(strip => strip.Truth is not null))
                entries.Add((Palette.EcgTruth, "truth, hidden from the method"));
            if (spans.Contains(SampleOrigin.Derived))
                entries.Add((Palette.EcgDerivedTrace, "derived"));
            if (spans.Contains(SampleOrigin.Missing))
                entries.Add((Palette.EcgMissingSwatch, "missing"));
            if (Rows.SelectMany(row => row.Strips).Any(strip => strip.Left.Count > 0))
                entries.Add((Palette.EcgMissingSwatch, "left as it was"));
            if (Rows.SelectMany(row => row.Strips).Any(strip => strip.Clipped.Count > 0))
                entries.Add((Palette.EcgClippedSwatch, "clipped"));
            if (Rows.SelectMany(row => row.Strips).Any(strip => strip.RPeaks.Count > 0))
                entries.Add((Palette.EcgRecovered, "▼ R peak, recovered"));
            return entries;
        }
    }

    /// <summary>Reads a window.</summary>
    /// <param name="record">The recording.</param>
    /// <param name="leads">The leads to draw, as numbers from 0.</param>
    /// <param name="startSeconds">Start, in seconds since the record's start.</param>
    /// <param name="endSeconds">End, in seconds since the record's start; greater than the start.</param>
    /// <param name="rowSeconds">Duration of a row.</param>
    /// <param name="scale">Scale of the paper.</param>
    /// <param name="marks">Findings to mark; null = none.</param>
    /// <param name="cancellationToken">Cancels between windows of samples.</param>
    public static EcgPaperSheet Read(
        EcgRecord record,
        IReadOnlyList<int> leads,
        double startSeconds,
        double endSeconds,
        double rowSeconds,
        EcgPaperScale scale,
        EcgPaperMarks? marks = null,
        CancellationToken cancellationToken = default)
    {
        // A last row of less than a thousandth of a row is a rounding error.
        var count = Math.Max(1, (int)Math.Ceiling(((endSeconds - startSeconds) / rowSeconds) - 1e-3));
        var times = Enumerable.Range(0, count)
            .Select(row => (Start: RowStart(row), End: row == count - 1 ? endSeconds : RowStart(row + 1)))
            .ToArray();
        var strips = leads.Select(lead => Strips(record, lead, times, scale, marks ?? new EcgPaperMarks(), cancellationToken)).ToArray();
        var annotations = record.Annotations
            .Where(annotation => Seconds(record, annotation) is var t && t >= startSeconds && t < endSeconds)
            .ToArray();
        var areShown = record.Annotations.Count > 0;
        var boxes = EcgPaperRow.PaperBoxes(areShown);
        var ofRows = times.Select((_, row) => strips.Select(lead => lead[row]).ToArray()).ToArray();
        var roominess = ofRows.Min(row => FitsSheet(row) ? 1 : CloseStrips.Share(row, boxes));
        var rows = times.Select((time, row) => new EcgPaperRow(
            scale,
            time.Start,
            time.End - time.Start,
            FitsSheet(ofRows[row]) ? ofRows[row] : CloseStrips.Place(ofRows[row], boxes),
            new EcgPaperAnnotations(
                annotations.Where(annotation => Seconds(record, annotation) is var t && t >= time.Start && t < time.End),
                areShown,
                Rhythm(record, time.Start),
                annotation => (Seconds(record, annotation) - time.Start) * scale.UnitsPerSecond),
            record.StartTime));
        return new EcgPaperSheet(record, scale, [.. rows], roominess);

        bool FitsSheet(EcgPaperStrip[] row) => row.Length == 1 || row.Sum(strip => strip.Layout.Boxes) <= boxes;

        double RowStart(int row) => startSeconds + (row * rowSeconds);
    }

    /// <summary>Draws the whole window, with heading and legend.</summary>
    /// <param name="toolVersion">Version of the tool.</param>
    public Figure Draw(string toolVersion)
    {
        const double margin = 5 * Millimetre;
        const double heading = 19 * Millimetre;
        const double footing = 12 * Millimetre;
        const double between = 3 * Millimetre;
        const double size = 3 * Millimetre;
        var left = margin;
        var right = margin + Rows[0].Width;
        var height = heading + Rows.Sum(row => row.Height + between) + footing;
        var name = $"ecg-{FigureText.Slug(_record.Name)}";
        var canvas = new SvgCanvas(name, right + margin, height, Title, Description(Rows), Millimetre, Palette.EcgSheet);
        canvas.Text(Palette.EcgText, left, margin + (1.2 * size), Title, 1.3 * size, isBold: true);
        canvas.Text(Palette.EcgText, right, margin + (1.2 * size), FigureText.NotForDiagnosis, 1.1 * size, TextAnchor.End, isBold: true);
        canvas.Text(Palette.EcgText, left, margin + (3.2 * size), ScaleWords + PulseWords("pulse"), size);
        var top = heading;
        foreach (var row in Rows)
        {
            row.Draw(canvas, left, top);
            top += row.Height + between;
        }

        DrawLegend(canvas, left, height - footing + (1.2 * size), Rows[0].Width, Legend);
        var note = $"Drawn by EcgRecovery {toolVersion}. To scale where it is printed at 100 %.";
        canvas.Text(Palette.EcgNote, left, height - footing + (2.8 * size), note, 0.85 * size);
        return canvas.Finish();
    }

    /// <summary>Draws one row.</summary>
    /// <param name="index">Number of the row, from 0.</param>
    public Figure DrawRow(int index) => DrawRow(index, $"row-{(index + 1).ToString(CultureInfo.InvariantCulture)}");

    /// <summary>Draws one row under a name of its own.</summary>
    /// <param name="index">Number of the row, from 0.</param>
    /// <param name="name">Name of the figure.</param>
    public Figure DrawRow(int index, string name)
    {
        var row = Rows[index];
        var title = $"{_record.Name}, {row.When}";
        var canvas = new SvgCanvas(name, row.Width, row.Height, title, Description([row]), Millimetre, Palette.EcgSheet);
        row.Draw(canvas, 0, 0);
        return canvas.Finish();
    }

    /// <summary>Draws one legend for some sheets.</summary>
    /// <param name="sheets">The sheets, at least one.</param>
    public static Figure DrawLegend(params IReadOnlyList<EcgPaperSheet> sheets)
    {
        (Pen Pen, string Text)[] entries = [.. sheets.SelectMany(sheet => sheet.Legend).Distinct()];
        var words = "Legend: " + string.Join("; ", entries.Select(entry => entry.Text));
        var width = sheets.Max(sheet => sheet.Rows[0].Width);
        var canvas = new SvgCanvas("legend", width, 6 * Millimetre, "Legend", words, Millimetre, Palette.EcgSheet);
        DrawLegend(canvas, 0, 4 * Millimetre, width, entries);
        return canvas.Finish();
    }

    /// <summary>Returns a description of all rows for readers who cannot see them.</summary>
    public string Describe() => Description(Rows);

    /// <summary>Title: record and time range.</summary>
    public string Title
    {
        get
        {
            var (start, end) = (TimeText.Elapsed(Rows[0].StartSeconds), TimeText.Elapsed(EndSeconds));
            return $"{FigureText.Shorten(_record.Name, 40)} · {start} to {end} of {TimeText.Elapsed(_record.DurationSeconds)}";
        }
    }

    private double EndSeconds => Rows[^1].StartSeconds + Rows[^1].Seconds;

    private static void DrawLegend(
        SvgCanvas canvas, double left, double y, double width, IReadOnlyList<(Pen Pen, string Text)> entries)
    {
        var size = Math.Min(2.7 * Millimetre, width / entries.Sum(entry => 4 + FigureText.Width(entry.Text, 1)));
        foreach (var (pen, text) in entries)
        {
            canvas.Line(pen, left, y - (0.35 * size), left + (2.4 * size), y - (0.35 * size));
            canvas.Text(Palette.EcgText, left + (2.9 * size), y, text, size);
            left += (4 * size) + FigureText.Width(text, size);
        }
    }

    /// <summary>Returns a description of rows for readers who cannot see them.</summary>
    private string Description(IReadOnlyList<EcgPaperRow> rows)
    {
        var text = new StringBuilder($"An electrocardiogram on ECG paper, {Words}. {rows[0].When}");
        if (rows.Count > 1)
            text.Append(CultureInfo.InvariantCulture, $", and {rows.Count - 1} more rows");
        text.Append('.');
        for (var lead = 0; lead < rows[0].Strips.Count; lead++)
        {
            var strips = rows.Select(row => row.Strips[lead]).ToArray();
            text.Append(' ').Append(strips[0].Lead.Lead.Name).Append(": ").Append(Range(strips));
            if (strips.SelectMany(strip => strip.Clipped).Sum(span => span.End - span.Start) is > 0 and var clipped)
                text.Append(CultureInfo.InvariantCulture, $", {clipped:0.###} s clipped");
            foreach (var origin in new[] { SampleOrigin.Missing, SampleOrigin.Recovered, SampleOrigin.Derived })
            {
                var seconds = strips
                    .SelectMany(strip => strip.Trace.Spans)
                    .Where(span => span.Origin == origin)
                    .Sum(span => span.EndSeconds - span.StartSeconds);
                if (seconds > 0)
                    text.Append(CultureInfo.InvariantCulture, $", {seconds:0.###} s {origin.ToString().ToLowerInvariant()}");
            }

            text.Append('.');
        }

        return text.ToString();

        static string Range(EcgPaperStrip[] strips)
        {
            var traces = strips.Select(strip => strip.Trace).Where(trace => trace.Points.Count > 0).ToArray();
            return traces.Length == 0
                ? "no samples"
                : $"{strips[0].Lead.Text(traces.Min(trace => trace.Minimum))} to {strips[0].Lead.Text(traces.Max(trace => trace.Maximum))}";
        }
    }

    private static EcgPaperStrip[] Strips(
        EcgRecord record,
        int number,
        (double Start, double End)[] times,
        EcgPaperScale scale,
        EcgPaperMarks marks,
        CancellationToken cancellationToken)
    {
        var lead = record.Leads[number];
        var (start, end) = (LeadWindows.SampleAt(lead, times[0].Start), LeadWindows.SampleAt(lead, times[^1].End));
        var provenance = record.Provenance.Where(span => span.Lead == number && span.Span.Start < end && span.Span.End > start).ToArray();
        var traces = times
            .Select(time => EcgPaperTrace.Read(lead, provenance, time.Start, time.End, scale.MillimetresPerSecond, cancellationToken))
            .ToArray();
        var drawn = traces.Where(trace => trace.Points.Count > 0).ToArray();
        var range = drawn.Length == 0 ? double.NaN : (double)drawn.Max(trace => trace.Maximum) - drawn.Min(trace => trace.Minimum);
        var paperLead = EcgPaperLead.Create(lead, provenance, scale, range);
        return
        [
            .. times.Select((time, row) => new EcgPaperStrip(paperLead, traces[row], Bands(time.Start, time.End), time.End - time.Start)
            {
                Clipped = EcgPaperMarks.Seconds(marks.Clipped, number, lead, time.Start, time.End),
                Left = EcgPaperMarks.Seconds(marks.Left, number, lead, time.Start, time.End),
                Shown = EcgPaperMarks.Seconds(marks.Shown, number, lead, time.Start, time.End),
                RPeaks = marks.PeakSeconds(number, lead, time.Start, time.End),
                Truth = Truth(time.Start, time.End),
            }),
        ];

        EcgPaperTrace? Truth(double from, double to) => marks.Truth.TryGetValue(number, out var truth)
            ? EcgPaperTrace.Read(truth, [], from, to, scale.MillimetresPerSecond, cancellationToken)
            : null;

        IReadOnlyList<EcgPaperBand> Bands(double from, double to) =>
            provenance.Any(span => span.Origin == SampleOrigin.Recovered) && record.FindBounds(lead) is var (lower, upper)
                ? EcgPaperBand.Read(lead, lower, upper, provenance, from, to, scale.MillimetresPerSecond, cancellationToken)
                : [];
    }

    private string IntervalName()
    {
        var levels = Rows.SelectMany(row => row.Strips).SelectMany(strip => strip.Lead.Provenance)
            .Where(span => span.Origin == SampleOrigin.Recovered).Select(span => span.IntervalLevel).Distinct().ToArray();
        return levels is [{ } level] ? string.Create(CultureInfo.InvariantCulture, $"{100 * level:0.##} % interval") : "interval";
    }

    private static double Seconds(EcgRecord record, Annotation annotation) =>
        annotation.OnsetSeconds is { } onset ? (double)onset : annotation.Sample / record.SamplingFrequencyHz;

    /// <summary>Returns the rhythm at a time: the text of the last change of rhythm before it.</summary>
    private static string Rhythm(EcgRecord record, double seconds)
    {
        return RhythmText.Of(record.Annotations.LastOrDefault(IsRhythmBefore));

        bool IsRhythmBefore(Annotation annotation) => RhythmText.IsRhythm(annotation) && Seconds(record, annotation) <= seconds;
    }
}
