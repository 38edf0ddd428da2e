using EcgRecovery.Records;
using EcgRecovery.Recovery.Records.Neighbours;

namespace EcgRecovery.Tests.Recovery.Records.Neighbours;

public class ContextRegressionTests
{
    private const double Ridge = 0.2;
    private static readonly ContextShape s_shape = new(0.04, 0.02); // four samples at 100 Hz
    private static readonly SampleSpan s_gap = new(50, 56);

    // The primal normal equations, solved by elimination in double precision, against the dual ones.
    [Fact]
    public void The_estimate_is_that_of_weighted_ridge_regression()
    {
        var (samples, matches) = Case();
        var estimate = new ContextRegression(samples, 100, s_gap, s_shape).Estimate(matches, null, 12, Ridge)!;
        var expected = Primal(samples, [.. Enumerable.Range(0, 12)], matches, Lambda(samples, matches));
        for (var t = 0; t < s_gap.Length; t++)
            Assert.Equal(expected[t], estimate.Samples[t], 1e-4);
    }

    [Fact]
    public void The_estimate_is_the_sum_of_the_insides_with_its_coefficients()
    {
        var (samples, matches) = Case();
        var estimate = new ContextRegression(samples, 100, s_gap, s_shape).Estimate(matches, null, 12, Ridge)!;
        Assert.Equal(1, estimate.Places.Sum(place => place.Weight), 1e-9);
        Assert.Equal(1, estimate.Places.Sum(place => place.Coefficient), 1e-6);
        for (var t = 0; t < s_gap.Length; t++)
        {
            var sum = estimate.Places.Sum(
                place => place.Coefficient * (samples[(int)s_gap.Start + place.Match.Shift + t] + place.Offset));
            Assert.Equal(sum, estimate.Samples[t], 1e-4);
        }
    }

    // Leaving a place out for real, with the same λ and the same weighted means, against the closed form.
    [Fact]
    public void The_errors_are_those_of_leaving_each_place_out()
    {
        var (samples, matches) = Case();
        var estimate = new ContextRegression(samples, 100, s_gap, s_shape).Estimate(matches, null, 12, Ridge)!;
        var (lambda, weights, error, squares) = (Lambda(samples, matches), Weights(matches), 0.0, new double[s_gap.Length]);
        for (var i = 0; i < 12; i++)
        {
            var residual = Residual(samples, matches, i, lambda);
            error += weights[i] * Math.Sqrt(residual.Average(r => r * r));
            for (var t = 0; t < squares.Length; t++)
                squares[t] += weights[i] * residual[t] * residual[t];
        }

        Assert.Equal(error, estimate.LeaveOneOutError, 1e-4);
        for (var t = 0; t < squares.Length; t++)
            Assert.Equal(Math.Sqrt(squares[t]), estimate.ErrorScale[t], 1e-4);
    }

    [Fact]
    public void Without_regression_it_is_the_weighted_mean_with_the_gap_s_own_offset()
    {
        var (samples, matches) = Case();
        var estimate = new ContextRegression(samples, 100, s_gap, s_shape).Estimate(matches, null, 12, double.PositiveInfinity)!;
        var (weights, own) = (Weights(matches), Mean(samples, 0));
        for (var t = 0; t < s_gap.Length; t++)
        {
            var mean = matches.Select((match, i) => weights[i] * Inside(samples, match.Shift)[t]).Sum();
            Assert.Equal(own + mean, estimate.Samples[t], 1e-5);
            var square = matches.Select((match, i) => weights[i] * Math.Pow(Inside(samples, match.Shift)[t] - mean, 2)).Sum();
            Assert.Equal(Math.Sqrt(square), estimate.ErrorScale[t], 1e-5);
        }
    }

    // Ramps of slope 1: an inside of twelve samples, brought to ten, still runs from end to end.
    [Fact]
    public void A_longer_inside_is_brought_to_the_gap_s_length()
    {
        var samples = Enumerable.Range(0, 2000).Select(t => (float)(t % 100)).ToArray();
        samples.AsSpan(1040, 10).Fill(float.NaN);
        var matches = Enumerable.Range(1, 8).Select(i => new ContextMatch(-100 * i, 2, 1)).ToList();
        var estimate = new ContextRegression(samples, 100, new SampleSpan(1040, 1050), new ContextShape(0.01, 1))
            .Estimate(matches, null, 8, double.PositiveInfinity)!;
        // Contexts 39 and 52, mean 45.5, stand for 39 and 50, mean 44.5; the inside 40…51 is read at 0.1, 1.3, …, 10.9.
        for (var t = 0; t < 10; t++)
            Assert.Equal(40 + ((t + 0.5) * 1.2) - 0.5 - 45.5 + 44.5, estimate.Samples[t], 1e-4);
    }

    [Fact]
    public void Matches_move_to_the_nearest_place_and_those_with_missing_samples_go()
    {
        var samples = Enumerable.Range(0, 3000).Select(t => (float)Math.Sin(t * t / 900.0)).ToArray();
        samples.AsSpan(100, 60).CopyTo(samples.AsSpan(1001));
        samples.AsSpan(100, 60).CopyTo(samples.AsSpan(2000));
        samples.AsSpan(120, 10).Fill(float.NaN);
        samples[2025] = float.NaN;
        var regression = new ContextRegression(samples, 360, new SampleSpan(120, 130), new ContextShape(0.05, 1));
        var refined = regression.Refine([new ContextMatch(300, 0, 0), new ContextMatch(633, 0, 0), new ContextMatch(5000, 0, 0)], 3);
        Assert.Equal(901, Assert.Single(refined).Shift);
        Assert.Equal(0, refined[0].Distance, 1e-6);
    }

    // Insides of 0 to 11, each level, between contexts of 0: nothing tells them apart.
    [Fact]
    public void Between_flat_contexts_it_is_the_weighted_mean()
    {
        var samples = new float[400];
        samples.AsSpan(s_gap.ToRange()).Fill(float.NaN);
        var matches = Enumerable.Range(0, 12).Select(i => new ContextMatch(20 + (25 * i), 0, 0)).ToList();
        for (var i = 0; i < matches.Count; i++)
            samples.AsSpan((int)s_gap.Start + matches[i].Shift, (int)s_gap.Length).Fill(i);
        var estimate = new ContextRegression(samples, 100, s_gap, s_shape).Estimate(matches, null, 12, Ridge)!;
        Assert.All(estimate.Samples, value => Assert.Equal(5.5, value, 1e-4));
        Assert.Equal(3, estimate.LeaveOneOutError, 1e-4);
        Assert.All(estimate.ErrorScale, value => Assert.Equal(Math.Sqrt(143 / 12.0), value, 1e-4));
    }

    [Fact]
    public void Too_few_places_give_no_estimate()
    {
        var (samples, matches) = Case();
        var regression = new ContextRegression(samples, 100, s_gap, s_shape);
        Assert.Null(regression.Estimate(matches[..(ContextRegression.MinimumMatches - 1)], null, 12, Ridge));
    }

    private static (float[] Samples, List<ContextMatch> Matches) Case()
    {
        var random = new Random(5);
        float[] samples = [.. Enumerable.Range(0, 400).Select(_ => random.NextSingle())];
        samples.AsSpan(s_gap.ToRange()).Fill(float.NaN);
        var matches = Enumerable.Range(0, 12).Select(i => new ContextMatch(20 + (25 * i), 0, 1 + (0.1 * i))).ToList();
        return (samples, matches);
    }

    private static int[] Places() =>
        [.. Enumerable.Range(0, 4).Select(j => (int)s_gap.Start - 1 - j), .. Enumerable.Range(0, 4).Select(j => (int)s_gap.End + j)];

    private static double Weight(int j) => Math.Exp(-(j % 4) / 2.0);

    private static double Mean(float[] samples, int shift)
    {
        var places = Places();
        var weights = places.Select((_, j) => Weight(j)).ToArray();
        return places.Select((t, j) => weights[j] * samples[t + shift]).Sum() / weights.Sum();
    }

    private static double[] Context(float[] samples, int shift) =>
        [.. Places().Select((t, j) => Math.Sqrt(Weight(j)) * (samples[t + shift] - Mean(samples, shift)))];

    private static double[] Inside(float[] samples, int shift) =>
        [.. Enumerable.Range(0, (int)s_gap.Length).Select(t => samples[(int)s_gap.Start + t + shift] - Mean(samples, shift))];

    // k = 12: h is the distance of rank 3.
    private static double[] Weights(List<ContextMatch> matches)
    {
        var weights = matches.ConvertAll(match => Math.Exp(-0.5 * match.Distance / matches[3].Distance));
        return [.. weights.Select(weight => weight / weights.Sum())];
    }

    private static double Lambda(float[] samples, List<ContextMatch> matches)
    {
        var (weights, contexts) = (Weights(matches), matches.ConvertAll(match => Context(samples, match.Shift)));
        var mean = WeightedMean(contexts, weights);
        return Ridge * contexts.Select((a, i) => weights[i] * a.Zip(mean, (x, m) => (x - m) * (x - m)).Sum()).Sum() / 12;
    }

    private static double[] WeightedMean(List<double[]> rows, double[] weights) =>
        [.. Enumerable.Range(0, rows[0].Length).Select(j => rows.Select((row, i) => weights[i] * row[j]).Sum())];

    private static double[] Primal(float[] samples, int[] kept, List<ContextMatch> matches, double lambda) =>
        Predict(samples, kept, matches, lambda, Context(samples, 0), Mean(samples, 0));

    private static double[] Residual(float[] samples, List<ContextMatch> matches, int left, double lambda)
    {
        int[] kept = [.. Enumerable.Range(0, 12).Where(i => i != left)];
        var predicted = Predict(samples, kept, matches, lambda, Context(samples, matches[left].Shift), 0);
        return [.. Inside(samples, matches[left].Shift).Zip(predicted, (x, y) => x - y)];
    }

    /// <summary>b̄ + (q − ā)·(Σ uᵢ·aᵢ·aᵢᵀ + λI)⁻¹·Σ uᵢ·aᵢ·bᵢᵀ with the means of all places.</summary>
    private static double[] Predict(
        float[] samples, int[] kept, List<ContextMatch> matches, double lambda, double[] query, double offset)
    {
        var weights = Weights(matches);
        var (contexts, insides) = (matches.ConvertAll(m => Context(samples, m.Shift)), matches.ConvertAll(m => Inside(samples, m.Shift)));
        var (meanContext, meanInside) = (WeightedMean(contexts, weights), WeightedMean(insides, weights));
        var p = query.Length;
        var system = new double[p, p + 1];
        var result = new double[s_gap.Length];
        for (var t = 0; t < result.Length; t++)
        {
            for (var r = 0; r < p; r++)
            {
                for (var c = 0; c < p; c++)
                    system[r, c] = kept.Sum(i => weights[i] * (contexts[i][r] - meanContext[r]) * (contexts[i][c] - meanContext[c]));
                system[r, r] += lambda;
                system[r, p] = kept.Sum(i => weights[i] * (contexts[i][r] - meanContext[r]) * (insides[i][t] - meanInside[t]));
            }

            var solution = Eliminate(system, p);
            result[t] = offset + meanInside[t] + query.Select((q, r) => (q - meanContext[r]) * solution[r]).Sum();
        }

        return result;
    }

    private static double[] Eliminate(double[,] a, int n)
    {
        for (var k = 0; k < n; k++)
        {
            for (var r = 0; r < n; r++)
            {
                if (r == k)
                    continue;
                var factor = a[r, k] / a[k, k];
                for (var c = k; c <= n; c++)
                    a[r, c] -= factor * a[k, c];
            }
        }

        return [.. Enumerable.Range(0, n).Select(k => a[k, n] / a[k, k])];
    }
}
