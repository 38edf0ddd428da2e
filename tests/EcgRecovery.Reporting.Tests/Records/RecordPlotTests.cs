using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using EcgRecovery.Records;
using EcgRecovery.Reporting.Records;

namespace EcgRecovery.Reporting.Tests.Records;

public class RecordPlotTests
{
    private static readonly RecordPlotOptions Options = new(0, 5, [0, 1, 2, 3], "0.0.0");

    [Fact]
    public void A_page_and_a_window_are_well_formed_load_nothing_and_are_the_same_bytes_twice()
    {
        foreach (var draw in new Func<string>[]
                 {
                     () => RecordPlot.Page(SyntheticRecord.Create(), Options), () => RecordPlot.Svg(SyntheticRecord.Create(), Options),
                 })
        {
            var document = draw();
            Markup.AssertLoadsNothing(document);
            Assert.Equal(document, draw());
        }
    }

    [Fact]
    public void The_policy_allows_the_pages_own_style_sheet_and_nothing_else()
    {
        var page = Page();
        var style = Assert.Single(page.Elements("style", null)).Value;
        var hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style)));
        var policy = page.Elements("meta", null).Single(meta => (string?)meta.Attribute("http-equiv") == "Content-Security-Policy");
        Assert.Equal(
            $"default-src 'none'; style-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'", (string?)policy.Attribute("content"));
    }

    [Fact]
    public void Every_picture_of_a_page_has_a_title_and_a_description_of_its_own()
    {
        var pictures = Page().Elements("svg", null).ToArray();
        Assert.Equal(3, pictures.Length); // overview, legend, one row
        Assert.All(pictures, picture => Assert.Equal("img", (string?)picture.Attribute("role")));
        var ids = pictures
            .SelectMany(picture => picture.Elements())
            .Select(element => (string?)element.Attribute("id"))
            .OfType<string>()
            .ToArray();
        Assert.Equal(6, ids.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(ids, pictures.SelectMany(picture => ((string)picture.Attribute("aria-labelledby")!).Split(' ')));
    }

    [Fact]
    public void A_window_of_the_whole_recording_needs_no_overview()
    {
        var page = Markup.Parse(RecordPlot.Page(SyntheticRecord.Create(), Options with { EndSeconds = 8 }));
        Assert.Equal(["legend", "row-1"], page.Elements("title", null).Skip(1).Select(title => Id(title)));

        static string Id(XElement title) => ((string)title.Attribute("id")!).Replace("-title", "", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "25 mm/s · 5 mm/mV (half gain: all leads on one sheet)")]
    [InlineData(10.0, "25 mm/s · 10 mm/mV · small")]
    public void The_gain_is_halved_where_leads_would_hide_each_other_unless_it_was_chosen(double? gain, string words)
    {
        var lead = SyntheticRecord.Create([.. Enumerable.Range(0, 1000).Select(t => t % 100 is 50 ? 1.9 : t % 100 is 52 ? -1.9 : 0)], 100);
        var record = new EcgRecord { Name = "tall", SamplingFrequencyHz = 100, Leads = [.. Enumerable.Repeat(lead.Leads[0], 12)] };
        var options = new RecordPlotOptions(0, 10, [.. Enumerable.Range(0, 12)], "0.0.0") { MillimetresPerMilliVolt = gain };
        Assert.Contains(words, RecordPlot.Svg(record, options), StringComparison.Ordinal);
    }

    [Fact]
    public void The_page_lists_the_facts_of_the_recording()
    {
        var page = Page();
        var facts = page.Elements("dt", null).Zip(page.Elements("dd", null), (name, value) => (name.Value, value.Value));
        Assert.Equal(
            [("Duration", "8 s (0:00:08)"), ("Start", "2026-03-01 23:59:58"), ("Leads", "6"), ("Annotations", "8")],
            facts);
        Assert.Equal("The file says that it has 7 leads; 6 are there.", page.Elements("aside", "notes").Single().Value.Trim());
        Assert.Contains(page.Elements("p", null), p => p.Value.StartsWith("Not for diagnosis.", StringComparison.Ordinal));
    }

    [Fact]
    public void The_tables_hold_leads_origins_and_annotations()
    {
        var tables = Page().Elements("table", "recording").Select(Rows).ToArray();
        Assert.Equal(
            [
                "II|128|1,024|mV|−0.3|1.15|32 (3.1 %)|48 (4.7 %)|576 (56.3 %)",
                "V5|128|1,024|mV|−3.43|−2.565|640 (62.5 %)|–|–",
                "ABP|64|512|mmHg|80|120|–|–|–",
                "resp|128|1,024|mV, not calibrated|0|4.5|–|–|–",
            ],
            tables[0]);
        Assert.Equal(
            ["II|recovered|locally-linear|0.1.0|95.0 %|1|48|0.375", "II|derived|resampling|0.1.0|–|1|576|4.5"],
            tables[1]);
        Assert.Equal(
            [
                "N|–|4|0:00:00.297",
                "V|–|1|0:00:01.898",
                "\"|the electrode of V5 came off, see the nurse's note|1|0:00:03.672",
                "+|atrial fibrillation|1|0:00:02.344",
                "+|normal sinus rhythm|1|0:00:00.078",
            ],
            tables[2]);
    }

    [Fact]
    public void The_bounds_of_a_lead_have_no_strips() =>
        Assert.Equal([0, 1, 2, 3], RecordPlot.DefaultLeads(SyntheticRecord.Create()));

    [Fact]
    public void Names_and_texts_of_the_file_cannot_become_markup()
    {
        var lead = new EcgLead
        {
            Name = "\"><img src=x>\u0001",
            Unit = "&<",
            SamplingFrequencyHz = 100,
            PhysicalValues = new MemorySamples<double>([1, 2]),
        };
        var record = new EcgRecord
        {
            Name = "<script>alert(1)</script>",
            SamplingFrequencyHz = 100,
            Leads = [lead],
            Annotations = [new Annotation(0, 22, Aux: "</svg><script>\0")],
            Remarks = ["<b>"],
        };
        Markup.AssertLoadsNothing(RecordPlot.Page(record, new RecordPlotOptions(0, 0.02, [0], "0.0.0")));
        Markup.AssertLoadsNothing(RecordPlot.Svg(record, new RecordPlotOptions(0, 0.02, [0], "0.0.0")));
    }

    [Fact]
    public void Windows_are_bounded_and_leads_exist()
    {
        var record = SyntheticRecord.Create();
        foreach (var wrong in new[]
                 {
                     Options with { EndSeconds = 0 }, Options with { EndSeconds = 301 }, Options with { EndSeconds = double.NaN },
                     Options with { StartSeconds = -1 }, Options with { Leads = [] }, Options with { Leads = [6] },
                     Options with { Leads = [-1] }, Options with { Leads = [.. Enumerable.Repeat(0, 2000)] },
                     Options with { MillimetresPerSecond = 0 }, Options with { MillimetresPerMilliVolt = double.NaN },
                     Options with { RowSeconds = 0.5 },
                 })
        {
            Assert.Throws<ArgumentException>(() => RecordPlot.Svg(record, wrong));
        }
    }

    [Fact]
    public void A_day_is_read_in_windows_and_its_overview_needs_little_memory()
    {
        const long day = 24L * 3600 * 1000;
        var lead = new EcgLead { Name = "I", SamplingFrequencyHz = 1000, AdcUnits = new Sawtooth(day / 4) };
        var record = new EcgRecord { Name = "day", SamplingFrequencyHz = 1000, Leads = [lead] };
        var before = GC.GetAllocatedBytesForCurrentThread();
        var shares = new List<double>();
        RecordPlot.Page(record, new RecordPlotOptions(0, 10, [0], "0.0.0"), new Collected(shares));
        Assert.Equal(1, shares[^1]);
        // 21.6 million samples are 86 MB: the page's text is allocated, many times over while it is built, but not the recording.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 40_000_000);
    }

    private static XElement Page() => Markup.Parse(RecordPlot.Page(SyntheticRecord.Create(), Options));

    private static string[] Rows(XElement table) =>
    [
        .. table.Elements("tr", null).Skip(1).Select(row => string.Join('|', row.Elements().Select(cell => cell.Value))),
    ];

    private sealed class Sawtooth(long count) : ISamples<int>
    {
        public long Count => count;

        public void Read(long start, Span<int> destination)
        {
            for (var t = 0; t < destination.Length; t++)
                destination[t] = (int)((start + t) % 200);
        }
    }

    private sealed class Collected(List<double> values) : IProgress<double>
    {
        public void Report(double value) => values.Add(value);
    }
}
