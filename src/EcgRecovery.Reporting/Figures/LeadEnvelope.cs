using EcgRecovery.Records;

namespace EcgRecovery.Reporting.Figures;

/// <summary>A whole lead reduced to the columns of a picture: minimum, maximum, missing and recovered samples of each.</summary>
/// <remarks>Read once, window by window, so that memory does not depend on the recording's duration.</remarks>
internal sealed class LeadEnvelope
{
    private LeadEnvelope(int columns)
    {
        (Minimum, Maximum) = (new float[columns], new float[columns]);
        (Missing, Samples) = (new long[columns], new long[columns]);
        Array.Fill(Minimum, float.PositiveInfinity);
        Array.Fill(Maximum, float.NegativeInfinity);
    }

    /// <summary>Minimum of each column, [columns]; +∞ where there is no value.</summary>
    public float[] Minimum { get; }

    /// <summary>Maximum of each column, [columns]; −∞ where there is no value.</summary>
    public float[] Maximum { get; }

    /// <summary>Number of missing samples of each column, [columns].</summary>
    public long[] Missing { get; }

    /// <summary>Number of samples of each column, [columns]; 0 after the end of a lead that is shorter than its record.</summary>
    public long[] Samples { get; }

    /// <summary>Whether a column has a recovered sample, [columns].</summary>
    public required bool[] IsRecovered { get; init; }

    /// <summary>Minimum over all columns; +∞ where there is no value.</summary>
    public float MinimumOfAll => Minimum.Min();

    /// <summary>Maximum over all columns; −∞ where there is no value.</summary>
    public float MaximumOfAll => Maximum.Max();

    /// <summary>Reads a lead.</summary>
    /// <param name="lead">The lead.</param>
    /// <param name="provenance">Spans of the lead.</param>
    /// <param name="durationSeconds">Duration of all columns together, from the record's start.</param>
    /// <param name="columns">Number of columns.</param>
    /// <param name="progress">Receives the number of samples read since the last report.</param>
    /// <param name="cancellationToken">Cancels between windows of samples.</param>
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

    // Counts starts and ends of spans per column and adds them up: many spans may each cover many columns.
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

        // Binary search for the last column that starts at or before the sample.
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
