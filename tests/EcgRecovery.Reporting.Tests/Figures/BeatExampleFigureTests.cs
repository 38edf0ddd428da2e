using EcgRecovery.Evaluation.Beats;
using EcgRecovery.Reporting.Figures;

namespace EcgRecovery.Reporting.Tests.Figures;

public class BeatExampleFigureTests
{
    private static readonly RankedBeat Example = SyntheticResults.Examples().Beats[0];

    [Fact]
    public void The_title_has_the_rank_and_each_panel_its_method_and_error()
    {
        var svg = Markup.Parse(BeatExampleFigure.Draw("example", Example));
        var errors = Example.Beat.Methods.Select(method => $"{method.GapRmseRealSamples:0.0000}").ToList();
        Assert.Equal($"Best of 2,351: RMSE {errors[0]}", svg.Texts().First());
        string[] expected =
            ["autoencoder-masked", $"RMSE {errors[0]}", "locally-linear", $"RMSE {errors[1]}", FigureText.Origin(Example.Beat)];
        foreach (var text in expected)
            Assert.Contains(text, svg.Texts());
    }

    [Fact]
    public void Both_panels_have_the_same_axes_and_only_the_subject_has_its_interval()
    {
        var svg = Markup.Parse(BeatExampleFigure.Draw("example", Example));
        var originals = svg.Elements("path", "original").Select(path => path.Points()).ToList();
        Assert.Equal(2, originals.Count);
        for (var t = 0; t < originals[0].Count; t++)
        {
            Assert.Equal(originals[0][t].X, originals[1][t].X);
            Assert.Equal(originals[0][t].Y + 146, originals[1][t].Y, 0.11);
        }

        Assert.Single(svg.Elements("path", "band"));
        Assert.Equal(2, svg.Elements("rect", "gap").Count());
        Assert.Single(svg.Texts(), text => text == "0 s");
        Assert.Single(svg.Texts(), text => text == "100");
        Assert.Single(svg.Texts(), text => text == "95 % interval");
    }

    [Fact]
    public void Without_a_reference_method_there_is_one_panel()
    {
        var beat = Example.Beat with { Methods = [Example.Beat.Methods[0]] };
        var alone = new RankedBeat(ExampleRank.Worst, RowsRanked: 1, beat);
        var svg = Markup.Parse(BeatExampleFigure.Draw("example", alone));
        Assert.Single(svg.Elements("path", "recovered"));
        Assert.StartsWith("Worst of 1: RMSE ", svg.Texts().First(), StringComparison.Ordinal);
        Assert.Contains("100", svg.Texts());
    }
}
