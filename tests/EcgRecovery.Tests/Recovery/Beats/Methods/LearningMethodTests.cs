using EcgRecovery.Beats;
using EcgRecovery.Records;
using EcgRecovery.Recovery.Beats;
using EcgRecovery.Recovery.Beats.Methods;
using EcgRecovery.Recovery.Beats.Neighbours;
using EcgRecovery.Signals;
using MathNet.Numerics.LinearAlgebra;

namespace EcgRecovery.Tests.Recovery.Beats.Methods;

public class LearningMethodTests
{
    private static readonly HeartbeatSet s_references = SyntheticBeats.Make(400, seed: 11, records: 8);
    private static readonly HeartbeatSet s_truth = SyntheticBeats.Make(7, seed: 12);
    private static readonly float[] s_broken = SyntheticBeats.Break(s_truth, new SampleSpan(0, 3), new SampleSpan(100, 137));
    private static readonly MissingPattern s_pattern = MissingPattern.Group(s_broken)[0].Pattern;

    [Fact]
    public void Conditional_gaussian_is_the_formula_solved_by_MathNet()
    {
        var x = Rows(s_references, Enumerable.Range(0, s_references.Count));
        var mean = x.ColumnSums() / x.RowCount;
        var centred = Matrix<double>.Build.Dense(x.RowCount, x.ColumnCount, (i, j) => x[i, j] - mean[j]);
        var covariance = centred.TransposeThisAndMultiply(centred) / x.RowCount;
        var vv = Pick(covariance, s_pattern.Visible, s_pattern.Visible);
        var mv = Pick(covariance, s_pattern.Missing, s_pattern.Visible);
        vv += 0.03 * covariance.Trace() / HeartbeatSet.BeatLength * Matrix<double>.Build.DenseIdentity(vv.RowCount);
        var weights = mv * vv.Inverse();

        using var method = new ConditionalGaussianMethod(new ReferenceBeats(s_references, samePatients: false), threads: 2);
        AssertRecovers(method, row => Pick(mean, s_pattern.Missing) + (weights * (Visible(row) - Pick(mean, s_pattern.Visible))), 2e-5);
    }

    [Fact]
    public void Knn_is_the_mean_of_the_k_nearest()
    {
        using var method = new KNearestMethod(new ReferenceBeats(s_references, samePatients: false), threads: 2);
        AssertRecovers(
            method,
            row =>
            {
                var nearest = Nearest(row, method.NeighbourCount);
                var gaps = nearest.Select(reference => Pick(Row(s_references, reference), s_pattern.Missing)).ToList();
                return gaps.Aggregate((sum, gap) => sum + gap) / gaps.Count;
            },
            1e-6);
    }

    [Fact]
    public void Locally_linear_is_the_weighted_ridge_regression_in_its_primal_form()
    {
        using var method = new LocallyLinearMethod(new ReferenceBeats(s_references, samePatients: false), threads: 2);
        AssertRecovers(method, row => LocallyLinear(row, method.Ridge), 1e-5);
    }

    // Beats of one record are copies of one beat with a little noise: few neighbours are best with the record, many without it.
    [Fact]
    public void Constants_are_chosen_for_same_or_for_unseen_patients()
    {
        var models = SyntheticBeats.Make(40, seed: 21);
        var random = new EcgRecovery.Neural.SeededRandom(22);
        var samples = new List<float>();
        var sources = new List<HeartbeatSource>();
        for (var row = 0; row < 400; row++)
        {
            samples.AddRange(models[row / 10].ToArray().Select(sample => sample + (0.01f * (float)random.NextGaussian())));
            sources.Add(new HeartbeatSource($"{row / 10}", row, "N"));
        }

        var set = new HeartbeatSet([.. samples], new AamiClass[400], sources);
        using var seen = new KNearestMethod(new ReferenceBeats(set, samePatients: true), threads: 2);
        using var notSeen = new KNearestMethod(new ReferenceBeats(set, samePatients: false), threads: 2);
        Assert.Equal(5, seen.NeighbourCount);
        Assert.True(notSeen.NeighbourCount > 5, $"k = {notSeen.NeighbourCount}");
    }

    [Fact]
    public void A_beat_without_visible_samples_becomes_the_mean_beat()
    {
        var broken = new float[HeartbeatSet.BeatLength];
        broken.AsSpan().Fill(float.NaN);
        var mean = Rows(s_references, Enumerable.Range(0, s_references.Count)).ColumnSums() / s_references.Count;
        foreach (var entry in RecoveryMethods.ForBeats.Where(entry => entry.NeedsReferenceBeats))
        {
            using var method = entry.CreateForBeats(new ReferenceBeats(s_references, samePatients: false), 1);
            var recovered = new float[broken.Length];
            method.Recover(broken, recovered);
            for (var t = 0; t < recovered.Length; t++)
                Assert.Equal(mean[t], recovered[t], 1e-5);
        }
    }

    [Fact]
    public void Learning_beats_not_learning_where_beats_resemble_each_other()
    {
        var errors = RecoveryMethods.ForBeats.ToDictionary(entry => entry.Name, entry =>
        {
            using var method = entry.CreateForBeats(new ReferenceBeats(s_references, samePatients: false), 1);
            var recovered = new float[s_broken.Length];
            method.Recover(s_broken, recovered);
            return recovered.Zip(s_truth.Samples, (a, b) => Math.Pow(a - b, 2)).Sum();
        });
        Assert.True(errors["locally-linear"] < errors["linear"] && errors["linear"] < errors["zeros"], string.Join(", ", errors));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(64)]
    public void Cholesky_solves_as_MathNet_does(int n)
    {
        var root = Matrix<double>.Build.Random(n, n + 2, seed: 5);
        var matrix = root.TransposeAndMultiply(root);
        var b = Vector<double>.Build.Random(n, seed: 6);
        var a = matrix.ToRowMajorArray();
        var x = b.ToArray();
        Cholesky.Factor(a, n);
        Cholesky.Solve(a, n, x);
        var expected = matrix.Cholesky().Solve(b);
        for (var i = 0; i < n; i++)
            Assert.Equal(expected[i], x[i], 1e-6 * (1 + Math.Abs(expected[i])));
    }

    [Fact]
    public void Cholesky_refuses_a_matrix_that_is_not_positive_definite() =>
        Assert.Throws<ArgumentException>(() => Cholesky.Factor([1, 0, 2, 1], 2));

    /// <summary>(XᵀWX + λI)⁻¹XᵀWY with X, Y centred on their weighted means, λ from the trace of the dual's Gram matrix.</summary>
    private static Vector<double> LocallyLinear(int row, double ridge)
    {
        var nearest = Nearest(row, 64).ToList();
        var all = Rows(s_references, nearest);
        var distances = nearest
            .Select(reference => (Pick(Row(s_references, reference), s_pattern.Visible) - Visible(row)).L2Norm())
            .ToList();
        var h = 0.5 * distances.Average();
        var w = Vector<double>.Build.DenseOfEnumerable(distances.Select(d => Math.Exp(-d * d / (2 * h * h))));
        var mean = all.TransposeThisAndMultiply(w) / w.Sum();
        var root = Matrix<double>.Build.DenseOfDiagonalVector(w.PointwiseSqrt());
        var centred = root * Matrix<double>.Build.Dense(all.RowCount, all.ColumnCount, (i, j) => all[i, j] - mean[j]);
        var a = Matrix<double>.Build.DenseOfColumnVectors(s_pattern.Visible.Select(centred.Column));
        var b = Matrix<double>.Build.DenseOfColumnVectors(s_pattern.Missing.Select(centred.Column));
        var lambda = ridge * a.TransposeAndMultiply(a).Trace() / a.RowCount;
        var inverse = (a.TransposeThisAndMultiply(a) + (lambda * Matrix<double>.Build.DenseIdentity(a.ColumnCount))).Inverse();
        var coefficients = inverse * a.TransposeThisAndMultiply(b);
        return Pick(mean, s_pattern.Missing) + coefficients.TransposeThisAndMultiply(Visible(row) - Pick(mean, s_pattern.Visible));
    }

    private static void AssertRecovers(BeatRecoveryMethod method, Func<int, Vector<double>> expected, double tolerance)
    {
        var recovered = new float[s_broken.Length];
        method.Recover(s_broken, recovered);
        for (var row = 0; row < s_truth.Count; row++)
        {
            var gap = expected(row);
            for (var m = 0; m < s_pattern.Missing.Length; m++)
                Assert.Equal(gap[m], recovered[(row * HeartbeatSet.BeatLength) + s_pattern.Missing[m]], tolerance);
        }
    }

    private static IEnumerable<int> Nearest(int row, int k) =>
        Enumerable.Range(0, s_references.Count)
            .OrderBy(reference => (Pick(Row(s_references, reference), s_pattern.Visible) - Visible(row)).L2Norm())
            .Take(k);

    private static Vector<double> Visible(int row) => Pick(Row(s_truth, row), s_pattern.Visible);

    private static Vector<double> Row(HeartbeatSet beats, int row) =>
        Vector<double>.Build.DenseOfEnumerable(beats[row].ToArray().Select(sample => (double)sample));

    private static Matrix<double> Rows(HeartbeatSet beats, IEnumerable<int> rows) =>
        Matrix<double>.Build.DenseOfRowVectors(rows.Select(row => Row(beats, row)));

    private static Vector<double> Pick(Vector<double> vector, int[] indices) =>
        Vector<double>.Build.DenseOfEnumerable(indices.Select(index => vector[index]));

    private static Matrix<double> Pick(Matrix<double> matrix, int[] rows, int[] columns) =>
        Matrix<double>.Build.Dense(rows.Length, columns.Length, (i, j) => matrix[rows[i], columns[j]]);
}
