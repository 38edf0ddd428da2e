using EcgRecovery.Evaluation.Scores;
using EcgRecovery.Reporting.Benchmarks;
using EcgRecovery.Reporting.Figures;

namespace EcgRecovery.Reporting.Tests;

/// <summary>Made-up results of a benchmark, of the size of real ones.</summary>
internal static class SyntheticBenchmark
{
    public static readonly double[] Lengths = [0.05, 0.15, 0.3, 0.56, 1, 2, 5, 10, 30];

    public static readonly string[] Methods =
    [
        "record", "similar", "locally-linear", "knn", "mean-beat", "autoregressive", "cubic", "linear", "mean", "hold", "zeros",
        "other-leads", "octave fillgaps",
    ];

    // Error at 1 s, and the power of the length with which it grows to there.
    private static readonly (double Error, double Power)[] s_shapes =
    [
        (0.176, 0.75), (0.182, 0.75), (0.21, 0.7), (0.24, 0.6), (0.26, 0.3), (0.41, 0.4), (0.62, 0.5), (0.49, 0.45), (0.47, 0.05),
        (0.52, 0.3), (0.55, 0.02), (0.08, 0.4), (0.43, 0.42),
    ];

    public static ErrorCurve Curve(int method) => new(
        Methods[method],
        [
            .. Lengths.Select(length =>
            {
                var (error, power) = s_shapes[method];
                // The network fills no more than 2 s.
                var mean = method == 0 && length > 2 ? double.NaN : error * Math.Pow(Math.Min(length, 4), power);
                return new ErrorCurvePoint(length, mean, 0.85 * mean, 1.17 * mean);
            }),
        ]);

    public static IReadOnlyList<PatientErrors> Patients(int count = 22) =>
    [
        .. Enumerable.Range(0, count).Select(patient => new PatientErrors(
            $"{200 + patient}",
            [
                .. s_shapes.Select((shape, method) => method == 11 && patient % 5 == 0
                    ? double.NaN
                    : shape.Error * (0.3 + (((patient * 37) + (method * 11)) % 23 / 12.0))),
            ])),
    ];

    /// <summary>A gap of some length from 2.5 s on in lead II of the synthetic recording, recovered at half its height.</summary>
    public static BenchmarkExample Example(string title, int length = 128)
    {
        var truth = SyntheticRecord.Create().Leads[0].ToMilliVolts();
        var lost = truth[320..(320 + length)];
        return new BenchmarkExample(
            title,
            "made-up",
            SyntheticRecord.FrequencyHz,
            truth,
            320,
            320 + length,
            [.. lost.Select(value => value / 2)],
            [.. lost.Select(value => (value / 2) - 0.2f)],
            [.. lost.Select(value => (value / 2) + 0.2f)]);
    }

    public static BenchmarkReportContent Content() => new()
    {
        Title = "Benchmark: recovery of gaps in patients never seen",
        Conclusion = "In gaps of 1 s similar has an RMSE of 0.182 mV, linear 0.490 mV; figures are made up for this page.",
        Headline = Table("RMSE in the gap, mV: mean over gaps [95 % interval]:"),
        Protocol = "Plan ds2-quick, split DS2 of the MIT-BIH Arrhythmia Database at 360 Hz, seed 1, gaps at random places, all leads lost; "
            + "EcgRecovery 0.0.0.",
        ToolVersion = "0.0.0",
        Facts = [new("Plan", "ds2-quick"), new("Split", "DS2, 22 records"), new("Seed", "1"), new("Gaps", "220 of each length")],
        Curves = [new("All leads lost, gaps at random places", [.. Enumerable.Range(0, Methods.Length).Select(Curve)])],
        Patients = [new("Gaps of 1 s, patient by patient", Methods, Patients())],
        Examples = [Example("Best of similar: 0.012 mV", 40), Example("Median of similar: 0.081 mV"), Example("Worst of similar", 300)],
        Sections = [new("Other losses", "Made up as well.", [Table("Bursts:"), Table("Packets:")])],
        Notes = ["Records: 100 103 105.", "† learned from patients that it is tested on."],
        AboutData = "MIT-BIH Arrhythmia Database 1.0.0 (PhysioNet).",
    };

    private static ResultTable Table(string title) => new(
        title,
        [
            ["method", .. Lengths.Select(length => FormattableString.Invariant($"{length:0.00} s"))],
            .. Enumerable.Range(0, Methods.Length).Select(method => (string[])
            [
                Methods[method],
                .. Curve(method).Points.Select(point => ScoreText.Mean(new ErrorSummary(point.Mean, point.Mean, point.Low, point.High))),
            ]),
        ]);
}
