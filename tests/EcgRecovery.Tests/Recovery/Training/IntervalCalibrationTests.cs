using EcgRecovery.Recovery.Training;

namespace EcgRecovery.Tests.Recovery.Training;

public sealed class IntervalCalibrationTests
{
    private static readonly int[] s_bins = [15, 28, 48, 187];

    [Fact]
    public void Factors_are_the_quantiles_of_what_was_needed()
    {
        // One patient, 1,000 samples 0.001, 0.002, …, 1 above the estimate, half-width 0.1 above and 0.2 below: 97.5 % need at most 9.75.
        var samples = Enumerable.Range(1, 1000).Select(i => new CalibrationSample(0, 37, 0.5f + (i / 1000f), 0.5f, 0.3f, 0.6f)).ToList();
        var factor = Assert.Single(IntervalCalibration.Learn(samples, s_bins).Factors);
        Assert.Equal(48, factor.LongestRun);
        Assert.Equal(9.75f, factor.Upper, 1e-3f);
        Assert.Equal(float.Epsilon, factor.Lower);    // no sample lies below: the bound may equal the estimate
    }

    [Fact]
    public void Every_patient_weighs_the_same()
    {
        // 20 patients with 10 samples that need 1, one patient with 100,000 that need 5: less than a twentieth of the patients.
        var samples = Enumerable.Range(0, 20).SelectMany(p => Enumerable.Repeat(new CalibrationSample(p, 10, 0.6f, 0.5f, 0.4f, 0.6f), 10))
            .Concat(Enumerable.Repeat(new CalibrationSample(20, 10, 1f, 0.5f, 0.4f, 0.6f), 100_000)).ToList();
        Assert.Equal(5f, IntervalCalibration.Learn(samples, s_bins).Factors[0].Upper, 1e-5f);
        var many = samples.Concat(Enumerable.Range(21, 40).Select(p => new CalibrationSample(p, 10, 0.6f, 0.5f, 0.4f, 0.6f))).ToList();
        Assert.Equal(1f, IntervalCalibration.Learn(many, s_bins).Factors[0].Upper, 1e-5f);
    }

    [Theory]
    [InlineData(3, 2, 4)]
    [InlineData(15, 2, 4)]
    [InlineData(16, 3, 5)]
    [InlineData(187, 3, 5)]
    public void The_length_of_the_run_chooses_the_factor(int run, float below, float above)
    {
        var calibration = new IntervalCalibration([new IntervalFactor(15, 2, 4), new IntervalFactor(28, 3, 5)]);
        var (lower, upper) = calibration.Apply(0.5f, 0.49f, 0.52f, run);
        Assert.Equal(0.5f - (below * 0.01f), lower, 1e-6f);
        Assert.Equal(0.5f + (above * 0.02f), upper, 1e-6f);
    }

    [Fact]
    public void Bounds_on_the_wrong_side_of_the_estimate_are_taken_as_close_to_it()
    {
        var (lower, upper) = new IntervalCalibration([new IntervalFactor(187, 2, 2)]).Apply(0.5f, 0.6f, 0.4f, 10);
        Assert.Equal(0.49f, lower, 1e-6f);
        Assert.Equal(0.51f, upper, 1e-6f);
    }

    [Fact]
    public void Comes_back_from_a_file()
    {
        var calibration = new IntervalCalibration([new IntervalFactor(15, 1.25f, 1.0000001f), new IntervalFactor(187, 3, 0.5f)]);
        Assert.Equal(calibration.Factors, IntervalCalibration.FromJson(calibration.ToJson()).Factors);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("[[15,0,1]]")]
    [InlineData("[[15,1,-1]]")]
    [InlineData("[[15,1,1e999]]")]
    [InlineData("[[15,1,1],[15,2,2]]")]
    [InlineData("[[0,1,1]]")]
    [InlineData("[[15.5,1,1]]")]
    [InlineData("[[15,1]]")]
    [InlineData("[null]")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("")]
    public void Invalid_factors_are_refused(string json) => Assert.Throws<FormatException>(() => IntervalCalibration.FromJson(json));
}
