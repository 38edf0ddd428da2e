using EcgRecovery.Records;

namespace EcgRecovery.Reporting.Figures;

/// <summary>A whole lead reduced to a picture's columns: the least and the maximum value in each, and what is missing or recovered there.</summary>
/// <remarks>
/// It is read once, window by window, so that a day needs no more memory than a minute. It lies on this floor since it is a drawing's reduction and nothing
/// more: its columns are places of a picture, and no recovery or score needs them.
/// </remarks>
internal sealed class LeadEnvelope
{
    private LeadEnvelope(int columns)
    {
        (Minimum, Maximum) = (new float[columns], new float[columns]);
        (Missing, Samples) = (new long[columns], new long[columns]);
        Array.Fill(Minimum, float.PositiveInfinity);
        Array.Fill(Maximum, float.NegativeInfinity);
    }

    /// <summary>The least value of each column, [columns]; +∞ where there is none.</summary>
    public float[] Minimum { get; }

    /// <summary>The maximum value of each column, [columns]; −∞ where there is none.</summary>
    public float[] Maximum { get; }

    /// <summary>How many samples of each column are missing, [columns].</summary>
    public long[] Missing { get; }

    /// <summary>How many samples each column has, [columns]; 0 behind the end of a lead that is shorter than its record.</summary>
    public long[] Samples { get; }

    /// <summary>Whether some sample of a column is recovered, [columns].</summary>
    public required bool[] IsRecovered { get; init; }

    /// <summary>The least value of all; +∞ where there is none.</summary>
    public float MinimumOfAll => Minimum.Min();

    /// <summary>The maximum value of all; −∞ where there is none.</summary>
    public float MaximumOfAll => Maximum.Max();

    /// <summary>Reads a lead.</summary>
    /// <param name="lead">The lead.</param>
    /// <param name="provenance">Its own spans.</param>
    /// <param name="durationSeconds">What all columns together show, from the record's start.</param>
    /// <param name="columns">How many.</param>
    /// <param name="progress">Is told how many samples were read since the last time.</param>
    /// <param name="cancellationToken">Looked at once a window.</param>
    public static LeadEnvelope Read(
        EcgLead lead,
        IReadOnlyList<ProvenanceSpan> provenance,
        double durationSeconds,
        int columns,
        IProgress<long>? progress = null,
        CancellationToken cancellationToken = default)
    {
        var starts = Enumerable.Range(0, columns + 1)
            .Select(column => column == columns ? lead.SampleCount : LeadWindows.SampleAt(lead, durationSeconds * column / columns))
            .ToArray();
        var envelope = new LeadEnvelope(columns) { IsRecovered = Recovered(provenance, starts) };
        var at = 0;
        foreach (var (from, values) in LeadWindows.Read(lead, 0, lead.SampleCount, cancellationToken))
        {
            for (var t = 0; t < values.Length;)
            {
                while (starts[at + 1] <= from + t)
                    at++;
                var count = (int)Math.Min(values.Length - t, starts[at + 1] - (from + t));
                envelope.Add(at, values.Span.Slice(t, count));
                t += count;
            }

            progress?.Report(values.Length);
        }

        return envelope;
    }

    private void Add(int column, ReadOnlySpan<float> values)
    {
        var (minimum, maximum, missing) = (Minimum[column], Maximum[column], 0L);
        foreach (var value in values)
        {
            if (!float.IsFinite(value))
            {
                missing++;
                continue;
            }

            minimum = Math.Min(minimum, value);
            maximum = Math.Max(maximum, value);
        }

        (Minimum[column], Maximum[column]) = (minimum, maximum);
        Missing[column] += missing;
        Samples[column] += values.Length;
    }

    // A span may cover every column and there may be many spans: count where they begin and end, then add up.
    private static bool[] Recovered(IReadOnlyList<ProvenanceSpan> provenance, long[] starts)
    {
        var changes = new int[starts.Length + 1];
        foreach (var span in provenance.Where(span => span.Origin == SampleOrigin.Recovered && span.Span.Length > 0))
        {
            changes[Column(span.Span.Start)]++;
            changes[Column(span.Span.End - 1) + 1]--;
        }

        var isRecovered = new bool[starts.Length - 1];
        for (var (column, open) = (0, 0); column < isRecovered.Length; column++)
        {
            open += changes[column];
            isRecovered[column] = open > 0;
        }

        return isRecovered;

        // The last column that begins at or before the sample.
        int Column(long sample)
        {
            var (low, high) = (0, starts.Length - 2);
            while (low < high)
            {
                var middle = (low + high + 1) / 2;
                (low, high) = starts[middle] <= sample ? (middle, high) : (low, middle - 1);
            }

            return low;
        }
    }
}
