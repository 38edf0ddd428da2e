using EcgRecovery.Beats;
using EcgRecovery.Records;
using EcgRecovery.Signals;

namespace EcgRecovery.Recovery.Beats;

/// <summary>Recovers the missing samples of a set of heartbeats.</summary>
internal static class BeatRecovery
{
    /// <summary>The probability that a true value lies between a method's bounds.</summary>
    public const double IntervalLevel = 0.95;

    private const int Length = HeartbeatSet.BeatLength;

    /// <summary>Recovers the missing samples. A row without any observed sample stays missing.</summary>
    /// <param name="method">The method.</param>
    /// <param name="beats">The beats; NaN = missing.</param>
    /// <param name="gap">Samples to treat as missing in every row; null for none.</param>
    /// <param name="cancellationToken">Ends long work with <see cref="OperationCanceledException"/>.</param>
    /// <returns>The rows one after the other, [N · 187].</returns>
    /// <exception cref="ArgumentException">The gap reaches outside the beat.</exception>
    public static RecoveredSignal Recover(
        BeatRecoveryMethod method, HeartbeatSet beats, SampleSpan? gap = null, CancellationToken cancellationToken = default)
    {
        if (gap is { } reach && reach.End > Length)
            throw new ArgumentException($"gap is {reach}; expected samples of 0..{Length}.", nameof(gap));
        var samples = (float[])beats.Samples.Clone();
        for (var row = 0; gap is not null && row < beats.Count; row++)
            RowOf(samples, row)[gap.Value.ToRange()].Fill(float.NaN);

        var rows = RowsToRecover(samples);
        var (recovered, lower, upper) = Run(method, samples, rows, cancellationToken);
        var origin = new SampleOrigin[samples.Length];
        var gaps = new List<RecoveredGap>();
        for (var row = 0; row < beats.Count; row++)
        {
            foreach (var run in MissingRuns.Of<float>(RowOf(samples, row)))
                gaps.Add(Settle(run.Shift((long)row * Length)));
        }

        return new RecoveredSignal
        {
            Method = method.Name,
            Samples = recovered,
            Origin = origin,
            Lower = lower,
            Upper = upper,
            IntervalLevel = lower is null ? null : IntervalLevel,
            Gaps = gaps,
            Remarks = method.HasInterval && RowRhythm.Remark(beats, method.Name) is { } remark ? [remark] : [],
        };

        // A method may leave a sample missing by writing no finite value.
        RecoveredGap Settle(SampleSpan run)
        {
            var isRecovered = true;
            for (var t = run.Start; t < run.End; t++)
            {
                var isFinite = float.IsFinite(recovered[t]);
                origin[t] = isFinite ? SampleOrigin.Recovered : SampleOrigin.Missing;
                if (!isFinite)
                    recovered[t] = float.NaN;
                isRecovered &= isFinite;
            }

            var reason = isRecovered ? ""
                : run.Length == Length ? "the row has no observed sample"
                : $"{method.Name} gives no value";
            return new RecoveredGap(run, isRecovered ? method.Name : null, reason);
        }
    }

    // Rows without a missing sample need no work; rows without an observed one cannot be recovered.
    private static int[] RowsToRecover(float[] samples) =>
        [.. Enumerable.Range(0, samples.Length / Length).Where(row => RowOf(samples, row).Count(float.NaN) is > 0 and < Length)];

    /// <summary>Runs the method on the given rows; all others are unchanged.</summary>
    private static (float[] Recovered, float[]? Lower, float[]? Upper) Run(
        BeatRecoveryMethod method, float[] samples, int[] rows, CancellationToken cancellationToken)
    {
        var broken = new float[rows.Length * Length];
        for (var i = 0; i < rows.Length; i++)
            RowOf(samples, rows[i]).CopyTo(RowOf(broken, i));
        var recovered = new float[broken.Length];
        if (!method.HasInterval)
        {
            method.Recover(broken, recovered, cancellationToken);
            return (Into(recovered), null, null);
        }

        float[] lower = new float[broken.Length], upper = new float[broken.Length];
        method.Recover(broken, recovered, lower, upper, cancellationToken);
        return (Into(recovered), Into(lower), Into(upper));

        float[] Into(float[] values)
        {
            var whole = (float[])samples.Clone();
            for (var i = 0; i < rows.Length; i++)
            {
                for (var t = 0; t < Length; t++)
                {
                    var at = (rows[i] * Length) + t;
                    if (float.IsNaN(samples[at]) && float.IsFinite(recovered[(i * Length) + t]))
                        whole[at] = values[(i * Length) + t];
                }
            }

            return whole;
        }
    }

    private static Span<float> RowOf(float[] samples, int row) => samples.AsSpan(row * Length, Length);
}
