using EcgRecovery.BeatDesigns.Beats;
using EcgRecovery.Records;

namespace EcgRecovery.BeatDesigns.Scores;

/// <summary>How well the gaps of one plan were recovered. Errors are RMSE in parts of the beat's height.</summary>
/// <param name="WholeRows">Over the whole beat (all 187 samples, those outside the gap without error), mean over rows.</param>
/// <param name="WholePatients">The same, mean over the patients' means.</param>
/// <param name="RealRows">Over the gap's samples of real signal, mean over the rows that have such.</param>
/// <param name="RealPatients">The same, mean over the patients' means.</param>
/// <param name="GapRows">Over the gap, padding included, mean over rows.</param>
/// <param name="WholeByPatient">Each patient's mean.</param>
/// <param name="RealByPatient">Each patient's mean.</param>
/// <param name="VarianceRatio">Variance within the recovered gaps over that within the true ones, over real samples: 1 = nothing is blurred.</param>
/// <param name="PeakBias">Mean of recovered less true peak, where an R wave (0.8 or more) lies in the gap; NaN where none does.</param>
/// <param name="Rows">Rows with a gap.</param>
/// <param name="RealRowCount">Rows whose gap has real samples.</param>
internal sealed record PlanScore(
    double WholeRows, double WholePatients, double RealRows, double RealPatients, double GapRows,
    IReadOnlyDictionary<string, double> WholeByPatient, IReadOnlyDictionary<string, double> RealByPatient, double VarianceRatio, double PeakBias,
    int Rows, int RealRowCount)
{
    private const int Length = HeartbeatSet.BeatLength;

    /// <summary>From here on a peak is an R wave: rows begin with one, of height 1 or near it.</summary>
    private const double PeakHeight = 0.8;

    /// <summary>Scores recoveries.</summary>
    /// <param name="set">The true beats.</param>
    /// <param name="broken">[N]; of each only the first gap is scored.</param>
    /// <param name="recovered">[N, 187]; only gap samples are read.</param>
    public static PlanScore Of(HeartbeatSet set, BrokenBeat[] broken, float[] recovered)
    {
        var whole = new Dictionary<string, List<double>>(StringComparer.Ordinal);
        var real = new Dictionary<string, List<double>>(StringComparer.Ordinal);
        double gapSum = 0, variance = 0, trueVariance = 0, bias = 0;
        var peaks = 0;
        for (var i = 0; i < broken.Length; i++)
        {
            var beat = broken[i];
            var errors = GapErrors.Of(set[beat.Row], recovered.AsSpan(i * Length, Length), beat.Gap, set.RealLength(beat.Row));
            var patient = set.Sources![beat.Row].Record;
            whole.TryAdd(patient, []);
            real.TryAdd(patient, []);
            whole[patient].Add(Math.Sqrt(errors.Squares / Length));
            gapSum += Math.Sqrt(errors.Squares / beat.Gap.Length);
            if (errors.RealCount == 0)
                continue;
            real[patient].Add(Math.Sqrt(errors.RealSquares / errors.RealCount));
            variance += errors.Variation;
            trueVariance += errors.TrueVariation;
            if (errors.TruePeak >= PeakHeight)
            {
                bias += errors.Peak - errors.TruePeak;
                peaks++;
            }
        }

        var realMeans = real.Where(patient => patient.Value.Count > 0).ToDictionary(patient => patient.Key, patient => patient.Value.Average());
        return new PlanScore(
            whole.Values.SelectMany(errors => errors).Average(),
            whole.Values.Average(errors => errors.Average()),
            real.Values.SelectMany(errors => errors).DefaultIfEmpty(double.NaN).Average(),
            realMeans.Values.DefaultIfEmpty(double.NaN).Average(),
            gapSum / broken.Length,
            whole.ToDictionary(patient => patient.Key, patient => patient.Value.Average()),
            realMeans,
            variance / trueVariance,
            peaks > 0 ? bias / peaks : double.NaN,
            broken.Length,
            real.Values.Sum(errors => errors.Count));
    }

    /// <summary>One gap's sums: squared errors, and over the real samples squared deviations from the mean and peaks.</summary>
    private readonly record struct GapErrors(
        double Squares, double RealSquares, int RealCount, double Variation, double TrueVariation, double Peak, double TruePeak)
    {
        public static GapErrors Of(ReadOnlySpan<float> truth, ReadOnlySpan<float> recovered, Gap gap, int realLength)
        {
            double squares = 0, realSquares = 0, sum = 0, trueSum = 0, power = 0, truePower = 0, peak = -1, truePeak = -1;
            var realEnd = Math.Clamp(realLength, gap.StartSample, gap.EndSample);
            for (var t = gap.StartSample; t < gap.EndSample; t++)
            {
                double y = recovered[t], e = y - truth[t];
                squares += e * e;
                if (t >= realEnd)
                    continue;
                realSquares += e * e;
                (sum, power) = (sum + y, power + (y * y));
                // The square in single precision, as the committed results have it.
                (trueSum, truePower) = (trueSum + truth[t], truePower + (truth[t] * truth[t]));
                (peak, truePeak) = (Math.Max(peak, y), Math.Max(truePeak, truth[t]));
            }

            var count = realEnd - gap.StartSample;
            return new GapErrors(
                squares, realSquares, count, power - (sum * sum / count), truePower - (trueSum * trueSum / count), peak, truePeak);
        }
    }
}
