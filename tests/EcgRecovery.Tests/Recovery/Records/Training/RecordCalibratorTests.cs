using EcgRecovery.Neural;
using EcgRecovery.Recovery.Records.Model;
using EcgRecovery.Recovery.Records.Training;

namespace EcgRecovery.Tests.Recovery.Records.Training;

public sealed class RecordCalibratorTests
{
    private static readonly float[] s_levels = [0.1f, 0.25f, 0.75f, 0.9f];

    [Fact]
    public void Intervals_hold_their_share_of_the_samples_of_gaps_and_patients_that_weigh_the_same()
    {
        // Errors are up to 1 either way for nine patients; for one, of three gaps, they are ten times as large.
        var random = new SeededRandom(1);
        var calibrator = new RecordCalibrator(s_levels);
        for (var patient = 0; patient < 10; patient++)
        {
            for (var g = 0; g < (patient == 0 ? 3 : 1); g++)
                calibrator.Add(Gap(patient, inside: 40), Outputs(40, 0.5f));
        }

        var bin = calibrator.Learn().BinOf(40, isSurviving: false);
        // The half width is 0.5: half of the samples of ten patients lie within q, 0.9·q + 0.1·q/10 = 0.5.
        Assert.InRange(bin.Factors[0], 2 * 0.49f, 2 * 0.61f);
        Assert.InRange(bin.Factors[1], 2 * 0.8f, 2 * 0.95f);

        TrainingGap Gap(int patient, int inside) => SyntheticGap.Make(inside, patient: patient) with
        {
            Residual = [.. Enumerable.Range(0, inside).Select(_ => (patient == 0 ? 10 : 1) * ((2 * random.NextSingle()) - 1))],
        };
    }

    [Fact]
    public void Each_length_and_kind_has_its_own_factors_and_one_without_gaps_those_of_the_nearest()
    {
        var calibrator = new RecordCalibrator(s_levels);
        Add(inside: 12, isSurviving: false, error: 1);     // 0.1 s
        Add(inside: 168, isSurviving: false, error: 2);    // 1.4 s
        Add(inside: 48, isSurviving: true, error: 3);      // 0.4 s
        var calibration = calibrator.Learn();
        Assert.Equal([2, 2, 2, 4, 4, 4, 6, 6, 6, 6, 6, 6], calibration.Bins.Select(bin => bin.Factors[0]));
        Assert.Equal(2, calibration.BinOf(12, isSurviving: false).Factors[0]);
        Assert.Equal(4, calibration.BinOf(10_000, isSurviving: false).Factors[0]);
        Assert.Equal(calibration.Bins.Select(Text), RecordCalibration.FromJson(calibration.ToJson(), 2).Bins.Select(Text));
        Assert.StartsWith("[[0.1,0,2,2],[0.2,0,2,2],", calibration.ToJson(), StringComparison.Ordinal);
        Assert.EndsWith(",[null,1,6,6]]", calibration.ToJson(), StringComparison.Ordinal);

        void Add(int inside, bool isSurviving, float error) => calibrator.Add(
            SyntheticGap.Make(inside, isSurviving: isSurviving) with { Residual = [.. Enumerable.Repeat(error, inside)] },
            Outputs(inside, 0.5f));

        static string Text(CalibrationBin bin) => $"{bin.LongestSeconds} {bin.IsSurviving} {string.Join(' ', bin.Factors)}";
    }

    // The estimate is 0, all quantiles lie at the half width.
    private static float[] Outputs(int inside, float halfWidth) =>
        [.. Enumerable.Range(0, inside).SelectMany(_ => new[] { 0, -halfWidth, -halfWidth, halfWidth, halfWidth })];
}
