namespace EcgRecovery.Evaluation.Scores;

/// <summary>Coverage and width of a method's 95 % intervals over lost samples.</summary>
/// <param name="Coverage">Share of the samples with lower ≤ truth ≤ upper, all rows together; 0.95 is the nominal value.</param>
/// <param name="Width">Mean of upper − lower over those samples, in the samples' unit.</param>
/// <param name="ByClass">Coverage of every class with such samples, in the order of the classes.</param>
/// <param name="ByPatient">Coverage of every patient with such samples, by name; empty where patients are not known.</param>
internal sealed record IntervalScore(
    double Coverage, double Width, IReadOnlyList<GroupCoverage> ByClass, IReadOnlyList<GroupCoverage> ByPatient)
{
    /// <summary>Mean of the patients' coverages, each patient counting once; NaN where patients are not known.</summary>
    public double MeanOverPatients => ByPatient.Count > 0 ? ByPatient.Average(patient => patient.Coverage) : double.NaN;

    /// <summary>Patient with the lowest coverage; null where patients are not known.</summary>
    public GroupCoverage? WorstPatient => ByPatient.MinBy(patient => patient.Coverage);
}

/// <summary>Coverage of a class or a patient.</summary>
/// <param name="Group">The class's letter or the patient's name.</param>
/// <param name="Samples">Lost samples of its rows.</param>
/// <param name="Coverage">Share of them within the interval.</param>
internal sealed record GroupCoverage(string Group, int Samples, double Coverage);

/// <summary>Rows of one class or one patient.</summary>
/// <param name="Name">The class's letter or the patient's name.</param>
/// <param name="Rows">Numbers of its rows, from 0.</param>
internal sealed record RowGroup(string Name, IReadOnlyList<int> Rows);

/// <summary>Running sums over rows for an <see cref="IntervalScore"/>.</summary>
/// <param name="rowCount">N.</param>
internal sealed class IntervalSum(int rowCount)
{
    private readonly int[] _samples = new int[rowCount];
    private readonly int[] _covered = new int[rowCount];
    private double _width;

    /// <summary>Adds the lost samples of one row.</summary>
    /// <param name="row">The row's number, from 0.</param>
    /// <param name="original">True values, [n]; n may be 0.</param>
    /// <param name="lower">Lower bounds, [n].</param>
    /// <param name="upper">Upper bounds, [n].</param>
    public void Add(int row, ReadOnlySpan<float> original, ReadOnlySpan<float> lower, ReadOnlySpan<float> upper)
    {
        for (var t = 0; t < original.Length; t++)
        {
            _samples[row]++;
            _width += (double)upper[t] - lower[t];
            if (original[t] >= lower[t] && original[t] <= upper[t])
                _covered[row]++;
        }
    }

    /// <summary>Returns the score; null where no row lost a sample.</summary>
    /// <param name="byClass">The classes with their rows, in the order of the score.</param>
    /// <param name="byPatient">The patients with their rows, in the order of the score; empty where they are not known.</param>
    public IntervalScore? Score(IEnumerable<RowGroup> byClass, IEnumerable<RowGroup> byPatient)
    {
        var samples = _samples.Sum();
        return samples == 0 ? null : new IntervalScore(
            _covered.Sum() / (double)samples,
            _width / samples,
            [.. byClass.Select(Coverage).OfType<GroupCoverage>()],
            [.. byPatient.Select(Coverage).OfType<GroupCoverage>()]);
    }

    private GroupCoverage? Coverage(RowGroup group)
    {
        var (samples, covered) = (0, 0);
        foreach (var row in group.Rows)
            (samples, covered) = (samples + _samples[row], covered + _covered[row]);
        return samples == 0 ? null : new GroupCoverage(group.Name, samples, covered / (double)samples);
    }
}
