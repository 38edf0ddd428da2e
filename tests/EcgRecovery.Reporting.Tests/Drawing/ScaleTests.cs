using EcgRecovery.Reporting.Drawing;

namespace EcgRecovery.Reporting.Tests.Drawing;

public class ScaleTests
{
    [Fact]
    public void A_linear_scale_maps_its_ends_and_its_middle()
    {
        var scale = new Scale(0, 1, 200, 100);
        Assert.Equal(200, scale.Map(0));
        Assert.Equal(150, scale.Map(0.5));
        Assert.Equal(100, scale.Map(1));
    }

    [Fact]
    public void A_logarithmic_scale_gives_each_decade_the_same_room()
    {
        var scale = new Scale(1e-6, 1e-2, 0, 400, IsLogarithmic: true);
        Assert.Equal(100, scale.Map(1e-5), 9);
        Assert.Equal(300, scale.Map(1e-3), 9);
    }

    [Theory]
    [InlineData(0, 1, 7, "0.0 0.2 0.4 0.6 0.8 1.0")]
    [InlineData(-0.54, 1.04, 7, "−0.50 −0.25 0.00 0.25 0.50 0.75 1.00")]
    [InlineData(-0.5, 186.5, 10, "0 20 40 60 80 100 120 140 160 180")]
    [InlineData(0, 0.043, 7, "0.00 0.01 0.02 0.03 0.04")]
    [InlineData(0, 3, 12, "0.00 0.25 0.50 0.75 1.00 1.25 1.50 1.75 2.00 2.25 2.50 2.75 3.00")]
    public void Linear_ticks_are_round_and_within_the_scale(double from, double to, int maximum, string expected) =>
        Assert.Equal(expected, string.Join(' ', new Scale(from, to, 0, 1).Ticks(maximum).Select(tick => tick.Label)));

    [Theory]
    [InlineData(1e-7, 0.03, 7, "10⁻⁷ 10⁻⁶ 10⁻⁵ 10⁻⁴ 10⁻³ 10⁻²")]
    [InlineData(1e-9, 1, 7, "10⁻⁸ 10⁻⁶ 10⁻⁴ 10⁻² 10⁰")]
    [InlineData(0.004, 0.09, 7, "0.005 0.01 0.02 0.05")]
    public void Logarithmic_ticks_are_decades_or_halves_of_them(double from, double to, int maximum, string expected) =>
        Assert.Equal(expected, string.Join(' ', new Scale(from, to, 0, 1, IsLogarithmic: true).Ticks(maximum).Select(tick => tick.Label)));
}
