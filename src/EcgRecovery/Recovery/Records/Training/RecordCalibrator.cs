using EcgRecovery.Recovery.Records.Model;

namespace EcgRecovery.Recovery.Records.Training;

/// <summary>Learns the calibration of a record model from predictions of held-out gaps.</summary>
internal sealed class RecordCalibrator
{
    private static readonly double[] s_limits = [0.1, 0.2, 0.4, 0.75, 1.4, double.PositiveInfinity];

    private static readonly CalibrationBin[] s_bins =
        [.. new[] { false, true }.SelectMany(isSurviving => s_limits.Select(limit => new CalibrationBin(limit, isSurviving, [])))];

    private readonly IReadOnlyList<float> _levels;
    private readonly List<Prediction>[] _gapsOfBin = [.. s_bins.Select(_ => new List<Prediction>())];

    /// <param name="levels">The levels of the quantiles, ascending, symmetric about ½.</param>
    public RecordCalibrator(IReadOnlyList<float> levels) => _levels = levels;

    /// <summary>Number of intervals; one has a pair of levels.</summary>
    private int Intervals => _levels.Count / 2;

    /// <summary>Adds a gap, predicted by a member that was not trained on its patient.</summary>
    /// <param name="gap">The gap.</param>
    /// <param name="outputs">[cells of the gap, 1 + levels].</param>
    public void Add(TrainingGap gap, float[] outputs)
    {
        var isSurviving = gap.Cells.Features[GapChannels.SurvivingFeature] > 0;
        _gapsOfBin[RecordCalibration.Find(s_bins, gap.Cells.Inside, isSurviving)].Add(new Prediction(gap, outputs));
    }

    /// <summary>Returns the calibration. A bin without gaps has the factors of the nearest with some, if possible of its kind.</summary>
    /// <exception cref="InvalidOperationException">No gap was added.</exception>
    public RecordCalibration Learn()
    {
        var factors = _gapsOfBin.Select(gaps => gaps.Count == 0 ? null : FactorsOf(gaps)).ToArray();
        return new RecordCalibration([.. s_bins.Select((bin, at) => bin with { Factors = factors[at] ?? Nearest(factors, at) })]);
    }

    private static float[] Nearest(float[]?[] factors, int at) =>
        Enumerable.Range(0, factors.Length).Where(other => factors[other] is not null)
            .OrderBy(other => s_bins[other].IsSurviving != s_bins[at].IsSurviving)
            .ThenBy(other => Math.Abs((other % s_limits.Length) - (at % s_limits.Length)))
            .Select(other => factors[other]!)
            .First();

    private float[] FactorsOf(List<Prediction> gaps)
    {
        var gapsOfPatient = gaps.CountBy(gap => gap.Gap.Patient).ToDictionary();
        var count = gaps.Sum(gap => gap.Gap.Residual.Length);
        var (needed, weights) = (new float[count], new double[count]);
        return [.. Enumerable.Range(0, Intervals).Select(Factor)];

        float Factor(int interval)
        {
            var at = 0;
            foreach (var (gap, outputs) in gaps)
            {
                var width = outputs.Length / gap.Residual.Length;
                for (var c = 0; c < gap.Residual.Length; c++, at++)
                {
                    needed[at] = RecordCalibration.Needed(gap.Residual[c], outputs.AsSpan(c * width, width), interval);
                    weights[at] = 1.0 / gap.Residual.Length / gapsOfPatient[gap.Patient];
                }
            }

            return WeightedQuantile(needed, weights, IntervalLevels.ShareOf(_levels, interval) * gapsOfPatient.Count);
        }
    }

    /// <summary>Returns the least value with which the weights of smaller or equal ones reach a sum. Sorts the values.</summary>
    private static float WeightedQuantile(float[] values, double[] weights, double sum)
    {
        Array.Sort(values, weights);
        var at = 0;
        // Up to the rounding of the weights.
        for (var left = sum - weights[0]; left > 1e-9 && at < values.Length - 1; left -= weights[at])
            at++;
        return Math.Max(values[at], float.Epsilon);
    }

    private readonly record struct Prediction(TrainingGap Gap, float[] Outputs);
}
