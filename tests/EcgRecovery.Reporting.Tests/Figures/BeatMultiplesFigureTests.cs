using EcgRecovery.Reporting.Figures;

namespace EcgRecovery.Reporting.Tests.Figures;

public class BeatMultiplesFigureTests
{
    [Fact]
    public void There_is_a_panel_for_each_method_on_the_same_axes()
    {
        var beat = SyntheticResults.Beat(5, 132);
        var svg = Markup.Parse(BeatMultiplesFigure.Draw("beat-5", beat));
        Assert.All(beat.Methods, method => Assert.Contains(method.Name, svg.Texts()));
        var originals = svg.Elements("path", "original").Select(path => path.Points()).ToList();
        Assert.Equal(9, originals.Count);

        // Three columns of 322 pixels, three rows of 228: the same beat, moved.
        Assert.Equal(originals[0][100].X + (2 * 322), originals[5][100].X, 0.11);
        Assert.Equal(originals[0][100].Y + 228, originals[5][100].Y, 0.11);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4)]
    public void Any_number_of_methods_makes_a_drawing(int count)
    {
        var beat = SyntheticResults.Beat(5, 132);
        beat = beat with { Methods = [.. beat.Methods.Take(count)] };
        var svg = Markup.Parse(BeatMultiplesFigure.Draw("beat-5", beat));
        Assert.Equal(count, svg.Elements("path", "recovered").Count());
    }
}
