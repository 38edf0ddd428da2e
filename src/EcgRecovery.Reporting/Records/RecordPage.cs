using System.Globalization;
using EcgRecovery.Records;
using EcgRecovery.Reporting.Drawing;
using EcgRecovery.Reporting.Figures;

namespace EcgRecovery.Reporting.Records;

/// <summary>The page of a recording: HTML that is well-formed XML and loads nothing.</summary>
internal sealed class RecordPage
{
    // A page is no listing: the symbols of a database of beats are some twenty, EDF+ may give every annotation a text of its own.
    private const int MaximumSymbols = 40;
    private const int MaximumProvenanceRows = 100;

    private static readonly PageStyle s_style = PageStyle.Read("report.css", "recording.css");

    private readonly MarkupWriter _markup = new();
    private readonly EcgRecord _record;
    private readonly RecordPlotOptions _options;
    private readonly EcgPaperSheet _sheet;
    private readonly IReadOnlyList<LeadEnvelope> _envelopes;

    private RecordPage(EcgRecord record, RecordPlotOptions options, EcgPaperSheet sheet, IReadOnlyList<LeadEnvelope> envelopes) =>
        (_record, _options, _sheet, _envelopes) = (record, options, sheet, envelopes);

    /// <summary>The whole page.</summary>
    /// <param name="record">The recording.</param>
    /// <param name="options">What of it was asked for.</param>
    /// <param name="sheet">The window on ECG paper.</param>
    /// <param name="envelopes">The whole leads, one for each that was asked for.</param>
    public static string Write(EcgRecord record, RecordPlotOptions options, EcgPaperSheet sheet, IReadOnlyList<LeadEnvelope> envelopes) =>
        new RecordPage(record, options, sheet, envelopes).Write();

    private string Write()
    {
        _markup.Start("html", ("xmlns", "http://www.w3.org/1999/xhtml"), ("lang", "en"));
        s_style.WriteHead(_markup, $"Recording {_record.Name}", _options.ToolVersion);
        _markup.Start("body");
        Header();
        _markup.Start("main");
        Overview();
        Paper();
        Leads();
        Provenance();
        Annotations();
        _markup.End();
        Footer();
        _markup.End();
        _markup.End();
        return $"<!DOCTYPE html>\n{_markup.Finish()}\n";
    }

    private void Header()
    {
        _markup.Start("header");
        _markup.Element("p", $"EcgRecovery {_options.ToolVersion} · {EcgPaperSheet.NotForDiagnosis}", ("class", "kicker"));
        _markup.Element("h1", $"Recording {_record.Name}");
        _markup.Start("dl", ("class", "facts"));
        Fact("Duration", $"{TimeText.Duration(_record.DurationSeconds)} ({TimeText.Elapsed(_record.DurationSeconds)})");
        Fact("Start", Start());
        Fact("Leads", NumberText.Count(_record.Leads.Count));
        Fact("Annotations", NumberText.Count(_record.Annotations.Count));
        _markup.End();
        if (_record.Remarks.Count > 0)
        {
            _markup.Start("aside", ("class", "notes"), ("aria-label", "Remarks of the reader"));
            foreach (var remark in _record.Remarks)
                _markup.Element("p", remark);
            _markup.End();
        }

        _markup.End();
    }

    private string Start()
    {
        var date = _record.StartDate?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var time = _record.StartTime?.ToString("HH:mm:ss.FFF", CultureInfo.InvariantCulture);
        return (date, time) is (null, null) ? "not known" : string.Join(' ', new[] { date, time }.OfType<string>());
    }

    private void Fact(string name, string value)
    {
        _markup.Start("div");
        _markup.Element("dt", name);
        _markup.Element("dd", value);
        _markup.End();
    }

    private void Overview()
    {
        _markup.Element("h2", "The whole recording");
        _markup.Element(
            "p",
            "Per lead the range of its values over time, from its least to its largest. Yellow ground and a line below the strip: samples are missing there, "
            + "all of them or some; blue ground and a blue line: some are recovered.",
            ("class", "explain"));
        var leads = _options.Leads.Select((number, i) => (_record.Leads[number], _envelopes[i])).ToArray();
        _markup.Start("figure");
        _markup.Nest(EcgOverviewFigure.Draw(_record, leads, _options.StartSeconds, _options.EndSeconds).Svg);
        _markup.End();
    }

    private void Paper()
    {
        _markup.Element("h2", $"On ECG paper: {TimeText.Elapsed(_options.StartSeconds)} to {TimeText.Elapsed(_options.EndSeconds)}", ("class", "ecg-window"));
        _markup.Element("p", $"{_sheet.Scale.Words} · calibration pulse 1 mV × 0.2 s. To scale where the page is printed at 100 %.", ("class", "explain"));
        _markup.Start("div", ("class", "ecg-legend"));
        _markup.Nest(_sheet.DrawLegend().Svg);
        _markup.End();
        for (var row = 0; row < _sheet.Rows.Count; row++)
        {
            _markup.Start("div", ("class", "ecg-row"));
            _markup.Nest(_sheet.DrawRow(row).Svg);
            _markup.End();
        }
    }

    private void Leads() => Table(
        "Leads",
        ["Lead", "Samples/s", "Samples", "Unit", "Least", "Largest", "Missing", "Recovered", "Derived"],
        _options.Leads.Select((number, i) => LeadCells(number, _envelopes[i])));

    private string[] LeadCells(int number, LeadEnvelope envelope)
    {
        var lead = _record.Leads[number];
        var (minimum, largest) = (envelope.MinimumOfAll, envelope.LargestOfAll);
        return
        [
            lead.Name,
            lead.SamplingFrequencyHz.ToString("0.####", CultureInfo.InvariantCulture),
            NumberText.Count(lead.SampleCount),
            lead.IsVoltage ? lead.IsCalibrated ? "mV" : "mV, not calibrated" : lead.Unit,
            minimum > largest ? NumberText.None : Value(minimum),
            minimum > largest ? NumberText.None : Value(largest),
            Share(envelope.Missing.Sum()),
            Share(Samples(SampleOrigin.Recovered)),
            Share(Samples(SampleOrigin.Derived)),
        ];

        string Share(long samples) =>
            samples == 0 || lead.SampleCount == 0 ? NumberText.None : $"{NumberText.Count(samples)} ({NumberText.Percent((double)samples / lead.SampleCount)})";

        long Samples(SampleOrigin origin) => _record.Provenance.Where(span => span.Lead == number && span.Origin == origin).Sum(span => span.Span.Length);

        static string Value(float value) => value.ToString("0.###", CultureInfo.InvariantCulture).Replace('-', '−');
    }

    private void Provenance()
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
                NumberText.Count(group.Sum(span => span.Span.Length)),
                (group.Sum(span => span.Span.Length) / _record.Leads[group.Key.Lead].SamplingFrequencyHz).ToString("0.###", CultureInfo.InvariantCulture),
            }));
        More(groups.Length - MaximumProvenanceRows);
        _markup.Element("p", "Samples of which no line speaks are measured, or missing.", ("class", "explain"));
    }

    private void Annotations()
    {
        if (_record.Annotations.Count == 0)
            return;
        var groups = _record.Annotations
            .GroupBy(annotation => (annotation.Code, Aux: annotation.IsBeat ? "" : annotation.Aux.Trim('\0', ' ')))
            .OrderByDescending(group => group.Count())
            .ThenBy(group => group.Key.Code)
            .ThenBy(group => group.Key.Aux, StringComparer.Ordinal)
            .ToArray();
        Table(
            "Annotations",
            ["Symbol", "Text", "Count", "First at"],
            groups.Take(MaximumSymbols).Select(group => new[]
            {
                group.First().Symbol,
                group.Key.Aux.Length > 0 ? FigureText.Shorten(group.Key.Aux, 80) : NumberText.None,
                NumberText.Count(group.Count()),
                TimeText.Elapsed(group.First().Sample / _record.SamplingFrequencyHz),
            }));
        More(groups.Length - MaximumSymbols);
    }

    private void More(int rows)
    {
        if (rows > 0)
            _markup.Element("p", $"{NumberText.Count(rows)} more {(rows == 1 ? "kind" : "kinds")}.", ("class", "explain"));
    }

    private void Table(string title, string[] heads, IEnumerable<string[]> rows)
    {
        _markup.Element("h2", title);
        _markup.Start("div", ("class", "wide-table"));
        _markup.Start("table", ("class", "recording"));
        _markup.Start("thead");
        _markup.Start("tr");
        foreach (var head in heads)
            _markup.Element("th", head, ("scope", "col"));
        _markup.End();
        _markup.End();
        _markup.Start("tbody");
        foreach (var row in rows)
        {
            _markup.Start("tr");
            _markup.Element("th", row[0], ("scope", "row"));
            foreach (var cell in row.AsSpan(1))
                _markup.Element("td", cell);
            _markup.End();
        }

        _markup.End();
        _markup.End();
        _markup.End();
    }

    private void Footer()
    {
        _markup.Start("footer");
        _markup.Element("p", "Not for diagnosis. A recovered sample is an estimate, never a measurement.", ("class", "warning"));
        _markup.Element("p", $"Written by EcgRecovery {_options.ToolVersion}. This page loads nothing and runs no script.");
        _markup.End();
    }
}
