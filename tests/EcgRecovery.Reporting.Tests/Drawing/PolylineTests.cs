using EcgRecovery.Reporting.Drawing;

namespace EcgRecovery.Reporting.Tests.Drawing;

public class PolylineTests
{
    // Sample i at x = 10·i; value v at y = 100 − 100·v, drawn between y = 0 (v = 1) and y = 100 (v = 0).
    private static readonly Scale Horizontal = new(0, 10, 0, 100);
    private static readonly Scale Vertical = new(0, 1, 100, 0);

    [Fact]
    public void A_line_goes_through_its_points() => Assert.Equal("M0 100L10 50L20 0", Path(0, 0.5f, 1));

    [Fact]
    public void A_missing_value_breaks_the_line() => Assert.Equal("M0 100L10 50M30 50L40 0", Path(0, 0.5f, float.NaN, 0.5f, 1));

    [Fact]
    public void An_isolated_value_is_a_dot() => Assert.Equal("M10 50L10 50", Path(float.NaN, 0.5f, float.NaN));

    [Fact]
    public void A_line_is_cut_where_it_leaves_the_picture() => Assert.Equal("M0 50L5 0M15 0L20 50", Path(0.5f, 1.5f, 0.5f));

    [Fact]
    public void A_line_through_the_whole_picture_is_cut_at_both_ends() => Assert.Equal("M3.3 100L6.7 0", Path(-1, 2));

    [Fact]
    public void Nothing_is_drawn_where_all_lies_outside()
    {
        Assert.Equal("", Path(2, 3, 2));
        Assert.Equal("", Path(-2, -3));
        Assert.Equal("", Path(float.NaN, float.PositiveInfinity));
        Assert.Equal("", Path());
    }

    [Fact]
    public void A_band_goes_along_the_upper_and_back_along_the_lower_bounds_and_is_flattened_at_the_scales_ends()
    {
        Assert.Equal($"M{At(2, 0.5)}L{At(3, 1)}L{At(3, 0)}L{At(2, 0.25)}Z", Band([0.25f, -7], [0.5f, 9]));
        Assert.Equal($"M{At(3, 1)}L{At(3, 0.5)}Z", Band([float.NaN, 0.5f], [1, 1]));
        Assert.Equal("", Band([], []));

        static string Band(float[] lower, float[] upper) => Polyline.Band(first: 2, lower, upper, Horizontal, Vertical);

        static string At(double x, double y) => $"{NumberText.Coordinate(Horizontal.Map(x))} {NumberText.Coordinate(Vertical.Map(y))}";
    }

    private static string Path(params float[] values) => Polyline.Path(values, Horizontal, Vertical);
}
