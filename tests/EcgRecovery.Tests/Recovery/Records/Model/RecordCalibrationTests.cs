using EcgRecovery.Recovery.Records.Model;

namespace EcgRecovery.Tests.Recovery.Records.Model;

public sealed class RecordCalibrationTests
{
    [Fact]
    public void Bounds_are_scaled_half_widths_of_quantiles_in_order_and_never_narrower_than_a_floor()
    {
        var bin = new CalibrationBin(1, false, [2, 3]);
        // 5 % crosses 25 %, the upper ones are above the estimate and below it.
        float[] outputs = [1, 0.5f, 0, 1.25f, 0.9f];
        Assert.Equal((0.8f, 1.01f), Rounded(RecordCalibration.Bounds(bin, [1, 0.9f, 0.5f, 0.9f, 1.25f], 0)));
        Assert.Equal((0, 1.01f), Rounded(RecordCalibration.Bounds(bin, outputs, 0)));
        Assert.Equal((-2, 1.75f), Rounded(RecordCalibration.Bounds(bin, outputs, 1)));
        Assert.Equal(2, RecordCalibration.Needed(-1, outputs, 1), 1e-6);
        Assert.Equal(4, RecordCalibration.Needed(2, outputs, 1), 1e-6);

        static (float Lower, float Upper) Rounded((float Lower, float Upper) bounds) =>
            (MathF.Round(bounds.Lower, 5), MathF.Round(bounds.Upper, 5));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("[[null,0,1]]")]
    [InlineData("[[null,1,1]]")]
    [InlineData("[[null,1,1],[null,0,1]]")]
    [InlineData("[[0.1,0,1],[null,1,1]]")]
    [InlineData("[[0.2,0,1],[0.1,0,1],[null,0,1],[null,1,1]]")]
    [InlineData("[[null,0,1],[null,0,1],[null,1,1]]")]
    [InlineData("[[null,0,1],[0,1,1],[null,1,1]]")]
    [InlineData("[[null,0,0],[null,1,1]]")]
    [InlineData("[[null,0,null],[null,1,1]]")]
    [InlineData("[[null,0.5,1],[null,1,1]]")]
    public void Bins_that_are_not_in_order_are_refused(string json)
    {
        var error = Assert.Throws<FormatException>(() => RecordCalibration.FromJson(json, 1));
        Assert.StartsWith($"calibration is {json}; expected rows of", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_fewest_bins_are_two() =>
        Assert.Equal(2, RecordCalibration.FromJson("[[null,0,1.5],[null,1,2]]", 1).BinOf(30, isSurviving: true).Factors[0]);
}
