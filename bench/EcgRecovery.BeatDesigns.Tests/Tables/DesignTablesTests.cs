using EcgRecovery.BeatDesigns.Designs;
using EcgRecovery.BeatDesigns.Scores;
using EcgRecovery.BeatDesigns.Tables;
using EcgRecovery.BeatDesigns.Tests.Scores;
using EcgRecovery.Benchmarks.Tables;

namespace EcgRecovery.BeatDesigns.Tests.Tables;

public class DesignTablesTests
{
    [Fact]
    public void A_row_tells_figures_and_how_they_stand_against_locally_linear()
    {
        var table = Blocks()["designs"].Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(6, table.Length);
        Assert.Equal("| ref `method=locally-linear` | – | – | 0.0200 / 0.0200 | 0.0400 / 0.0400 | 0.0400 | 0.0400 | 0.0400 | 0.0400 | 0.0200 | – | – | 0.40 / 0.40 |", table[2]);
        Assert.Equal("| base, the base | 34,945 | 1 | 0.0190 / 0.0190 | 0.0380 / 0.0380 | 0.0380 | 0.0380 | 0.0380 | 0.0380 | 0.0190 | −5.0 % | −5.0 % | 0.40 / 0.40 |", table[3]);
        Assert.StartsWith("| base-s2 `seed=2` | 34,945 | 2 |", table[4]);
        Assert.Contains("| +5.0 % |", table[4]);
    }

    [Fact]
    public void Starred_lines_are_shown_by_patient()
    {
        Assert.Equal(
            """
            | 100..137: whole beat, real samples | 109 | 116 | 119 | 209 | 223 |
            | --- | ---: | ---: | ---: | ---: | ---: |
            | ref | 0.0200, 0.0200 | 0.0100, 0.0100 | –, – | –, – | –, – |
            | base | 0.0190, 0.0190 | 0.0095, 0.0095 | –, – | –, – | –, – |

            """,
            Blocks()["designs by patient"]);
    }

    [Fact]
    public void What_a_seed_moves_is_told_where_there_are_two()
    {
        var table = Blocks()["designs by seed"].Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("| base | 2 | 0.0190 … 0.0210 | 0.0380 … 0.0420 | 0.0190 … 0.0210 |", Assert.Single(table.Skip(2)));
    }

    [Fact]
    public void The_page_has_a_place_for_every_table()
    {
        var document = File.ReadAllText(Path.Combine(CommonOptions.Checkout, "docs", "beat-model.md"));
        foreach (var (name, contents) in Blocks())
            document = MarkedDocument.Replace(document, name, contents);
        Assert.Contains("base-s2", document);
        Assert.Contains("(images/beat-designs.svg)", document);
    }

    [Fact]
    public void The_figure_draws_a_line_a_design_and_names_it()
    {
        var figure = DesignCurvesFigure.Draw(
            [TestResults.Of("reference", "method=knn", 0.02, seed: null), TestResults.Of("one", "", 0.03), TestResults.Of("two", "seed=2", 0.01)]);
        Assert.Equal("beat-designs", figure.Name);
        foreach (var name in new[] { "reference", "one", "two" })
            Assert.Contains($">{name}</text>", figure.Svg);
        Assert.Equal(4, figure.Svg.Split("<path").Length - 1);
        Assert.Equal(3, figure.Svg.Split("class=\"level-1\"").Length - 1);   // two panels and the legend
        Assert.Contains("one: at the end 0.0300 over the whole beat", figure.Svg);
    }

    [Fact]
    public void A_figure_of_too_many_lines_is_refused() => Assert.Throws<ArgumentException>(() =>
        DesignCurvesFigure.Draw([.. Enumerable.Range(0, 8).Select(i => TestResults.Of($"design-{i}", $"seed={i}", 0.02))]));

    private static Dictionary<string, string> Blocks()
    {
        var list = DesignList.Parse("* ref method=locally-linear\n* base\nbase-s2 seed=2\nother loss=rmse\nnot-run seed=9", "list");
        DesignResult[] results =
        [
            TestResults.Of("ref", "method=locally-linear", 0.02, seed: null), TestResults.Of("base", "", 0.019), TestResults.Of("base-s2", "seed=2", 0.021, seed: 2),
            TestResults.Of("other", "loss=rmse", 0.02),
        ];
        return DesignTables.Blocks([.. list.Select(entry => (entry, (IReadOnlyList<DesignResult>)[.. results.Where(result => result.Name == entry.Name)]))])
            .ToDictionary(block => block.Name, block => block.Contents);
    }
}
