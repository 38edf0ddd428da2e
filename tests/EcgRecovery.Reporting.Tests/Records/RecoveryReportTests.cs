using System.Xml.Linq;
using EcgRecovery.Records;
using EcgRecovery.Recovery;
using EcgRecovery.Reporting.Records;

namespace EcgRecovery.Reporting.Tests.Records;

public class RecoveryReportTests
{
    [Fact]
    public void A_report_is_well_formed_loads_nothing_and_is_the_same_bytes_twice()
    {
        var page = Page();
        Markup.AssertLoadsNothing(page);
        Assert.Equal(page, Page());
        var ids = Markup.Parse(page).Descendants().Select(element => (string?)element.Attribute("id")).OfType<string>().ToArray();
        Assert.Equal(ids.Distinct(StringComparer.Ordinal), ids);

        static string Page() => RecoveryReport.Page(Content());
    }

    [Fact]
    public void The_first_line_is_what_happened()
    {
        Assert.Equal(
            "1 of 3 gaps recovered, 2 left missing; the 95 % intervals are 0.4 mV wide in the mean; least certain: II at 0:00:02.5.",
            Headline(Content()));
        var record = SyntheticRecord.Create();
        Assert.Equal("There was no gap to recover.", Headline(new(new RecoveredRecord(record, []), "similar", "0.0.0")));
        Assert.Equal(
            "2 of 2 gaps recovered (1 exactly, from other leads); how sure the samples are is not known.",
            Headline(new(
                new RecoveredRecord(
                    record,
                    [[new(new(0, 9), "linear")], [new(new(0, 9), "other-leads") { Origin = SampleOrigin.Derived }]]),
                "similar",
                "0.0.0")));

        static string Headline(RecoveryReportContent content) =>
            Markup.Parse(RecoveryReport.Page(content)).Elements("p", "headline").Single().Value;
    }

    [Fact]
    public void Gaps_left_missing_come_first_with_their_reasons_and_every_gap_is_drawn_with_what_is_beside_it()
    {
        var page = Markup.Parse(RecoveryReport.Page(Content()));
        Assert.Equal(
            ["V5 at 0:00:03 · 5 s", "II at 0:00:01.5 · 0.25 s", "II at 0:00:02.5 · 0.375 s"],
            page.Elements("h3", null).Select(heading => heading.Value));
        Assert.Equal(
            [
                "left missing · longer than 2 s",
                "left missing · noise beside it",
                "recovered by similar · interval 0.4 mV wide in the mean, 27.6 % of the lead's height · 1 R peak (± 12 ms)",
            ],
            page.Elements("div", "ecg-gap").Select(gap => gap.Elements().Last().Value));
        string[] legend =
            ["measured", "recovered: an estimate", "95 % interval", "derived", "missing", "left as it was", "▼ R peak, recovered"];
        Assert.Equal(legend.Order(), page.Elements("svg", null).First().Texts().Order());
        var drawing = page.Elements("svg", null).Last();
        foreach (var name in new[] { "ecg-measured", "ecg-recovered", "ecg-interval", "ecg-recovered-text" })
            Assert.NotEmpty(drawing.Elements("path", name));
        Assert.Contains("R ± 12 ms", drawing.Texts());
        Assert.Single(drawing.Elements("path", "ecg-window-edge")); // the gap that the caption describes
        Assert.Equal([1, 1, 0], page.Elements("div", "ecg-gap").Select(gap => gap.Elements("rect", "ecg-left").Count()));
        // V5 survives there, and II is missing where V5 does not.
        Assert.Contains("V5", drawing.Texts());
    }

    [Fact]
    public void Of_recovered_gaps_the_one_with_the_widest_interval_for_its_lead_comes_first()
    {
        // V5 is 0.6 times as high as II.
        var content = Content() with
        {
            Recovered = new RecoveredRecord(
                SyntheticRecord.Create(),
                [[Recovered(320, 368, 0.4), Recovered(0, 9, 0.2)], [Recovered(10, 20, 0.3), Recovered(30, 40, null)]]),
        };
        var page = Markup.Parse(RecoveryReport.Page(content));
        Assert.Equal(
            ["V5 at 0:00:00.078", "II at 0:00:02.5", "II at 0:00:00", "V5 at 0:00:00.234"],
            page.Elements("h3", null).Select(heading => heading.Value.Split(" · ")[0]));

        static RecoveredGap Recovered(long start, long end, double? width) =>
            new(new SampleSpan(start, end), "similar") { IntervalWidth = width };
    }

    [Fact]
    public void All_gaps_are_in_a_table_and_further_tables_follow()
    {
        var content = Content() with
        {
            Tables = [new RecoveryReportTable("Self-test", "Hidden gaps.", ["Length", "RMSE"], [["0.3 s", "0.05 mV"]])],
        };
        var page = Markup.Parse(RecoveryReport.Page(content));
        var tables = page.Elements("table", "recording").Select(Rows).ToArray();
        Assert.Equal(
            [
                "II|0:00:01.5|0.25 s|192..224|left missing|–|–|–|–|noise beside it",
                "II|0:00:02.5|0.375 s|320..368|recovered|similar|0.4 mV|27.6 %|1|–",
                "V5|0:00:03|5 s|384..1024|left missing|–|–|–|–|longer than 2 s",
            ],
            tables[0]);
        Assert.Equal(["0.3 s|0.05 mV"], tables[1]);
        Assert.Contains("Self-test", page.Elements("h2", null).Select(heading => heading.Value));
    }

    [Fact]
    public void A_day_with_thousands_of_gaps_has_a_page_of_bounded_size()
    {
        const int gaps = 4000;
        const double frequency = 20;
        var lead = SyntheticRecord.Create(new double[(int)(gaps * 20 * frequency)], frequency).Leads[0];
        var record = new EcgRecord { Name = "day", SamplingFrequencyHz = frequency, Leads = [lead] };
        var outcome = Enumerable.Range(0, gaps)
            .Select(i => (Span: new SampleSpan(400 * i, (400 * i) + 20), IsLeft: i % 2 == 1))
            .Select(gap => new RecoveredGap(gap.Span, gap.IsLeft ? null : "similar", gap.IsLeft ? "noise" : ""))
            .ToArray();
        var page = RecoveryReport.Page(new(new RecoveredRecord(record, [outcome]), "similar", "0.0.0"));
        Assert.InRange(page.Length, 0, 10_000_000);
        var markup = Markup.Parse(page);
        Assert.Equal(RecoveryReport.MaximumFigures, markup.Elements("div", "ecg-gap").Count());
        Assert.Equal(RecoveryReport.MaximumRows, Rows(markup.Elements("table", "recording").Single()).Length);
        var notes = markup.Elements("p", "explain").Select(note => note.Value).ToArray();
        Assert.Contains("Longest first; the reason is below each. The first 25 are drawn; the table below has more.", notes);
        Assert.Contains("3,000 more gaps are not listed; the output marks all that are recovered.", notes);
    }

    [Fact]
    public void A_gap_longer_than_half_a_minute_is_drawn_by_its_beginning()
    {
        var record = SyntheticRecord.Create(60);
        var gap = new RecoveredGap(new SampleSpan(640, 640 + (40 * 128)), "other-leads");
        var page = Markup.Parse(RecoveryReport.Page(new(new RecoveredRecord(record, [[gap]]), "similar", "0.0.0")));
        Assert.Equal(3, page.Elements("div", "ecg-row").Count());
        var caption = page.Elements("div", "ecg-gap").Single().Elements().Last().Value;
        Assert.Equal("recovered by other-leads · only its beginning is drawn", caption);
    }

    /// <summary>Of lead II one gap left and one recovered, of lead V5 all from 3 s on left.</summary>
    private static RecoveryReportContent Content() => new(
        new RecoveredRecord(
            SyntheticRecord.Create(),
            [
                [
                    new RecoveredGap(new SampleSpan(192, 224), null, "noise beside it"),
                    new RecoveredGap(new SampleSpan(320, 368), "similar") { IntervalWidth = 0.4, RPeaks = [new(345, 0.012)] },
                ],
                [new RecoveredGap(new SampleSpan(384, 1024), null, "longer than 2 s")],
            ]),
        "similar",
        "0.0.0");

    private static string[] Rows(XElement table) =>
    [
        .. table.Elements("tr", null).Skip(1).Select(row => string.Join('|', row.Elements().Select(cell => cell.Value))),
    ];
}
