using System.Xml.Linq;
using EcgRecovery.Beats;
using EcgRecovery.Evaluation.Beats;
using EcgRecovery.Records;
using EcgRecovery.Reporting.Drawing;
using EcgRecovery.Reporting.Figures;

namespace EcgRecovery.Reporting.Tests.Figures;

public class BeatFigureTests
{
    private static readonly BeatTrace Beat = SyntheticResults.Beat(13359, 132);
    private static readonly BeatPanelLayout Layout = BeatFigure.Layout;

    // The beat has 158 samples of signal, the gap ends at 137: drawn to the next multiple of 12 samples, 0.1 s.
    private const int Shown = 168;

    [Fact]
    public void The_title_names_the_method_and_its_RMSE()
    {
        var svg = Draw(Beat with { Methods = [new("linear", Beat.Original, 0.12345, 0.25, 0.3)] });
        Assert.Equal("linear: RMSE 0.1235", svg.Texts().First());
        Assert.Contains("in the gap 0.2500 · row 13359 · class N", svg.Texts());
        Assert.Contains("record 208 at sample 436,179 (N)", svg.Texts());
    }

    [Fact]
    public void Original_is_solid_green_masked_input_dashed_red_recovered_solid_blue()
    {
        var svg = Draw(Beat);
        var (original, masked, recovered) = (Trace(svg, "original"), Trace(svg, "masked"), Trace(svg, "recovered"));
        Assert.Equal("#58c074", (string?)original.Attribute("stroke"));
        Assert.Null(original.Attribute("stroke-dasharray"));
        Assert.Equal("#dc2431", (string?)masked.Attribute("stroke"));
        Assert.Equal("5 6", (string?)masked.Attribute("stroke-dasharray"));
        Assert.Equal("#1742c9", (string?)recovered.Attribute("stroke"));
        Assert.Null(recovered.Attribute("stroke-dasharray"));
        Assert.Equal(["original", "masked input", "recovered"], svg.Texts().TakeLast(3));
    }

    [Fact]
    public void Each_trace_is_thinner_than_the_one_below_it()
    {
        var paths = Draw(Beat).Elements("path", null).ToList();
        Assert.Equal(["original", "masked", "recovered"], paths.Select(path => (string?)path.Attribute("class")));
        Assert.True(paths[0].Number("stroke-width") > paths[1].Number("stroke-width"));
        Assert.True(paths[1].Number("stroke-width") > paths[2].Number("stroke-width"));
    }

    [Fact]
    public void Samples_lie_at_their_values_on_the_axes()
    {
        var points = Trace(Draw(Beat), "original").Points();
        Assert.Equal(Shown, points.Count);

        // 168 samples share 362 pixels from x = 50, each in the middle of its place; −0.04…1.1 lies between y = 272 and y = 92.
        Assert.Equal(50 + (362 * 100.5 / Shown), points[100].X, 0.05);
        Assert.Equal(272 - (180 * (Beat.Original[100] + 0.04) / 1.14), points[100].Y, 0.05);
        Assert.Equal(272 - (180 * (Beat.Original[132] + 0.04) / 1.14), points[132].Y, 0.05);
    }

    [Fact]
    public void The_masked_input_is_zero_in_the_gap_as_the_original_drew_it_and_the_beat_elsewhere()
    {
        var svg = Draw(Beat);
        var (original, masked) = (Trace(svg, "original").Points(), Trace(svg, "masked").Points());
        var zero = 272 - (180 * 0.04 / 1.14);
        for (var sample = 0; sample < Shown; sample++)
            Assert.Equal(SyntheticResults.Gap.Contains(sample) ? zero : original[sample].Y, masked[sample].Y, 0.05);
    }

    [Fact]
    public void A_sample_that_was_missing_from_the_start_is_not_drawn_in_the_original_and_zero_in_the_masked_input()
    {
        var broken = (float[])Beat.Original.Clone();
        broken[50] = float.NaN;
        var svg = Draw(Beat with { Original = broken });
        Assert.Equal(Shown - 1, Trace(svg, "original").Points().Count);
        Assert.Equal(272 - (180 * 0.04 / 1.14), Trace(svg, "masked").Points()[50].Y, 0.05);
    }

    [Fact]
    public void The_gap_is_shaded_over_the_samples_that_it_removes()
    {
        var shade = Assert.Single(Draw(Beat).Elements("rect", "gap"));
        Assert.Equal(50 + (362 * 100.0 / Shown), shade.Number("x"), 0.05);
        Assert.Equal(362 * 37.0 / Shown, shade.Number("width"), 0.1);
    }

    [Fact]
    public void The_padding_is_marked_from_the_end_of_the_signal()
    {
        var svg = Draw(Beat);
        var padding = Assert.Single(svg.Elements("rect", "padding"));
        Assert.Equal(50 + (362.0 * Beat.RealLength / Shown), padding.Number("x"), 0.05);
        Assert.Equal(412, padding.Number("x") + padding.Number("width"), 0.1);
        Assert.Contains("padding", Draw(SyntheticResults.Beat(1, 90)).Texts());
    }

    [Theory]
    [InlineData(158, 137, 168)]
    [InlineData(40, 137, 144)]
    [InlineData(144, 137, 144)]
    [InlineData(145, 60, 156)]
    [InlineData(187, 137, 187)]
    [InlineData(0, 12, 12)]
    public void The_time_axis_ends_with_the_signal_and_the_gap_rounded_up_to_a_tenth_of_a_second(int realLength, int gapEnd, int shown) =>
        Assert.Equal(shown, BeatPanel.Shown(Beat with { RealLength = realLength, Gap = new SampleSpan(gapEnd - 10, gapEnd) }));

    [Fact]
    public void Vertical_lines_lie_at_every_fifth_of_a_second()
    {
        var upright = Draw(Beat).Elements("line", "grid")
            .Where(line => line.Number("x1") == line.Number("x2"))
            .Select(line => line.Number("x1"))
            .ToList();
        Assert.Equal(
            Enumerable.Range(1, 6).Select(box => 50 + (362 * ((24 * box) + 0.5) / Shown)), upright, (x, y) => Math.Abs(x - y) < 0.06);
    }

    [Fact]
    public void The_interval_is_a_band_behind_the_traces_over_the_gap_and_the_samples_beside_it()
    {
        var svg = Draw(Beat with { Methods = [WithInterval(0.1f)] });
        var shapes = svg.Elements("path", null).Select(path => (string?)path.Attribute("class")).ToList();
        Assert.Equal(["band", "original", "masked", "recovered"], shapes);
        var band = svg.Elements("path", "band").Single();
        Assert.Equal("#bccff9", (string?)band.Attribute("fill"));
        var (points, recovered) = (band.Points(), Trace(svg, "recovered").Points());

        // 39 samples, once along the upper and once back along the lower bounds.
        Assert.Equal(78, points.Count);
        Assert.Equal(recovered[99], points[0]);
        Assert.Equal(recovered[137], points[38]);
        Assert.Equal(recovered[120].X, points[21].X, 0.05);
        Assert.Equal(recovered[120].Y - (180 * 0.1 / 1.14), points[21].Y, 0.11);
        Assert.Equal(recovered[120].Y + (180 * 0.1 / 1.14), points[^22].Y, 0.11);
        Assert.Equal("95 % interval", svg.Texts().Last());
        Assert.Contains("95 % interval in light blue", svg.Elements("desc", null).Single().Value, StringComparison.Ordinal);
    }

    [Fact]
    public void A_wide_interval_is_cut_at_the_axes_and_a_method_without_one_has_no_entry_in_the_legend()
    {
        var svg = Draw(Beat with { Methods = [WithInterval(9)] });
        Assert.All(svg.Elements("path", "band").Single().Points(), point => Assert.InRange(point.Y, Layout.Top, Layout.Bottom));
        Assert.DoesNotContain("95 % interval", Draw(Beat).Texts());
    }

    [Fact]
    public void The_legend_stays_inside_the_figure()
    {
        var svg = Draw(Beat with { Methods = [WithInterval(0.1f)] });
        var last = svg.Elements("text", null).Last();
        Assert.True(svg.Elements("line", null).SkipLast(3).Last().Number("x1") >= 8);
        Assert.True(last.Number("x") + FigureText.Width(last.Value, last.Number("font-size")) <= 412.1);
    }

    [Fact]
    public void A_beat_without_padding_shows_none()
    {
        var svg = Draw(SyntheticResults.Beat(1, 180));
        Assert.Empty(svg.Elements("rect", "padding"));
        Assert.DoesNotContain("padding", svg.Texts());
    }

    [Theory]
    [InlineData(60, "the gap lies in the padding: no signal was lost")]
    [InlineData(90, "8 of the gap's 37 samples are signal")]
    public void A_gap_in_the_padding_has_a_note(int interval, string note) =>
        Assert.Contains(note, Draw(SyntheticResults.Beat(1, interval)).Texts());

    [Fact]
    public void An_estimate_far_outside_is_cut_with_a_note()
    {
        var wild = (float[])Beat.Original.Clone();
        (wild[110], wild[120]) = (7.25f, -3);
        var svg = Draw(Beat with { Methods = [new("cubic", wild, 1, 2, 2)] });
        var points = Trace(svg, "recovered").Points();
        Assert.All(points, point => Assert.InRange(point.Y, 92, 272));
        Assert.Contains("rises to 7.25", svg.Texts());
        Assert.Contains("falls to −3.00", svg.Texts());
    }

    [Fact]
    public void A_recovery_that_is_nowhere_finite_leaves_the_other_traces()
    {
        var nothing = new float[HeartbeatSet.BeatLength];
        nothing.AsSpan().Fill(float.NaN);
        var svg = Draw(Beat with { Methods = [new("broken", nothing, double.NaN, double.NaN, double.NaN)] });
        Assert.Empty(svg.Elements("path", "recovered"));
        Assert.Equal("broken: RMSE –", svg.Texts().First());
    }

    [Fact]
    public void Axes_are_marked_in_samples_in_seconds_at_120_Hz_and_in_amplitude()
    {
        var svg = Draw(Beat);
        foreach (var label in new[] { "0.0", "0.2", "1.0", "0", "100", "160", "0 s", "0.5 s", "1.0 s", "amplitude", "sample (120 Hz)" })
            Assert.Contains(label, svg.Texts());
        var second = svg.Elements("text", "muted").Single(text => text.Value == "1.0 s");
        Assert.Equal(Layout.Left + (362 * 120.5 / Shown), second.Number("x"), 0.05);
    }

    [Fact]
    public void It_has_a_description_for_readers_who_cannot_see_it()
    {
        var svg = Draw(Beat);
        Assert.Equal("img", (string?)svg.Attribute("role"));
        var ids = ((string)svg.Attribute("aria-labelledby")!).Split(' ');
        Assert.Equal(ids, svg.Elements().Take(2).Select(e => (string)e.Attribute("id")!));
        Assert.Contains("gap 100..137", svg.Elements("desc", null).Single().Value, StringComparison.Ordinal);
    }

    [Fact]
    public void A_small_figure_is_what_it_was()
    {
        var beat = new float[HeartbeatSet.BeatLength];
        for (var sample = 0; sample < 150; sample++)
            beat[sample] = sample % 50 / 50f;
        var trace = new BeatTrace(
            7,
            AamiClass.V,
            new HeartbeatSource("208", 4228, "V"),
            150,
            SyntheticResults.Gap,
            beat,
            [new("zeros", new float[187], 0.3464, 0.5, 0.5)]);
        Snapshot.Matches("beat-figure.svg", SvgFile.Document(BeatFigure.Draw("beat-7-zeros", trace, trace.Methods[0])));
    }

    /// <summary>Returns the beat itself as recovery, with bounds at a fixed distance in the gap.</summary>
    private static MethodTrace WithInterval(float width)
    {
        var (lower, upper) = ((float[])Beat.Original.Clone(), (float[])Beat.Original.Clone());
        for (var t = Beat.Gap.Start; t < Beat.Gap.End; t++)
            (lower[t], upper[t]) = (lower[t] - width, upper[t] + width);
        return new MethodTrace("bounded", Beat.Original, 0, 0, 0) { Lower = lower, Upper = upper };
    }

    private static XElement Draw(BeatTrace beat) => Markup.Parse(BeatFigure.Draw("beat", beat, beat.Methods[0]));

    private static XElement Trace(XElement svg, string name) => Assert.Single(svg.Elements("path", name));
}
