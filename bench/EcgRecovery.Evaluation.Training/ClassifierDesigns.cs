using EcgRecovery.Evaluation.Diagnosis;
using EcgRecovery.Records;
using static EcgRecovery.Evaluation.Scores.ScoreText;

namespace EcgRecovery.Evaluation.Training;

/// <summary>The designs among which the classifier was chosen: the shipped one, and what differs from it in one setting.</summary>
internal static class ClassifierDesigns
{
    // F and Q have 16 and 0 beats in the validation records: their figures would be noise.
    private static readonly AamiClass[] s_judged = [AamiClass.N, AamiClass.S, AamiClass.V];
    private static readonly ClassifierOptions s_shipped = new();

    /// <summary>The leads of a record, counted from 0.</summary>
    public static IReadOnlyList<int> Leads { get; } = [0, 1];

    /// <summary>The designs, by name.</summary>
    public static IReadOnlyList<(string Name, ClassifierOptions Options)> All { get; } =
    [
        ("as shipped", s_shipped),
        ("other seeds", s_shipped with { Seed = 11 }),
        ("half of the beats inverted", s_shipped with { Inverts = true }),
        ("lead 0 only, twice the epochs", s_shipped with { Leads = [0], Epochs = 2 * s_shipped.Epochs }),
        ("1 network", s_shipped with { Members = 1 }),
        ("5 networks", s_shipped with { Members = 5 }),
        ("2 epochs", s_shipped with { Epochs = 2 }),
        ("6 epochs", s_shipped with { Epochs = 6 }),
        ("learning rate 0.002", s_shipped with { LearningRate = 2e-3 }),
        ("learning rate 0.01", s_shipped with { LearningRate = 1e-2 }),
        ("class power 0.3", s_shipped with { ClassPower = 0.3 }),
        ("class power 0.7", s_shipped with { ClassPower = 0.7 }),
        ("16 units", s_shipped with { Units = [16, 16] }),
        ("48 units", s_shipped with { Units = [48, 48] }),
        ("1 layer", s_shipped with { Units = [32] }),
        ("3 layers", s_shipped with { Units = [32, 32, 32] }),
        ("not stretched", s_shipped with { Stretch = 0 }),
        ("stretched by a fifth", s_shipped with { Stretch = 0.2 }),
    ];

    /// <summary>The headings of the table of <see cref="Row"/>.</summary>
    public static IReadOnlyList<string> Headings { get; } =
    [
        "design", .. s_judged.Select(of => $"{of}: sensitivity"), .. s_judged.Select(of => $"{of}: positive predictivity"), "mean F1",
    ];

    /// <summary>Returns the row of a design.</summary>
    public static IReadOnlyList<string> Row(string name, ClassCounts counts) =>
    [
        name, .. s_judged.Select(of => Percent(counts.Sensitivity(of))), .. s_judged.Select(of => Percent(counts.PositivePredictivity(of))),
        Figure(s_judged.Average(counts.F1), 3),
    ];
}
