using System.Xml.Linq;
using EcgRecovery.Records;
using EcgRecovery.Recovery;
using EcgRecovery.Reporting.Figures;

namespace EcgRecovery.Reporting.Tests.Figures;

public class EcgPaperSheetTests
{
    private static readonly EcgPaperScale Usual = new(25, 10);

    [Fact]
    public void The_drawing_is_what_it_was() =>
        Snapshot.Matches("ecg-paper.svg", Sheet(SyntheticRecord.Create(), 0, 5, rowSeconds: 2.5).Draw("0.0.0").Svg);

    [Fact]
    public void It_is_sized_in_millimetres_of_paper()
    {
        var svg = Markup.Parse(Sheet(SyntheticRecord.Create(), 0, 8).Draw("0.0.0"));
        var width = (string)svg.Attribute("width")!;
        Assert.EndsWith("mm", width, StringComparison.Ordinal);
        // Ten units of the drawing are a millimetre; labels 18 mm, pulse 10 mm, 8 s of 25 mm, and margins.
        Assert.Equal($"0 0 2390 {((string)svg.Attribute("viewBox")!).Split(' ')[3]}", (string)svg.Attribute("viewBox")!);
        Assert.Equal("239mm", width);
    }

    [Theory]
    [InlineData(25, 10, "25 mm/s · 10 mm/mV · small box 0.04 s × 0.1 mV, large box 0.2 s × 0.5 mV")]
    [InlineData(50, 20, "50 mm/s · 20 mm/mV · small box 0.02 s × 0.05 mV, large box 0.1 s × 0.25 mV")]
    [InlineData(12.5, 5, "12.5 mm/s · 5 mm/mV · small box 0.08 s × 0.2 mV, large box 0.4 s × 1 mV")]
    public void The_scale_is_written_in_words_and_kept_by_pulse_and_trace(double speed, double gain, string words)
    {
        // 0 mV, but 1 mV from 1 s to 1.2 s: the shape of the calibration pulse.
        var milliVolts = Enumerable.Range(0, 1000).Select(i => i is >= 500 and < 600 ? 1.0 : 0).ToArray();
        var svg = Markup.Parse(Sheet(SyntheticRecord.Create(milliVolts, 500), 0, 2, scale: new(speed, gain)).Draw("0.0.0"));
        Assert.Contains(svg.Texts(), text => text == $"{words} · pulse 1 mV × 0.2 s");
        var measured = svg.Elements("path", "ecg-measured").Select(path => path.Points()).ToArray();
        var (trace, pulse) = (measured[0], measured[1]);
        Assert.Equal(gain * 10, pulse[1].Y - pulse[2].Y, 0.11);
        Assert.Equal(0.2 * speed * 10, pulse[3].X - pulse[2].X, 0.11);
        Assert.Equal(gain * 10, trace[0].Y - trace.Min(point => point.Y), 0.11);
        var top = trace.Where(point => point.Y == trace.Min(p => p.Y)).ToList();
        Assert.Equal(0.2 * speed * 10, top.Max(point => point.X) - top.Min(point => point.X), 1.1); // a column is 0.1 mm
    }

    [Fact]
    public void Lines_of_the_grid_lie_a_millimetre_apart_and_every_fifth_is_strong()
    {
        var svg = Markup.Parse(Sheet(SyntheticRecord.Create([0, 0, 0, 0], 2), 0, 2).Draw("0.0.0"));
        var strong = Uprights(svg, "ecg-large-box");
        var all = strong.Concat(Uprights(svg, "ecg-small-box")).Order().ToArray();
        Assert.All(strong.Zip(strong.Skip(1)), pair => Assert.Equal(50, pair.Second - pair.First, 0.01));
        Assert.All(all.Zip(all.Skip(1)), pair => Assert.Equal(10, pair.Second - pair.First, 0.01));

        static double[] Uprights(XElement svg, string name) =>
        [
            .. ((string)svg.Elements("path", name).Single().Attribute("d")!).Split('M', StringSplitOptions.RemoveEmptyEntries)
                .Where(line => line.Contains('V', StringComparison.Ordinal))
                .Select(line => double.Parse(line.Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture)),
        ];
    }

    [Fact]
    public void Missing_samples_are_shaded_labelled_and_without_a_line()
    {
        var svg = Markup.Parse(Sheet(SyntheticRecord.Create(), 0, 5, leads: [0]).Draw("0.0.0"));
        var shade = Assert.Single(svg.Elements("rect", "ecg-missing"));
        // 0.25 s are 6.25 mm; the trace begins 33 mm from the left, 1.5 s later the shade, half a sample early.
        Assert.Equal(62.5, shade.Number("width"), 0.11);
        Assert.Equal(330 + (1.5 * 250) - (250 / 128.0 / 2), shade.Number("x"), 0.11);
        var runs = Runs(svg.Elements("path", "ecg-measured").First());
        Assert.DoesNotContain(runs, run => run[0].X < shade.Number("x") + 5 && run[^1].X > shade.Number("x") + 5);
        Assert.Contains("missing", svg.Texts());
    }

    [Fact]
    public void Recovered_samples_are_blue_on_their_interval_and_joined_to_their_neighbours()
    {
        var svg = Markup.Parse(Sheet(SyntheticRecord.Create(), 0, 5, leads: [0]).Draw("0.0.0"));
        var recovered = Assert.Single(svg.Elements("path", "ecg-recovered")).Points();
        Assert.Equal(48 + 2, recovered.Count);
        Assert.Equal(330 + (319 / 128.0 * 250), recovered[0].X, 0.11);
        Assert.Equal(330 + (368 / 128.0 * 250), recovered[^1].X, 0.11);
        var band = Assert.Single(svg.Elements("path", "ecg-interval")).Points();
        Assert.Equal(2 * 48, band.Count);
        // 0.2 mV above and below: 4 mm.
        Assert.Equal(40, band[^1].Y - band[0].Y, 0.21);
        Assert.Contains("recovered", svg.Texts());
        Assert.Contains("95 % interval", svg.Texts());
        Assert.Contains("recovered: an estimate", svg.Texts());
        Assert.Single(svg.Elements("line", "ecg-derived"), line => line.Number("x2") - line.Number("x1") > 100);
    }

    [Fact]
    public void A_lead_far_from_zero_has_its_strip_at_its_signal_with_the_level_named()
    {
        var sheet = Sheet(SyntheticRecord.Create(), 0, 3, leads: [1]);
        Assert.Equal(4, sheet.Rows[0].Strips[0].Layout.Boxes);
        var svg = Markup.Parse(sheet.Draw("0.0.0"));
        Assert.Contains("−3 mV", svg.Texts());
        Assert.DoesNotContain(svg.Texts(), text => text.StartsWith("cut off", StringComparison.Ordinal));
    }

    [Fact]
    public void A_strip_grows_with_its_signal_up_to_a_bound_and_notes_what_it_cuts_off()
    {
        Assert.Equal(4, Strip(0, 0.1).Layout.Boxes);
        Assert.Equal(7, Strip(-1, 2.5).Layout.Boxes);
        Assert.Equal(16, Strip(0, 0, 0, 0, 0, 12.5, -9).Layout.Boxes);
        var svg = Markup.Parse(Sheet(SyntheticRecord.Create([0, 0, 0, 0, 0, 12.5, -9], 1), 0, 7).Draw("0.0.0"));
        Assert.Contains("cut off: rises to 12.5 mV", svg.Texts());
        Assert.Contains("cut off: falls to −9 mV", svg.Texts());
        var trace = svg.Elements("path", "ecg-measured").First().Points();
        Assert.Equal(800, trace.Max(point => point.Y) - trace.Min(point => point.Y), 0.11);

        static EcgPaperStrip Strip(params double[] milliVolts) =>
            Sheet(SyntheticRecord.Create(milliVolts, 1), 0, milliVolts.Length).Rows[0].Strips[0];
    }

    [Fact]
    public void A_lead_that_is_no_calibrated_voltage_has_its_own_scale_and_no_pulse()
    {
        var sheet = Sheet(SyntheticRecord.Create(), 0, 5, leads: [2, 3]);
        // 80 to 120 mmHg on about four boxes; 0 to 4.5 mV by the default gain.
        Assert.Equal([10, 2], sheet.Rows[0].Strips.Select(strip => strip.Lead.UnitsPerBox));
        var svg = Markup.Parse(sheet.Draw("0.0.0"));
        foreach (var text in new[] { "own scale:", "box 10 mmHg", "not calibrated", "box 2 mV" })
            Assert.Contains(text, svg.Texts());
        Assert.Equal(2, svg.Elements("path", "ecg-measured").Count());
        // No lead has the paper's gain.
        const string Words = "25 mm/s · small box 0.04 s, large box 0.2 s · each lead on its own scale";
        Assert.Equal((Words, ""), (sheet.ScaleWords, sheet.PulseWords("pulse")));
        Assert.Contains(Words, svg.Texts());
        Assert.Equal(" · pulse 1 mV × 0.2 s", Sheet(SyntheticRecord.Create(), 0, 5, leads: [0, 2]).PulseWords("pulse"));
    }

    [Theory]
    [InlineData(float.MaxValue, -float.MaxValue)]
    [InlineData(1e30, 1e30)]
    [InlineData(float.Epsilon, 0)]
    [InlineData(double.NaN, double.NaN)]
    [InlineData(double.MaxValue, 0)]
    public void No_value_breaks_the_drawing(double first, double second)
    {
        foreach (var calibrated in new[] { true, false })
        {
            var record = new EcgRecord
            {
                Name = "",
                SamplingFrequencyHz = 1,
                Leads =
                [
                    new EcgLead
                    {
                        Name = "",
                        Unit = calibrated ? "mV" : "",
                        SamplingFrequencyHz = 1,
                        PhysicalValues = new MemorySamples<double>([first, second, first]),
                    },
                ],
            };
            Markup.AssertLoadsNothing(Sheet(record, 0, 3).Draw("0.0.0").Svg);
        }
    }

    [Theory]
    [InlineData(1e16)]
    [InlineData(1e300)]
    public void A_time_beyond_all_clocks_does_not_break_the_drawing(double start) =>
        Markup.AssertLoadsNothing(Sheet(SyntheticRecord.Create([0, 1], 1e-16), start, start + 10).Draw("0.0.0").Svg);

    [Fact]
    public void A_name_that_is_too_long_keeps_its_end()
    {
        Assert.Equal("record night, signal 0", FigureText.WithoutMiddle("record night, signal 0", 22));
        Assert.Equal("recor…l 0", FigureText.WithoutMiddle("record night, signal 0", 9));
        Assert.Equal("reco…", FigureText.WithoutMiddle("record night, signal 0", 5));
    }

    [Fact]
    public void A_long_window_is_broken_into_rows_and_none_is_empty()
    {
        var record = SyntheticRecord.Create(25);
        Assert.Equal([(0.0, 10.0), (10, 10), (20, 5)], Sheet(record, 0, 25).Rows.Select(row => (row.StartSeconds, row.Seconds)));
        Assert.Equal(2, Sheet(record, 0, 20.000001).Rows.Count);
        Assert.Equal("0:00:10 to 0:00:20 · clock 00:00:08 to 00:00:18", Sheet(record, 0, 25).Rows[1].When);
    }

    [Fact]
    public void Beats_are_symbols_above_the_trace_and_rhythms_and_notes_are_text()
    {
        var svg = Markup.Parse(Sheet(SyntheticRecord.Create(), 0, 5).Draw("0.0.0"));
        Assert.Equal(["N", "N", "V", "N", "N"], svg.Texts().Where(text => text is "N" or "V"));
        var beat = svg.Elements("text", "ecg-text").Single(text => text.Value == "V");
        Assert.Equal(330 + (243 / 128.0 * 250), beat.Number("x"), 0.11);
        Assert.Contains("atrial fibrillation", svg.Texts());
        Assert.Contains("the electrode of V5 came off, s…", svg.Texts());
        var later = Markup.Parse(Sheet(SyntheticRecord.Create(), 3, 5).Draw("0.0.0"));
        Assert.Contains("rhythm: atrial fibrillation", later.Texts());
    }

    [Fact]
    public void Beats_are_written_first_and_the_limits_of_waves_where_they_leave_room()
    {
        // A tenth of a second is 2.5 mm: no room for a bracket, a beat and a bracket.
        var record = new EcgRecord
        {
            Name = "waves",
            SamplingFrequencyHz = 100,
            Leads = [SyntheticRecord.Lead("I", new int[1000], 100)],
            Annotations = [.. Enumerable.Range(1, 9).SelectMany(i => Wave(100 * i))],
        };
        var written = Markup.Parse(Sheet(record, 0, 10).Draw("0.0.0")).Texts().ToArray();
        Assert.Equal(9, written.Count(text => text == "N"));
        Assert.Equal(9, written.Count(text => text == "t"));
        Assert.Contains("18 annotations stand too close to be written", written);

        static Annotation[] Wave(int at) => [new(at - 5, 39), new(at, 1), new(at + 5, 40), new(at + 30, 27)];
    }

    [Fact]
    public void Clipped_samples_are_shaded_and_R_peaks_of_recovered_ones_are_marked()
    {
        var marks = new EcgPaperMarks
        {
            Clipped = [new LeadSpan(0, new SampleSpan(64, 96)), new LeadSpan(1, new SampleSpan(0, 9))],
            RPeaks = new[] { new RecoveredRPeak(345, 0.012), new RecoveredRPeak(2000, null) }.ToLookup(_ => 0),
        };
        var svg = Markup.Parse(EcgPaperSheet.Read(SyntheticRecord.Create(), [0], 0, 5, 10, Usual, marks).Draw("0.0.0"));
        var shade = Assert.Single(svg.Elements("rect", "ecg-clipped"));
        Assert.Equal(330 + (63.5 / 128 * 250), shade.Number("x"), 0.11);
        Assert.Equal(62.5, shade.Number("width"), 0.11);
        foreach (var text in new[] { "clipped", "R ± 12 ms", "▼ R peak, recovered" })
            Assert.Contains(text, svg.Texts());
        var triangle = Assert.Single(svg.Elements("path", "ecg-recovered-text")).Points();
        Assert.Equal(330 + (345 / 128.0 * 250), triangle[0].X, 0.11);
        var peak = svg.Elements("path", "ecg-recovered").Single().Points().Min(point => point.Y);
        Assert.Equal(8, peak - triangle[0].Y, 0.11);
    }

    [Fact]
    public void Derived_samples_have_a_pen_of_their_own()
    {
        var svg = Markup.Parse(Sheet(SyntheticRecord.Create(), 0, 5, leads: [0]).Draw("0.0.0"));
        var derived = Assert.Single(svg.Elements("path", "ecg-derived-trace")).Points();
        Assert.Equal(330 + (447 / 128.0 * 250), derived[0].X, 0.11);
        Assert.Contains("derived", svg.Texts());
    }

    [Fact]
    public void Annotations_too_close_to_each_other_are_counted_instead_of_written()
    {
        var record = new EcgRecord
        {
            Name = "dense",
            SamplingFrequencyHz = 100,
            Leads = [SyntheticRecord.Lead("I", new int[1000], 100)],
            Annotations = [.. Enumerable.Range(0, 1000).Select(sample => new Annotation(sample, 1))],
        };
        var svg = Markup.Parse(Sheet(record, 0, 10).Draw("0.0.0"));
        var written = svg.Texts().Count(text => text == "N");
        Assert.InRange(written, 80, 250);
        Assert.Contains($"{1000 - written:N0} annotations stand too close to be written", svg.Texts());
    }

    [Fact]
    public void The_description_lists_leads_values_and_origins()
    {
        var svg = Markup.Parse(Sheet(SyntheticRecord.Create(), 0, 5, leads: [0, 2]).Draw("0.0.0"));
        var description = svg.Elements("desc", null).Single().Value;
        Assert.Equal(
            "An electrocardiogram on ECG paper, 25 mm/s · 10 mm/mV · small box 0.04 s × 0.1 mV, large box 0.2 s × 0.5 mV. "
            + "0:00:00 to 0:00:05 · clock 23:59:58 to 00:00:03. II: −0.3 mV to 1.15 mV, 0.25 s missing, 0.375 s recovered, 1.5 s derived. "
            + "ABP: 80 mmHg to 120 mmHg.",
            description);
    }

    [Fact]
    public void A_known_rhythm_is_named_and_an_unknown_one_stays_as_it_is()
    {
        Assert.Equal("ventricular tachycardia", RhythmText.Of(new Annotation(0, 28, Aux: "(VT\0")));
        Assert.Equal("(XYZ", RhythmText.Of(new Annotation(0, 28, Aux: "(XYZ")));
        Assert.Equal("(VT", RhythmText.Of(new Annotation(0, 22, Aux: "(VT")));
        Assert.Equal("", RhythmText.Of(default));
    }

    private static List<List<(double X, double Y)>> Runs(XElement path) =>
    [
        .. ((string)path.Attribute("d")!).Split('M', StringSplitOptions.RemoveEmptyEntries)
            .Select(run => new XElement("path", new XAttribute("d", "M" + run)).Points()),
    ];

    private static EcgPaperSheet Sheet(
        EcgRecord record, double start, double end, double rowSeconds = 10, EcgPaperScale? scale = null, int[]? leads = null) =>
        EcgPaperSheet.Read(
            record, leads ?? [.. Enumerable.Range(0, Math.Min(4, record.Leads.Count))], start, end, rowSeconds, scale ?? Usual);
}
