using System.Xml.Linq;
using EcgRecovery.Evaluation.Beats;
using EcgRecovery.Records;
using EcgRecovery.Reporting.Drawing;
using EcgRecovery.Reporting.Figures;

namespace EcgRecovery.Reporting.Tests.Figures;

public class BeatFigureTests
{
    private static readonly BeatTrace Beat = SyntheticResults.Beat(13359, 132);
    private static readonly BeatPanelLayout Layout = BeatFigure.Layout;

    [Fact]
    public void The_title_names_the_method_and_its_RMSE()
    {
        var svg = Draw(Beat with { Methods = [new("linear", Beat.Original, 0.12345, 0.25)] });
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
    public void Samples_stand_where_the_axes_say()
    {
        var points = Trace(Draw(Beat), "original").Points();
        Assert.Equal(HeartbeatSet.BeatLength, points.Count);

        // 187 samples share 362 pixels from x = 50, each in the middle of its place; −0.04…1.1 lies between y = 272 and y = 92.
        Assert.Equal(50 + (362 * 100.5 / 187), points[100].X, 0.05);
        Assert.Equal(272 - (180 * (Beat.Original[100] + 0.04) / 1.14), points[100].Y, 0.05);
        Assert.Equal(272 - (180 * (Beat.Original[132] + 0.04) / 1.14), points[132].Y, 0.05);
    }

    [Fact]
    public void The_masked_input_is_zero_in_the_gap_as_the_original_drew_it_and_the_beat_elsewhere()
    {
        var svg = Draw(Beat);
        var (original, masked) = (Trace(svg, "original").Points(), Trace(svg, "masked").Points());
        var zero = 272 - (180 * 0.04 / 1.14);
        for (var sample = 0; sample < HeartbeatSet.BeatLength; sample++)
            Assert.Equal(SyntheticResults.Gap.Contains(sample) ? zero : original[sample].Y, masked[sample].Y, 0.05);
    }

    [Fact]
    public void A_sample_that_was_missing_from_the_start_is_not_drawn_in_the_original_and_zero_in_the_masked_input()
    {
        var broken = (float[])Beat.Original.Clone();
        broken[50] = float.NaN;
        var svg = Draw(Beat with { Original = broken });
        Assert.Equal(HeartbeatSet.BeatLength - 1, Trace(svg, "original").Points().Count);
        Assert.Equal(272 - (180 * 0.04 / 1.14), Trace(svg, "masked").Points()[50].Y, 0.05);
    }

    [Fact]
    public void The_gap_is_shaded_over_the_samples_that_it_removes()
    {
        var shade = Assert.Single(Draw(Beat).Elements("rect", "gap"));
        Assert.Equal(50 + (362 * 100 / 187.0), shade.Number("x"), 0.05);
        Assert.Equal(362 * 37 / 187.0, shade.Number("width"), 0.1);
    }

    [Fact]
    public void The_padding_is_marked_from_the_end_of_the_signal()
    {
        var svg = Draw(Beat);
        var padding = Assert.Single(svg.Elements("rect", "padding"));
        Assert.Equal(50 + (362 * Beat.RealLength / 187.0), padding.Number("x"), 0.05);
        Assert.Equal(412, padding.Number("x") + padding.Number("width"), 0.1);
        Assert.Contains("padding", svg.Texts());
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
    public void A_gap_in_the_padding_is_said_so(int interval, string note) =>
        Assert.Contains(note, Draw(SyntheticResults.Beat(1, interval)).Texts());

    [Fact]
    public void An_estimate_far_outside_is_cut_and_said_so()
    {
        var wild = (float[])Beat.Original.Clone();
        (wild[110], wild[120]) = (7.25f, -3);
        var svg = Draw(Beat with { Methods = [new("cubic", wild, 1, 2)] });
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
        var svg = Draw(Beat with { Methods = [new("broken", nothing, double.NaN, double.NaN)] });
        Assert.Empty(svg.Elements("path", "recovered"));
        Assert.Equal("broken: RMSE –", svg.Texts().First());
    }

    [Fact]
    public void Axes_are_marked_in_samples_in_seconds_at_120_Hz_and_in_amplitude()
    {
        var svg = Draw(Beat);
        foreach (var label in new[] { "0.0", "0.2", "1.0", "0", "100", "180", "0 s", "0.5 s", "1.5 s", "amplitude", "sample (120 Hz)" })
            Assert.Contains(label, svg.Texts());
        var second = svg.Elements("text", "muted").Single(text => text.Value == "1.0 s");
        Assert.Equal(Layout.Left + (362 * 120.5 / 187), second.Number("x"), 0.05);
    }

    [Fact]
    public void It_speaks_to_a_reader_who_cannot_see_it()
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
        var trace = new BeatTrace(7, AamiClass.V, new HeartbeatSource("208", 4228, "V"), 150, SyntheticResults.Gap, beat, [new("zeros", new float[187], 0.3464, 0.5)]);
        Snapshot.Matches("beat-figure.svg", SvgFile.Document(BeatFigure.Draw("beat-7-zeros", trace, new Gap(100, 137), trace.Methods[0])));
    }

    private static XElement Draw(BeatTrace beat) => Markup.Parse(BeatFigure.Draw("beat", beat, SyntheticResults.Gap, beat.Methods[0]));

    private static XElement Trace(XElement svg, string name) => Assert.Single(svg.Elements("path", name));
}
