namespace EcgRecovery.Evaluation.Scores;

/// <summary>How close the waveform of a recovered gap is. x: true, y: recovered samples of the gap, n of them.</summary>
/// <remarks>
/// The mean of x in the gap is removed where a figure relates to its energy, so that an offset of the baseline earns nothing. Q1 and Q2 are
/// the scores of the PhysioNet/Computing in Cardiology Challenge 2010 (Moody, Computing in Cardiology 37, 2010, 305–308).
/// </remarks>
/// <param name="Nrmse"><c>√(Σ (y − x)² / n) / σ</c>, σ the standard deviation of the whole lead.</param>
/// <param name="Mae">In mV: <c>Σ |y − x| / n</c>.</param>
/// <param name="ErrorSquares">In mV²: <c>Σ (y − x)²</c>.</param>
/// <param name="TrueSquares">In mV²: <c>Σ (x − mean x)²</c>.</param>
/// <param name="Correlation">Pearson's r of x and y; 0 where y is constant, NaN where x is.</param>
/// <param name="Q1"><c>max(0, 1 − ErrorSquares / TrueSquares)</c>; NaN where x is constant.</param>
/// <param name="Q2"><c>max(0, r)</c>; NaN where x is constant.</param>
/// <param name="SeamJump">
/// In mV: <c>(|y[0] − x[0]| + |y[n−1] − x[n−1]|) / 2</c>, the step that the recovery adds to the true one at the gap's two ends.
/// </param>
internal sealed record WaveformScore(
    double Nrmse, double Mae, double ErrorSquares, double TrueSquares, double Correlation, double Q1, double Q2, double SeamJump)
{
    /// <summary>Scores the samples of a gap.</summary>
    /// <param name="truth">[n], in mV.</param>
    /// <param name="recovered">[n], in mV.</param>
    /// <param name="deviation">Standard deviation of the whole lead, in mV.</param>
    public static WaveformScore Of(ReadOnlySpan<float> truth, ReadOnlySpan<float> recovered, double deviation)
    {
        var errors = Statistics.SquaredError(truth, recovered);
        var energy = Statistics.SquaresAboutMean(truth);
        var correlation = Statistics.Correlation(truth, recovered);
        return new WaveformScore(
            Math.Sqrt(errors / truth.Length) / deviation,
            Statistics.AbsoluteError(truth, recovered) / truth.Length,
            errors,
            energy,
            correlation,
            energy > 0 ? Math.Max(0, 1 - (errors / energy)) : double.NaN,
            Math.Max(0, correlation),
            (Math.Abs((double)recovered[0] - truth[0]) + Math.Abs((double)recovered[^1] - truth[^1])) / 2);
    }
}

/// <summary>The waveform figures of many gaps.</summary>
/// <param name="Nrmse">Mean over gaps.</param>
/// <param name="Prd">
/// Percentage root-mean-square difference with the mean removed, pooled: <c>100 · √(Σ ErrorSquares / Σ TrueSquares)</c>. A mean over gaps
/// would be that of its flattest ones.
/// </param>
/// <param name="Mae">In mV, mean over gaps.</param>
/// <param name="Correlation">Mean over the gaps in which the true signal is not constant.</param>
/// <param name="Q1">Mean over the same gaps.</param>
/// <param name="Q2">Mean over the same gaps.</param>
/// <param name="SeamJump">In mV, mean over gaps.</param>
internal sealed record WaveformSummary(
    double Nrmse, double Prd, double Mae, double Correlation, double Q1, double Q2, double SeamJump)
{
    /// <summary>Summarises gaps; NaN where there is none.</summary>
    public static WaveformSummary Of(IReadOnlyList<WaveformScore> scores) => new(
        Mean(scores, score => score.Nrmse),
        100 * Math.Sqrt(scores.Sum(score => score.ErrorSquares) / scores.Sum(score => score.TrueSquares)),
        Mean(scores, score => score.Mae),
        Mean(scores, score => score.Correlation),
        Mean(scores, score => score.Q1),
        Mean(scores, score => score.Q2),
        Mean(scores, score => score.SeamJump));

    private static double Mean(IReadOnlyList<WaveformScore> scores, Func<WaveformScore, double> figure) =>
        scores.Select(figure).Where(value => !double.IsNaN(value)).DefaultIfEmpty(double.NaN).Average();
}
