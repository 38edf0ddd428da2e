namespace EcgRecovery.Evaluation.Scores;

/// <summary>Loss of an estimate and its intervals, taken for quantiles of the true value: small where they are right and narrow.</summary>
/// <remarks>
/// <code>
/// ρ(p, q, x) = (x − q)·(p − [x &lt; q])        loss of quantile q of level p at the true value x
/// Mean = Σ ρ / (n·(2K + 1))                  over n samples and 2K + 1 quantiles
/// CRPS = 2·∫ ρ(p, F⁻¹(p), x) dp              continuous ranked probability score, p from 0 to 1
/// </code>
/// An interval of level c gives the quantiles of levels (1 − c)/2 and (1 + c)/2, the estimate that of level ½: intervals of 50, 80 and 95 %
/// give 2.5, 10, 25, 50, 75, 90 and 97.5 %. Two times the mean is the CRPS with its integral replaced by the plain mean over these levels,
/// which is to the letter the weighted interval score of Bracher et al. 2021, doi:10.1371/journal.pcbi.1008618. For an estimate without
/// intervals (K = 0) it is the mean absolute error.
/// <para>
/// Sources: Koenker and Bassett 1978, doi:10.2307/1913643; Gneiting and Raftery 2007, doi:10.1198/016214506000001437.
/// </para>
/// </remarks>
internal static class PinballScore
{
    private const double Median = 0.5;

    /// <summary>Returns the mean loss; NaN where a bound is missing or there is no sample.</summary>
    /// <param name="truth">True values, [n].</param>
    /// <param name="estimate">Estimates, [n].</param>
    /// <param name="intervals">The intervals, of bounds [n] each.</param>
    /// <returns>In the samples' unit.</returns>
    /// <exception cref="ArgumentException">Lengths differ.</exception>
    public static double Mean(ReadOnlySpan<float> truth, ReadOnlySpan<float> estimate, IReadOnlyList<LevelInterval> intervals)
    {
        var sum = Sum(truth, estimate, Median);
        foreach (var (level, lower, upper) in intervals)
            sum += Sum(truth, lower.Span, (1 - level) / 2) + Sum(truth, upper.Span, (1 + level) / 2);
        return sum / ((double)truth.Length * ((2 * intervals.Count) + 1));
    }

    private static double Sum(ReadOnlySpan<float> truth, ReadOnlySpan<float> quantiles, double p)
    {
        if (quantiles.Length != truth.Length)
        {
            throw new ArgumentException(
                $"A quantile has {quantiles.Length} samples; expected {truth.Length}, as the truth.", nameof(quantiles));
        }

        var sum = 0.0;
        for (var t = 0; t < truth.Length; t++)
        {
            var error = (double)truth[t] - quantiles[t];
            sum += error * (error < 0 ? p - 1 : p);
        }

        return sum;
    }
}

/// <summary>Bounds between which the true value lies with a stated probability.</summary>
/// <param name="Level">The probability, as in 0.95.</param>
/// <param name="Lower">Lower bounds, [n].</param>
/// <param name="Upper">Upper bounds, [n].</param>
internal sealed record LevelInterval(double Level, ReadOnlyMemory<float> Lower, ReadOnlyMemory<float> Upper);
