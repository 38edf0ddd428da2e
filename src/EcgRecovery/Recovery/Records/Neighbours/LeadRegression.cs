using EcgRecovery.Records;
using EcgRecovery.Signals;

namespace EcgRecovery.Recovery.Records.Neighbours;

/// <summary>Ridge regression from the samples of the surviving leads to each sample of the lost one, fitted around a gap.</summary>
/// <remarks>
/// <code>
/// x[t] ≈ c + Σₗ Σⱼ bₗⱼ·(zₗ[t + j·16 ms] − z̄ₗ),  j = −2…2      (b, c) = (FᵀF + λ·diag(FᵀF))⁻¹·Fᵀx, c without the ridge
/// </code>
/// x: the lost lead, z: the surviving leads, F: their values without their means, and 1. Fitted on the observed samples around the gap. Its
/// error is measured on blocks as long as the gap, each predicted by a fit without its fold, one of five.
/// <para>
/// Sources: Hoerl and Kennard 1970, doi:10.1080/00401706.1970.10488634 (ridge regression); Stone 1974,
/// doi:10.1111/j.2517-6161.1974.tb00994.x (error on what is held out).
/// </para>
/// </remarks>
internal sealed class LeadRegression
{
    private const int Folds = 5;
    private const int MinimumBlocks = 3;

    // Signal on each side of the gap: seconds, and gaps where those are longer. Blocks are at most this share of it.
    private const double ReachSeconds = 30;
    private const double ReachGaps = 5;
    private const double BlockShare = 0.1;
    private const double MinimumBlockSeconds = 0.5;

    // Seconds between two lags, and on each side where the level is met; with the ridge chosen on LUDB 1–160 and DS1.
    private const double LagSeconds = 0.016;
    private const double LevelSeconds = 0.06;
    private const int Lags = 2;
    private const double Ridge = 1e-3;

    // Samples that are used to fit, per second: neighbours are alike.
    private const double FitFrequencyHz = 120;

    private readonly LeadSignal _lost;
    private readonly IReadOnlyList<LeadSignal> _others;
    private readonly int[] _lags;
    private readonly int _count;
    private readonly bool _isLevelled;
    private readonly double[] _means;

    private LeadRegression(LeadSignal lost, IReadOnlyList<LeadSignal> others, SampleSpan around, bool isLevelled)
    {
        (_lost, _others, _isLevelled) = (lost, others, isLevelled);
        _means = [.. others.Select(other => ObservedMean.Of(other.Samples[around.ToRange()]))];
        var lag = Math.Max(1, (int)Math.Round(LagSeconds * lost.SamplingFrequencyHz));
        _lags = [.. Enumerable.Range(-Lags, (2 * Lags) + 1).Select(j => j * lag)];
        _count = (others.Count * _lags.Length) + 1;
    }

    /// <summary>The samples that a lead must have on each side of a predicted one.</summary>
    private int Margin => _lags[^1];

    /// <summary>Estimates a gap.</summary>
    /// <param name="lost">The lost lead.</param>
    /// <param name="others">The surviving leads.</param>
    /// <param name="gap">The gap.</param>
    /// <param name="isLevelled">Whether the estimate is moved to the level of the observed samples beside it.</param>
    /// <returns>
    /// The estimate, and the error of the straight line on the same blocks; null where too little is observed or numbers overflow.
    /// </returns>
    public static (ContextEstimate Estimate, double LineError)? Estimate(
        LeadSignal lost, IReadOnlyList<LeadSignal> others, SampleSpan gap, bool isLevelled)
    {
        var reach = (long)Math.Max(ReachSeconds * lost.SamplingFrequencyHz, ReachGaps * gap.Length);
        var around = new SampleSpan(gap.Start - reach, gap.End + reach).Intersect(new SampleSpan(0, lost.Length));
        var regression = new LeadRegression(lost, others, around, isLevelled);
        return regression.Estimate(gap, around.Intersect(new SampleSpan(regression.Margin, lost.Length - regression.Margin)));
    }

    private (ContextEstimate Estimate, double LineError)? Estimate(SampleSpan gap, SampleSpan around)
    {
        var length = Math.Clamp((int)(BlockShare * around.Length), 1, (int)gap.Length);
        var block = Math.Max(length, (int)(MinimumBlockSeconds * _lost.SamplingFrequencyHz));
        var folds = Enumerable.Range(0, Folds).Select(_ => new NormalEquations(_count)).ToArray();
        var step = Math.Max(1, (int)Math.Round(_lost.SamplingFrequencyHz / FitFrequencyHz));
        var features = new double[_count];
        for (var t = (int)around.Start; t < around.End; t += step)
        {
            if (!float.IsNaN(_lost.Samples[t]) && Features(t, features))
                folds[(t - around.Start) / block % Folds].Add(features, _lost.Samples[t]);
        }

        var all = new NormalEquations(_count);
        foreach (var fold in folds)
            all.Add(fold, 1);
        if (all.Rows < 2 * _count || all.Solve(Ridge) is not { } weights || Levelled(gap, weights) is not { } estimate)
            return null;
        var samples = Array.ConvertAll(estimate, value => (float)value);
        if (!Array.TrueForAll(samples, float.IsFinite) || HoldOut(around, length, block, folds, all) is not { } held)
            return null;
        float[] scale = length == samples.Length ? held.Scale : [.. Enumerable.Repeat(held.Scale.Average(), samples.Length)];
        return (new ContextEstimate(samples, held.Error, scale), held.LineError);
    }

    /// <summary>Predicts blocks by fits without their fold.</summary>
    /// <returns>Means of their RMSE and of the straight line's, and the root mean square error per sample; null with too few.</returns>
    private (double Error, double LineError, float[] Scale)? HoldOut(
        SampleSpan around, int length, int block, NormalEquations[] folds, NormalEquations all)
    {
        var (error, line, blocks, squares, none) = (0.0, 0.0, 0, new double[length], new double[length]);
        for (var fold = 0; fold < Folds; fold++)
        {
            all.Add(folds[fold], -1);
            var weights = all.Solve(Ridge);
            all.Add(folds[fold], 1);
            if (weights is null)
                continue;
            for (var start = around.Start + (fold * block); start + block <= around.End; start += (long)block * Folds)
            {
                var span = new SampleSpan(start, start + length);
                var truth = _lost.Samples[span.ToRange()];
                if (truth.Contains(float.NaN) || Levelled(span, weights) is not { } predicted)
                    continue;
                error += Rmse(predicted, truth, squares);
                line += Rmse(Levelled(span, new double[_count])!, truth, none);
                blocks++;
            }
        }

        if (blocks < MinimumBlocks || !double.IsFinite(error + line))
            return null;
        var scale = Array.ConvertAll(squares, square => (float)Math.Min(Math.Sqrt(square / blocks), float.MaxValue));
        return (error / blocks, line / blocks, scale);
    }

    private static double Rmse(double[] predicted, ReadOnlySpan<float> truth, double[] squares)
    {
        var sum = 0.0;
        for (var t = 0; t < predicted.Length; t++)
        {
            var square = (predicted[t] - truth[t]) * (predicted[t] - truth[t]);
            sum += square;
            squares[t] += square;
        }

        return Math.Sqrt(sum / predicted.Length);
    }

    /// <summary>Predicts a span and adds the line between the mean residuals on both sides of it.</summary>
    private double[]? Levelled(SampleSpan span, double[] weights)
    {
        if (Predict(span, weights) is not { } values)
            return null;
        if (!_isLevelled)
            return values;
        var side = Math.Max(1, (int)(LevelSeconds * _lost.SamplingFrequencyHz));
        var left = MeanResidual(new SampleSpan(span.Start - side, span.Start), weights);
        var right = MeanResidual(new SampleSpan(span.End, span.End + side), weights);
        double first = left ?? right ?? 0, last = right ?? left ?? 0;
        for (var t = 0; t < values.Length; t++)
            values[t] += first + ((last - first) * (t + 1) / (values.Length + 1));
        return values;
    }

    private double[]? Predict(SampleSpan span, double[] weights)
    {
        if (span.Start < Margin || span.End + Margin > _lost.Length)
            return null;
        var (values, features) = (new double[span.Length], new double[_count]);
        for (var t = 0; t < values.Length; t++)
        {
            if (!Features((int)span.Start + t, features))
                return null;
            values[t] = InnerProduct.Of(features, weights);
        }

        return values;
    }

    private double? MeanResidual(SampleSpan span, double[] weights)
    {
        var (sum, count, features) = (0.0, 0, new double[_count]);
        var inside = span.Intersect(new SampleSpan(Margin, _lost.Length - Margin));
        for (var t = (int)inside.Start; t < inside.End; t++)
        {
            if (float.IsNaN(_lost.Samples[t]) || !Features(t, features))
                continue;
            sum += _lost.Samples[t] - InnerProduct.Of(features, weights);
            count++;
        }

        return count == 0 ? null : sum / count;
    }

    private bool Features(int t, double[] destination)
    {
        for (var i = 0; i < _count - 1; i++)
        {
            destination[i] = _others[i / _lags.Length].Samples[t + _lags[i % _lags.Length]] - _means[i / _lags.Length];
            if (double.IsNaN(destination[i]))
                return false;
        }

        destination[^1] = 1;
        return true;
    }

    /// <summary>FᵀF and Fᵀx of some rows.</summary>
    private sealed class NormalEquations(int count)
    {
        private readonly double[] _gram = new double[count * count];
        private readonly double[] _products = new double[count];

        /// <summary>Number of rows.</summary>
        public int Rows { get; private set; }

        /// <summary>Adds a row.</summary>
        public void Add(double[] features, double target)
        {
            for (var i = 0; i < count; i++)
            {
                var row = _gram.AsSpan(i * count, i + 1);
                for (var j = 0; j < row.Length; j++)
                    row[j] += features[i] * features[j];
                _products[i] += features[i] * target;
            }

            Rows++;
        }

        /// <summary>Adds the rows of others, times 1 or −1.</summary>
        public void Add(NormalEquations others, int sign)
        {
            for (var i = 0; i < _gram.Length; i++)
                _gram[i] += sign * others._gram[i];
            for (var i = 0; i < count; i++)
                _products[i] += sign * others._products[i];
            Rows += sign * others.Rows;
        }

        /// <summary>Returns the weights, the constant's last; null where numbers overflow.</summary>
        public double[]? Solve(double ridge)
        {
            if (Rows == 0)
                return null;
            var (a, x) = ((double[])_gram.Clone(), (double[])_products.Clone());
            for (var i = 0; i < count; i++)
            {
                // Next to nothing on the constant, and something on a feature of zeros: rounding must not end the factorization.
                var own = a[(i * count) + i];
                a[(i * count) + i] = Math.Max(own * (1 + (i < count - 1 ? ridge : 1e-9)), 1e-30);
                if (!double.IsFinite(own))
                    return null;
            }

            Cholesky.Factor(a, count);
            Cholesky.Solve(a, count, x);
            return Array.TrueForAll(x, double.IsFinite) ? x : null;
        }
    }
}
