using EcgRecovery.Records;

namespace EcgRecovery.Evaluation.Diagnosis;

/// <summary>Counts of beats by their true class and the class that they were given; those of several records are added.</summary>
internal sealed class ClassCounts
{
    private readonly int[,] _counts = new int[Classes, Classes];

    /// <summary>Number of classes.</summary>
    public const int Classes = 5;

    /// <summary>The classes, in order.</summary>
    public static IReadOnlyList<AamiClass> All { get; } = Enum.GetValues<AamiClass>();

    /// <summary>Number of beats.</summary>
    public int Total => All.Sum(Of);

    /// <summary>Number of beats of a true class that were given a class.</summary>
    public int this[AamiClass truth, AamiClass given] => _counts[(int)truth, (int)given];

    /// <summary>Counts beats.</summary>
    public void Add(AamiClass truth, AamiClass given, int beats = 1) => _counts[(int)truth, (int)given] += beats;

    /// <summary>Adds the counts of another record.</summary>
    public void Add(ClassCounts other)
    {
        foreach (var truth in All)
        {
            foreach (var given in All)
                Add(truth, given, other[truth, given]);
        }
    }

    /// <summary>Number of beats of a true class.</summary>
    public int Of(AamiClass truth) => All.Sum(given => this[truth, given]);

    /// <summary>Share of the beats of a class that were given it, 0…1; NaN where there is none.</summary>
    public double Sensitivity(AamiClass truth) => this[truth, truth] / (double)Of(truth);

    /// <summary>Share of the beats given a class that are of it, 0…1; NaN where there is none.</summary>
    public double PositivePredictivity(AamiClass given) => this[given, given] / (double)All.Sum(truth => this[truth, given]);

    /// <summary>2·TP / (2·TP + FN + FP), the harmonic mean of the two, 0…1; NaN where the class neither occurs nor was given.</summary>
    public double F1(AamiClass of) => 2 * this[of, of] / (double)(Of(of) + All.Sum(truth => this[truth, of]));

    /// <summary>Share of all beats that were given their class, 0…1.</summary>
    public double Accuracy => All.Sum(of => this[of, of]) / (double)Total;
}
