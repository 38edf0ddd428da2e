using System.Globalization;
using EcgRecovery.Records;
using EcgRecovery.Reporting.Drawing;
using EcgRecovery.Reporting.Figures;
using EcgRecovery.Reporting.Pages;

namespace EcgRecovery.Reporting.Records;

/// <summary>The page of a recording.</summary>
internal sealed class RecordPage
{
    // Bounds of the tables: databases of beats use some twenty symbols, but EDF+ may give every annotation its own text.
    private const double SheetWidth = 281 * EcgPaper.Millimetre; // of A4 landscape with the margins of recording.css
    private const int MaximumSymbols = 40;
    private const int MaximumProvenanceRows = 100;

    private static readonly PageStyle s_style = PageStyle.Read("recording.css");

    private readonly EcgRecord _record;
    private readonly RecordPlotOptions _options;
    private readonly EcgPaperSheet _sheet;
    private readonly IReadOnlyList<LeadEnvelope> _envelopes;

    private RecordPage(EcgRecord record, RecordPlotOptions options, EcgPaperSheet sheet, IReadOnlyList<LeadEnvelope> envelopes) =>
        (_record, _options, _sheet, _envelopes) = (record, options, sheet, envelopes);

    /// <summary>Returns the whole page.</summary>
    /// <param name="record">The recording.</param>
    /// <param name="options">Window, leads and scale.</param>
    /// <param name="sheet">The window on ECG paper.</param>
    /// <param name="envelopes">Envelopes of the leads to draw.</param>
    public static string Write(EcgRecord record, RecordPlotOptions options, EcgPaperSheet sheet, IReadOnlyList<LeadEnvelope> envelopes) =>
        new RecordPage(record, options, sheet, envelopes).Create().Write();

    private Page Create() => new()
    {
        Title = $"Recording {_record.Name}",
        Heading = $"Recording {_record.Name}",
        ToolVersion = _options.ToolVersion,
        Style = s_style,
        Facts =
        [
            new("Duration", $"{TimeText.Duration(_record.DurationSeconds)} ({TimeText.Elapsed(_record.DurationSeconds)})"),
            new("Start", Start()),
            new("Leads", NumberText.Count(_record.Leads.Count)),
            new("Annotations", NumberText.Count(_record.Annotations.Count)),
        ],
        Notes = _record.Remarks,
        NotesLabel = "Remarks of the reader",
        Sections = HasWholeRecording ? [Paper, Leads, Provenance, Annotations] : [Overview, Paper, Leads, Provenance, Annotations],
    };

    // An overview would show the same once more.
    private bool HasWholeRecording =>
        _options.StartSeconds == 0 && _options.EndSeconds >= _record.DurationSeconds && _sheet.Rows.Count == 1;

    private string Start()
    {
        var date = _record.StartDate?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var time = _record.StartTime?.ToString("HH:mm:ss.FFF", CultureInfo.InvariantCulture);
        return (date, time) is (null, null) ? "not known" : string.Join(' ', new[] { date, time }.OfType<string>());
    }

    private void Overview(MarkupWriter markup)
    {
        markup.Element("h2", "The whole recording");
        markup.Explain(
            "The range of each lead's values over time, from minimum to maximum. Yellow ground and a line below the strip: some or all "
            + "samples are missing; blue ground and a blue line: some samples are recovered.");
        var leads = _options.Leads.Select((number, i) => (_record.Leads[number], _envelopes[i])).ToArray();
        markup.Figure(EcgOverviewFigure.Draw(_record, leads, _options.StartSeconds, _options.EndSeconds));
    }

    private void Paper(MarkupWriter markup)
    {
        var (start, end) = (TimeText.Elapsed(_options.StartSeconds), TimeText.Elapsed(_options.EndSeconds));
        markup.Element("h2", $"On ECG paper: {start} to {end}");
        var print = _sheet.Rows[0].Width <= SheetWidth
            ? "To scale if printed at 100 % on A4 landscape."
            : "Wider than A4 landscape: a print on it is smaller than this scale.";
        markup.Explain($"{_sheet.ScaleWords}{_sheet.PulseWords("calibration pulse")}. {print}");
        markup.Figure(EcgPaperSheet.DrawLegend(_sheet), "ecg-legend");
        for (var row = 0; row < _sheet.Rows.Count; row++)
            markup.Figure(_sheet.DrawRow(row), "ecg-row");
    }

    private void Leads(MarkupWriter markup) => Table(
        markup,
        "Leads",
        ["Lead", "Samples/s", "Samples", "Unit", "Minimum", "Maximum", "Missing", "Recovered", "Derived"],
        _options.Leads.Select((number, i) => LeadCells(number, _envelopes[i])));

    private string[] LeadCells(int number, LeadEnvelope envelope)
    {
        var lead = _record.Leads[number];
        var (minimum, maximum) = (envelope.MinimumOfAll, envelope.MaximumOfAll);
        return
        [
            lead.Name,
            lead.SamplingFrequencyHz.ToString("0.####", CultureInfo.InvariantCulture),
            NumberText.Count(lead.SampleCount),
            lead.IsVoltage ? lead.IsCalibrated ? "mV" : "mV, not calibrated" : lead.Unit,
            minimum > maximum ? NumberText.None : Value(minimum),
            minimum > maximum ? NumberText.None : Value(maximum),
            Share(envelope.Missing.Sum()),
            Share(Samples(SampleOrigin.Recovered)),
            Share(Samples(SampleOrigin.Derived)),
        ];

        string Share(long samples) => samples == 0 || lead.SampleCount == 0
            ? NumberText.None
            : $"{NumberText.Count(samples)} ({NumberText.Percent((double)samples / lead.SampleCount)})";

        long Samples(SampleOrigin origin) =>
            _record.Provenance.Where(span => span.Lead == number && span.Origin == origin).Sum(span => span.Span.Length);

        static string Value(float value) => value.ToString("0.###", CultureInfo.InvariantCulture).Replace('-', '−');
    }

    private void Provenance(MarkupWriter markup)
    {
        var groups = _record.Provenance
            .Where(span => span.Lead >= 0 && span.Lead < _record.Leads.Count)
            .GroupBy(span => (span.Lead, span.Origin, span.Method, span.Version, span.IntervalLevel))
            .OrderBy(group => group.Key.Lead)
            .ThenBy(group => group.Min(span => span.Span.Start))
            .ToArray();
        if (groups.Length == 0)
            return;
        Table(
            markup,
            "Where samples come from",
            ["Lead", "Origin", "Method", "Version", "Interval", "Spans", "Samples", "Seconds"],
            groups.Take(MaximumProvenanceRows).Select(group => new[]
            {
                _record.Leads[group.Key.Lead].Name,
                group.Key.Origin.ToString().ToLowerInvariant(),
                group.Key.Method.Length > 0 ? group.Key.Method : NumberText.None,
                group.Key.Version.Length > 0 ? group.Key.Version : NumberText.None,
                group.Key.IntervalLevel is { } level ? NumberText.Percent(level) : NumberText.None,
                NumberText.Count(group.Count()),
                NumberText.Count(Samples(group)),
                (Samples(group) / _record.Leads[group.Key.Lead].SamplingFrequencyHz).ToString("0.###", CultureInfo.InvariantCulture),
            }));
        More(markup, groups.Length - MaximumProvenanceRows);
        markup.Explain("All other samples are measured or missing.");

        static long Samples(IEnumerable<ProvenanceSpan> spans) => spans.Sum(span => span.Span.Length);
    }

    private void Annotations(MarkupWriter markup)
    {
        if (_record.Annotations.Count == 0)
            return;
        var groups = _record.Annotations
            .GroupBy(annotation => (annotation.Code, Aux: annotation.IsBeat ? "" : RhythmText.Of(annotation)))
            .OrderByDescending(group => group.Count())
            .ThenBy(group => group.Key.Code)
            .ThenBy(group => group.Key.Aux, StringComparer.Ordinal)
            .ToArray();
        Table(
            markup,
            "Annotations",
            ["Symbol", "Text", "Count", "First at"],
            groups.Take(MaximumSymbols).Select(group => new[]
            {
                group.First().Symbol,
                group.Key.Aux.Length > 0 ? FigureText.Shorten(group.Key.Aux, 80) : NumberText.None,
                NumberText.Count(group.Count()),
                TimeText.Elapsed(group.First().Sample / _record.SamplingFrequencyHz),
            }));
        More(markup, groups.Length - MaximumSymbols);
    }

    private static void More(MarkupWriter markup, int rows)
    {
        if (rows > 0)
            markup.Explain($"{NumberText.Count(rows)} more {(rows == 1 ? "kind" : "kinds")}.");
    }

    private static void Table(MarkupWriter markup, string title, string[] headings, IEnumerable<string[]> rows)
    {
        markup.Element("h2", title);
        markup.WideTable(headings, rows, tableClass: "recording");
    }
}
