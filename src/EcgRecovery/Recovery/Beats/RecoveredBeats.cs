using EcgRecovery.Beats;
using EcgRecovery.Records;

namespace EcgRecovery.Recovery.Beats;

/// <summary>Heartbeats with their missing samples recovered, and what can be said of each sample.</summary>
/// <param name="Samples">[N, 187]; observed samples as they were, to the bit; NaN where a sample is still missing.</param>
/// <param name="IsFilled">[N, 187]; true where a missing sample was recovered.</param>
/// <param name="MissingCount">Samples that were missing.</param>
/// <param name="FilledCount">Of these, the recovered ones.</param>
/// <param name="RowsWithoutSignal">Rows without a single observed sample: there is nothing to recover them from, and they stay missing.</param>
public sealed record RecoveredBeats(float[] Samples, bool[] IsFilled, int MissingCount, int FilledCount, int RowsWithoutSignal)
{
    /// <summary>How large a share of the filled samples' true values <see cref="Lower"/> and <see cref="Upper"/> are meant to enclose.</summary>
    public const double IntervalLevel = 0.95;

    /// <summary>
    /// [N, 187]; the 2.5 % bound of every filled sample; observed samples are their own bound, NaN where a sample is still missing. Null
    /// where the method has none (<see cref="BeatRecoveryMethod.HasInterval"/>).
    /// </summary>
    public float[]? Lower { get; init; }

    /// <summary>[N, 187]; the 97.5 % bound, as <see cref="Lower"/>.</summary>
    public float[]? Upper { get; init; }

    /// <summary>Recovers what is missing.</summary>
    /// <param name="method">The method.</param>
    /// <param name="beats">The beats; NaN = missing.</param>
    /// <param name="gap">Samples to be set missing in every row first; null for none.</param>
    /// <param name="cancellationToken">Ends long work with <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">The gap reaches outside the beat.</exception>
    public static RecoveredBeats From(BeatRecoveryMethod method, HeartbeatSet beats, SampleSpan? gap = null, CancellationToken cancellationToken = default)
    {
        if (gap is { } reach && reach.End > HeartbeatSet.BeatLength)
            throw new ArgumentException($"gap is {reach}; expected samples of 0..{HeartbeatSet.BeatLength}.", nameof(gap));
        var samples = (float[])beats.Samples.Clone();
        for (var row = 0; gap is not null && row < beats.Count; row++)
            RowOf(samples, row)[gap.Value.ToRange()].Fill(float.NaN);

        var isFilled = new bool[samples.Length];
        var missing = samples.Count(float.IsNaN);
        var (rows, empty) = RowsToRecover(samples);
        var (lower, upper) = method.HasInterval ? ((float[])samples.Clone(), (float[])samples.Clone()) : ((float[]?)null, (float[]?)null);
        var filled = Fill(method, samples, isFilled, lower, upper, rows, cancellationToken);
        return new RecoveredBeats(samples, isFilled, missing, filled, empty) { Lower = lower, Upper = upper };
    }

    // Rows with nothing missing need no work; rows with nothing observed would be pure invention.
    private static (List<int> Rows, int Empty) RowsToRecover(float[] samples)
    {
        var rows = new List<int>();
        var empty = 0;
        for (var row = 0; row < samples.Length / HeartbeatSet.BeatLength; row++)
        {
            var beat = RowOf(samples, row);
            var missing = 0;
            foreach (var sample in beat)
                missing += float.IsNaN(sample) ? 1 : 0;
            if (missing == beat.Length)
                empty++;
            else if (missing > 0)
                rows.Add(row);
        }

        return (rows, empty);
    }

    // Returns how many samples were filled. The bounds are null where the method has none.
    private static int Fill(
        BeatRecoveryMethod method, float[] samples, bool[] isFilled, float[]? lower, float[]? upper, List<int> rows, CancellationToken cancellationToken)
    {
        var broken = new float[rows.Count * HeartbeatSet.BeatLength];
        for (var i = 0; i < rows.Count; i++)
            RowOf(samples, rows[i]).CopyTo(RowOf(broken, i));
        var recovered = new float[broken.Length];
        float[] low = [], high = [];
        if (lower is null || upper is null)
            method.Recover(broken, recovered, cancellationToken);
        else
            method.Recover(broken, recovered, low = new float[broken.Length], high = new float[broken.Length], cancellationToken);

        var filled = 0;
        for (var i = 0; i < broken.Length; i++)
        {
            if (!float.IsNaN(broken[i]) || !float.IsFinite(recovered[i]))
                continue;
            var at = (rows[i / HeartbeatSet.BeatLength] * HeartbeatSet.BeatLength) + (i % HeartbeatSet.BeatLength);
            samples[at] = recovered[i];
            isFilled[at] = true;
            if (lower is not null && upper is not null)
                (lower[at], upper[at]) = (low[i], high[i]);
            filled++;
        }

        return filled;
    }

    private static Span<float> RowOf(float[] samples, int row) => samples.AsSpan(row * HeartbeatSet.BeatLength, HeartbeatSet.BeatLength);
}
