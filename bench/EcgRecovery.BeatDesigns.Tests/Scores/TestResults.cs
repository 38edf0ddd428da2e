using EcgRecovery.BeatDesigns.Beats;
using EcgRecovery.BeatDesigns.Scores;

namespace EcgRecovery.BeatDesigns.Tests.Scores;

/// <summary>Results of no run.</summary>
internal static class TestResults
{
    public static DesignResult Of(string name, string settings, double error, ulong? seed = 1)
    {
        var patients = new Dictionary<string, double> { ["109"] = error, ["116"] = error / 2 };
        var score = new PlanScore(error, error, 2 * error, 2 * error, error, patients, patients, 0.4, double.NaN, 10, 5);
        return new DesignResult(
            name, settings, seed, seed is null ? 0 : 34945, 101.8, seed is null ? null : 0.018,
            ValidationPlan.All.ToDictionary(plan => plan.Name, _ => score),
            seed is null ? [Point(0)] : [Point(30_000), Point(60_000)]);

        CurvePoint Point(int beats) => new(beats, seed is null ? null : 0.02, error, 2 * error, error);
    }
}
