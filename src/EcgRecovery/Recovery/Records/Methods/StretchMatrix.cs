using EcgRecovery.Records;
using EcgRecovery.Signals;

namespace EcgRecovery.Recovery.Records.Methods;

/// <summary>The matrix of <see cref="LowRankMethod"/>: an incomplete stretch of a lead as its first row, and whole ones like it.</summary>
/// <param name="lead">The lead.</param>
/// <param name="own">The incomplete stretch; some of its samples are observed: its context.</param>
internal sealed class StretchMatrix(LeadSignal lead, SampleSpan own)
{
    private readonly int[] _context = Columns(lead, own, areMissing: false);
    private readonly int[] _missing = Columns(lead, own, areMissing: true);

    /// <summary>Returns the whole stretches whose context differs least, in the least squares sense, without its mean.</summary>
    /// <param name="others">Stretches of the same length, within the lead.</param>
    /// <param name="count">Maximum number.</param>
    public IReadOnlyList<SampleSpan> Nearest(IEnumerable<SampleSpan> others, int count) =>
    [
        .. others
            .Where(other => !lead.Samples[other.ToRange()].Contains(float.NaN))
            .OrderBy(Distance)
            .Take(count),
    ];

    /// <summary>Returns the incomplete stretch with its missing samples filled, [length of the stretch].</summary>
    /// <param name="others">The other rows, at least one.</param>
    /// <param name="shrinkage">See <see cref="SoftImpute.CompleteFirstRow"/>.</param>
    public double[] Complete(IReadOnlyList<SampleSpan> others, double shrinkage)
    {
        var (rows, columns) = (others.Count + 1, (int)own.Length);
        var x = new double[rows * columns];
        FillRow(own, x.AsSpan(0, columns));
        var mean = new double[columns];
        for (var i = 1; i < rows; i++)
        {
            var row = x.AsSpan(i * columns, columns);
            FillRow(others[i - 1], row);
            for (var column = 0; column < columns; column++)
                mean[column] += row[column] / others.Count;
        }

        for (var i = 0; i < x.Length; i++)
            x[i] -= mean[i % columns];
        foreach (var column in _missing)
            x[column] = 0;
        SoftImpute.CompleteFirstRow(x, rows, _missing, shrinkage);
        var offset = ContextMean(own);
        for (var column = 0; column < columns; column++)
            mean[column] += x[column] + offset;
        return mean;
    }

    private void FillRow(SampleSpan stretch, Span<double> row)
    {
        var samples = lead.Samples[stretch.ToRange()];
        var mean = ContextMean(stretch);
        for (var column = 0; column < row.Length; column++)
            row[column] = samples[column] - mean;
    }

    private double Distance(SampleSpan other)
    {
        ReadOnlySpan<float> x = lead.Samples[own.ToRange()], y = lead.Samples[other.ToRange()];
        var offset = ContextMean(own) - ContextMean(other);
        var sum = 0.0;
        foreach (var column in _context)
        {
            var difference = (double)x[column] - y[column] - offset;
            sum += difference * difference;
        }

        return sum;
    }

    private double ContextMean(SampleSpan stretch)
    {
        var samples = lead.Samples[stretch.ToRange()];
        var sum = 0.0;
        foreach (var column in _context)
            sum += samples[column];
        return sum / _context.Length;
    }

    private static int[] Columns(LeadSignal lead, SampleSpan own, bool areMissing) =>
        [.. Enumerable.Range(0, (int)own.Length).Where(column => float.IsNaN(lead.Samples[(int)own.Start + column]) == areMissing)];
}
