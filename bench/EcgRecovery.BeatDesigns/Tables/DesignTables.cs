using System.Globalization;
using EcgRecovery.BeatDesigns.Beats;
using EcgRecovery.BeatDesigns.Designs;
using EcgRecovery.BeatDesigns.Scores;
using EcgRecovery.Benchmarks.Tables;
using EcgRecovery.Evaluation.Splits;

namespace EcgRecovery.BeatDesigns.Tables;

/// <summary>The blocks of docs/beat-model.md that hold figures.</summary>
internal static class DesignTables
{
    /// <summary>What others are measured against: the best reference method, learning from all beats of the training patients.</summary>
    public const string Yardstick = "method=locally-linear";

    private const string None = "–";

    /// <summary>Each block's name and contents.</summary>
    /// <param name="runs">Entries with their results, in the order of the list.</param>
    public static IEnumerable<(string Name, string Contents)> Blocks(IReadOnlyList<(Entry Entry, IReadOnlyList<DesignResult> Results)> runs)
    {
        yield return ("designs", Designs([.. runs.Where(run => run.Results.Count > 0)]));
        yield return ("designs by patient", ByPatient([.. runs.Where(run => run.Entry.IsShown && run.Results.Count > 0)]));
        yield return ("designs by seed", BySeed([.. runs.Where(run => run.Results.Count > 0)]));
    }

    private static string Designs(IReadOnlyList<(Entry Entry, IReadOnlyList<DesignResult> Results)> runs)
    {
        var table = new MarkdownTable(
            "run and what it changes", "parameters", "seed", "100..137: whole beat", "real samples", "random 10", "20", "37", "60",
            "random: whole beat", "100..137 against locally linear", "random against locally linear", "variance ratio");
        var yardstick = runs.Where(run => run.Entry.Settings == Yardstick).SelectMany(run => run.Results).FirstOrDefault();
        foreach (var (entry, result) in runs.SelectMany(run => run.Results.Select(result => (run.Entry, result))))
        {
            var whole = result.Plans[ValidationPlan.Fixed.Name];
            table.Add(
            [
                // A run's second result needs no second telling.
                result.Name != entry.Name ? result.Name : entry.Told.Length == 0 ? $"{entry.Name}, the base" : $"{entry.Name} `{entry.Told}`",
                result.Parameters == 0 ? None : result.Parameters.ToString("N0", CultureInfo.InvariantCulture),
                result.Seed?.ToString(CultureInfo.InvariantCulture) ?? None,
                $"{Error(whole.WholeRows)} / {Error(whole.WholePatients)}",
                $"{Error(whole.RealRows)} / {Error(whole.RealPatients)}",
                .. ValidationPlan.Random.Select(plan => Error(result.Plans[plan.Name].RealRows)),
                Error(RandomWhole(result)),
                Against(result, yardstick, r => r.Plans[ValidationPlan.Fixed.Name].WholeRows),
                Against(result, yardstick, RandomWhole),
                $"{Ratio(whole.VarianceRatio)} / {Ratio(result.Plans[ValidationPlan.Random[2].Name].VarianceRatio)}",
            ]);
        }

        return table.ToString();
    }

    private static string ByPatient(IReadOnlyList<(Entry Entry, IReadOnlyList<DesignResult> Results)> runs)
    {
        var patients = InterPatientSplit.Validation;
        var table = new MarkdownTable(["100..137: whole beat, real samples", .. patients]);
        foreach (var result in runs.Select(run => run.Results[^1]))
        {
            var score = result.Plans[ValidationPlan.Fixed.Name];
            table.Add([result.Name, .. patients.Select(patient => $"{Error(Of(score.WholeByPatient, patient))}, {Error(Of(score.RealByPatient, patient))}")]);
        }

        return table.ToString();
    }

    /// <summary>What the seed alone does: least and largest figure of the runs that differ in nothing else.</summary>
    private static string BySeed(IReadOnlyList<(Entry Entry, IReadOnlyList<DesignResult> Results)> runs)
    {
        var table = new MarkdownTable("runs that differ in the seed alone", "runs", "100..137: whole beat", "real samples", "random: whole beat");
        foreach (var group in runs.Where(run => run.Entry is DesignEntry).GroupBy(run => WithoutSeed((DesignEntry)run.Entry)).Where(group => group.Count() > 1))
        {
            // The last weights' results, then the averaged ones'.
            for (var i = 0; i < group.Min(run => run.Results.Count); i++)
            {
                var results = group.Select(run => run.Results[i]).ToList();
                table.Add(
                    results[0].Name,
                    results.Count.ToString(CultureInfo.InvariantCulture),
                    Range(results, result => result.Plans[ValidationPlan.Fixed.Name].WholeRows),
                    Range(results, result => result.Plans[ValidationPlan.Fixed.Name].RealRows),
                    Range(results, RandomWhole));
            }
        }

        return table.ToString();

        static string WithoutSeed(DesignEntry entry) => DesignSetting.Changes(entry.Design with { Seed = 1 }, new Design());
    }

    private static double RandomWhole(DesignResult result) => ValidationPlan.Random.Average(plan => result.Plans[plan.Name].WholeRows);

    private static double Of(IReadOnlyDictionary<string, double> means, string patient) => means.TryGetValue(patient, out var mean) ? mean : double.NaN;

    private static string Range(List<DesignResult> results, Func<DesignResult, double> of) => $"{Error(results.Min(of))} … {Error(results.Max(of))}";

    private static string Error(double value) => double.IsFinite(value) ? value.ToString("F4", CultureInfo.InvariantCulture) : None;

    private static string Ratio(double value) => double.IsFinite(value) ? value.ToString("F2", CultureInfo.InvariantCulture) : None;

    /// <summary>How much larger or smaller than the yardstick's, as <c>−14.3 %</c>.</summary>
    private static string Against(DesignResult result, DesignResult? yardstick, Func<DesignResult, double> of) =>
        yardstick is null || ReferenceEquals(result, yardstick)
            ? None
            : (Math.Round(100 * ((of(result) / of(yardstick)) - 1), 1) + 0.0).ToString("+0.0 '%';−0.0 '%';0.0 '%'", CultureInfo.InvariantCulture);
}
