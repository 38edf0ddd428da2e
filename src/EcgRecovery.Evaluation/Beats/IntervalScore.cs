using EcgRecovery.Records;

namespace EcgRecovery.Evaluation.Beats;

/// <summary>How often the truth lies within a method's 95 % intervals, over the gaps' real samples.</summary>
/// <param name="Coverage">Share of the samples with lower ≤ truth ≤ upper, all rows together; 0.95 is what the intervals promise.</param>
/// <param name="Width">Mean of upper − lower over those samples, in units of the beat's height.</param>
/// <param name="ByClass">Coverage of every class with such samples, in the order of the classes.</param>
/// <param name="ByPatient">Coverage of every patient with such samples, by name; empty where patients are not known.</param>
public sealed record IntervalScore(
    double Coverage, double Width, IReadOnlyList<GroupCoverage> ByClass, IReadOnlyList<GroupCoverage> ByPatient)
{
    /// <summary>Mean of the patients' coverages, each patient counting once; NaN where patients are not known.</summary>
    public double MeanOverPatients => ByPatient.Count > 0 ? ByPatient.Average(patient => patient.Coverage) : double.NaN;

    /// <summary>The patient with the lowest coverage; null where patients are not known.</summary>
    public GroupCoverage? WorstPatient => ByPatient.MinBy(patient => patient.Coverage);
}

/// <summary>Coverage of a class or a patient.</summary>
/// <param name="Group">The class's letter or the patient's name.</param>
/// <param name="Samples">Lost real samples of its rows.</param>
/// <param name="Coverage">The share of them that lies within the interval.</param>
public sealed record GroupCoverage(string Group, int Samples, double Coverage);

/// <summary>Adds up rows for an <see cref="IntervalScore"/>.</summary>
/// <param name="rowCount">N.</param>
internal sealed class IntervalSum(int rowCount)
{
    private readonly int[] _samples = new int[rowCount];
    private readonly int[] _covered = new int[rowCount];
    private double _width;

    /// <param name="row">The row's number, counted from 0.</param>
    /// <param name="original">[187].</param>
    /// <param name="lower">[187].</param>
    /// <param name="upper">[187].</param>
    /// <param name="gap">The samples that were missing.</param>
    /// <param name="realLength">Samples before the padding.</param>
    public void Add(int row, ReadOnlySpan<float> original, ReadOnlySpan<float> lower, ReadOnlySpan<float> upper, SampleSpan gap, int realLength)
    {
        for (var t = (int)gap.Start; t < Math.Min(realLength, gap.End); t++)
        {
            _samples[row]++;
            _width += (double)upper[t] - lower[t];
            if (original[t] >= lower[t] && original[t] <= upper[t])
                _covered[row]++;
        }
    }

    /// <summary>The score; null where no gap held a real sample.</summary>
    public IntervalScore? Score(RowGroups groups)
    {
        var samples = _samples.Sum();
        return samples == 0 ? null : new IntervalScore(
            _covered.Sum() / (double)samples,
            _width / samples,
            [.. groups.ByClass.Select(group => Coverage($"{group.Key}", group)).OfType<GroupCoverage>()],
            [.. groups.ByPatient.Select(group => Coverage(group.Key, group)).OfType<GroupCoverage>()]);
    }

    private GroupCoverage? Coverage(string name, IEnumerable<int> rows)
    {
        var (samples, covered) = (0, 0);
        foreach (var row in rows)
            (samples, covered) = (samples + _samples[row], covered + _covered[row]);
        return samples == 0 ? null : new GroupCoverage(name, samples, covered / (double)samples);
    }
}
