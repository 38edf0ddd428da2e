using EcgRecovery.Beats;
using EcgRecovery.Evaluation.Beats;
using EcgRecovery.Evaluation.Scores;
using EcgRecovery.Records;
using EcgRecovery.Recovery.Training;
using EcgRecovery.Reporting.Beats;

namespace EcgRecovery.Reporting.Tests;

/// <summary>
/// Synthetic results: beats are sums of Gaussians, errors are drawn at random around figures of a realistic size.
/// No number here is a measurement.
/// </summary>
internal static class SyntheticResults
{
    public static readonly SampleSpan Gap = new(100, 137);

    /// <summary>The method that gives intervals.</summary>
    public const string WithInterval = "autoencoder-masked";

    /// <summary>Name, mean gap RMSE of rows with real signal, saw the test patients, raw output.</summary>
    private static readonly (string Name, double Error, bool? SawTestPatients, bool IsRaw)[] Methods =
    [
        ("autoencoder", 0.3088, true, true),
        ("autoencoder-masked", 0.1149, true, false),
        ("zeros", 0.3088, false, false),
        ("hold", 0.2321, false, false),
        ("linear", 0.1811, false, false),
        ("cubic", 0.4100, false, false),
        ("conditional-gaussian", 0.1630, true, false),
        ("knn", 0.0877, true, false),
        ("locally-linear", 0.0815, true, false),
    ];

    public static BeatReportContent Content(int rows = 400) => new(
        Evaluation(rows),
        [Beat(13359, 132), Beat(10030, 118), Beat(77, 90)],
        [Curve("autoencoder", 2e-2, 1.1e-7, 20), Curve("autoencoder-masked", 3e-2, 4e-3, 20)],
        "synthetic_test.csv (made up for this picture)",
        "f3fdb3fd318275e653fac082b617d8c1ef09fca619a0606dc22c863451c77333",
        "0.1.0",
        "The original’s error is that of leaving the gap at zero: it recovers nothing. "
            + "Trained on masked beats, the same network recovers.");

    public static BeatEvaluation Evaluation(int rows)
    {
        var random = new Random(1);
        return new(
            "all",
            rows,
            BeatGapPlan.Fixed(Gap),
            BootstrapUnit.Patient,
            [.. Methods.Select(method => Score(method, rows, random))],
            [
                "The official split has beats of the same patients on both sides: methods that learned from its training file have seen "
                    + "the patients that they are tested on, and their errors are too low.",
                "These results are synthetic: they were made up to test this report.",
            ]);
    }

    /// <summary>A beat that begins at its R peak, as Kaggle's do: T, P, the next R, and padding after 1.2 RR intervals.</summary>
    public static BeatTrace Beat(int row, int intervalSamples)
    {
        var length = Math.Min(HeartbeatSet.BeatLength, (int)(1.2 * intervalSamples));
        var beat = new float[HeartbeatSet.BeatLength];
        for (var t = 0; t < length; t++)
            beat[t] = (float)Math.Clamp(
                0.18 + Wave(t) + Wave(t - intervalSamples) + (0.006 * Math.Sin(0.9 * t) * Math.Sin(0.37 * t)), 0.001, 1);
        var source = new HeartbeatSource("208", 422820 + row, "N");
        return new(row, AamiClass.N, source, length, Gap, beat, [.. Methods.Select(method => Recovery(
            beat, length, method.Name, method.Error, method.IsRaw))]);
    }

    /// <summary>Three beats of class V and one of Q, the masked autoencoder's recovery beside the locally linear one.</summary>
    public static BeatExamples Examples() => new(
        WithInterval,
        "locally-linear",
        10,
        [
            Example(ExampleRank.Best, 2351, Beat(11, 96), AamiClass.V),
            Example(ExampleRank.Median, 2351, Beat(12, 110), AamiClass.V),
            Example(ExampleRank.Worst, 2351, Beat(13, 132), AamiClass.V),
            Example(ExampleRank.Best, 1, Beat(14, 180), AamiClass.Q),
        ]);

    private static RankedBeat Example(ExampleRank rank, int among, BeatTrace beat, AamiClass c) => new(
        rank, among, beat with { Class = c, Methods = [.. beat.Methods.Where(method => method.Name is WithInterval or "locally-linear")] });

    public static LearningCurve Curve(string model, double first, double last, int epochs)
    {
        var random = new Random(7);
        return new(model, [.. Enumerable.Range(1, epochs).Select(epoch =>
        {
            var share = Math.Pow((epoch - 1) / Math.Max(1.0, epochs - 1), 0.6);
            var loss = first * Math.Pow(last / first, share);
            return new EpochResult(epoch, loss * (1 + (0.2 * random.NextDouble())), loss * (0.9 + (0.5 * random.NextDouble())), 0.001);
        })]);
    }

    /// <summary>P, Q, R, S and T of one beat, t samples after its R peak.</summary>
    private static double Wave(double t) =>
        Bump(t, -20, 5, 0.10) + Bump(t, -4.5, 1.6, -0.09) + Bump(t, 0, 2.6, 0.80) + Bump(t, 5, 2.2, -0.16) + Bump(t, 36, 9, 0.20);

    private static double Bump(double t, double centre, double width, double height) =>
        height * Math.Exp(-0.5 * Math.Pow((t - centre) / width, 2));

    private static MethodTrace Recovery(float[] beat, int realLength, string name, double error, bool isRaw)
    {
        var recovered = (float[])beat.Clone();
        for (var t = Gap.Start; t < Gap.End; t++)
        {
            var u = (t - Gap.Start + 1.0) / (Gap.Length + 1);
            var line = beat[Gap.Start - 1] + (u * (beat[Gap.End] - beat[Gap.Start - 1]));
            recovered[t] = (float)(name switch
            {
                "zeros" => 0,
                "autoencoder" => 0.004 * Math.Sin(t),
                "hold" => beat[Gap.Start - 1],
                "linear" => line,
                "cubic" => line - (7.5 * u * u * (1 - u)),
                _ => beat[t] + ((line - beat[t]) * Math.Min(0.9, 4 * error)) + (0.3 * error * Math.Sin(0.25 * t) * Math.Sin(Math.PI * u)),
            });
        }

        if (isRaw)
        {
            for (var t = 0; t < beat.Length; t++)
                recovered[t] += (float)(0.003 * Math.Sin(0.7 * t));
        }

        var realEnd = Math.Clamp(realLength, (int)Gap.Start, (int)Gap.End);
        var trace = new MethodTrace(
            name,
            recovered,
            Rmse(beat, recovered, 0, beat.Length),
            Rmse(beat, recovered, (int)Gap.Start, (int)Gap.End),
            realEnd > (int)Gap.Start ? Rmse(beat, recovered, (int)Gap.Start, realEnd) : double.NaN);
        return name == WithInterval ? trace with { Lower = Bound(recovered, -1), Upper = Bound(recovered, 1) } : trace;
    }

    /// <summary>An interval that is narrow at the gap's edges and wide in its middle.</summary>
    private static float[] Bound(float[] recovered, int sign) =>
        [.. recovered.Select((value, t) => Gap.Contains(t)
            ? value + (float)(sign * (0.02 + (0.14 * Math.Sin(Math.PI * (t - Gap.Start + 0.5) / Gap.Length))))
            : value)];

    private static double Rmse(float[] expected, float[] actual, int start, int end) =>
        Math.Sqrt(Enumerable.Range(start, end - start).Average(t => Math.Pow(expected[t] - actual[t], 2)));

    private static MethodScore Score((string Name, double Error, bool? SawTestPatients, bool IsRaw) method, int rows, Random random)
    {
        var errors = new RowErrors(new float[rows], new float[rows], new float[rows]);
        for (var row = 0; row < rows; row++)
        {
            var normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            var error = method.Error * Math.Exp((0.55 * normal) - 0.15);
            var hasSignal = random.NextDouble() > 0.36;
            errors.GapRmseRealSamples[row] = hasSignal ? (float)error : float.NaN;
            errors.GapRmse[row] = hasSignal ? (float)(0.78 * error) : 0;
            errors.WholeBeatRmse[row] = 0.445f * errors.GapRmse[row];
        }

        var counted = errors.GapRmseRealSamples.Count(float.IsFinite);
        return new(
            method.Name,
            Summary(0.2228 * method.Error, 0.8),
            Summary(0.501 * method.Error, 0.7),
            Summary(method.Error, 0.86),
            counted,
            [.. Enum.GetValues<AamiClass>().Select(c => ByClass(c, method.Error, rows))],
            errors,
            method.SawTestPatients,
            method.IsRaw);
    }

    private static ErrorSummary Summary(double mean, double medianShare) => new(mean, medianShare * mean, 0.93 * mean, 1.08 * mean);

    private static ClassScore ByClass(AamiClass c, double error, int rows)
    {
        double[] shares = [0.8276, 0.0254, 0.0661, 0.0074, 0.0735];
        var classRows = (int)(rows * shares[(int)c]);
        var scaled = error * (1 + (0.12 * (int)c));
        var (real, realRows) = c == AamiClass.F ? (double.NaN, 0) : (scaled, classRows * 2 / 3);
        return new(c, classRows, 0.22 * scaled, 0.5 * scaled, real, realRows);
    }
}
