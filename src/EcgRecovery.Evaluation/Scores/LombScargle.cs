using System.Numerics;

namespace EcgRecovery.Evaluation.Scores;

/// <summary>The Lomb–Scargle periodogram: the power of unevenly sampled values at a frequency, by least squares.</summary>
/// <remarks>
/// <code>
/// P(ω) = ½ · [ (Σ y·cos ω(t − τ))² / Σ cos² ω(t − τ)  +  (Σ y·sin ω(t − τ))² / Σ sin² ω(t − τ) ]
/// tan 2ωτ = Σ sin 2ωt / Σ cos 2ωt            y: the values about their mean
/// </code>
/// Sources: Lomb 1976, doi:10.1007/BF00648343; Scargle 1982, doi:10.1086/160554; of RR intervals: Moody, Spectral analysis of heart rate
/// without resampling, Computers in Cardiology 1993, 715–718.
/// </remarks>
internal static class LombScargle
{
    /// <summary>Distance of the frequencies: about the resolution of half an hour.</summary>
    public const double StepHz = 0.0005;

    /// <summary>Returns the power in a band, Σ P·Δf over frequencies <see cref="StepHz"/> apart, the first half a step inside.</summary>
    /// <param name="seconds">Times, [n], ascending.</param>
    /// <param name="values">Values at these times, [n].</param>
    /// <param name="fromHz">Start of the band, above 0.</param>
    /// <param name="toHz">End of the band.</param>
    /// <returns>In squares of the values' unit times n.</returns>
    public static double Power(double[] seconds, double[] values, double fromHz, double toHz)
    {
        var waves = new Waves(seconds, values, fromHz + (StepHz / 2), StepHz);
        var power = 0.0;
        for (var left = (int)Math.Round((toHz - fromHz) / StepHz); left > 0; left--)
            power += waves.NextPower() * StepHz;
        return power;
    }

    /// <summary>The cosine and sine at every time, turned from one frequency to the next: the inner loop calls no function.</summary>
    /// <remarks>All arrays are padded with zeros, which add nothing, to whole vectors.</remarks>
    private sealed class Waves
    {
        private readonly int _count;
        private readonly double[] _values;
        private readonly double[] _cos;
        private readonly double[] _sin;
        private readonly double[] _stepCos;
        private readonly double[] _stepSin;

        public Waves(double[] seconds, double[] values, double firstHz, double stepHz)
        {
            var mean = values.Average();
            _count = values.Length;
            _values = Padded(values.Select(value => value - mean));
            (_cos, _sin) = At(firstHz);
            (_stepCos, _stepSin) = At(stepHz);

            (double[] Cos, double[] Sin) At(double hz)
            {
                var phases = Array.ConvertAll(seconds, time => Math.Tau * hz * (time - seconds[0]));
                return (Padded(phases.Select(Math.Cos)), Padded(phases.Select(Math.Sin)));
            }

            double[] Padded(IEnumerable<double> numbers) =>
                [.. numbers, .. new double[(Vector<double>.Count - (_count % Vector<double>.Count)) % Vector<double>.Count]];
        }

        /// <summary>Returns P at the frequency and goes on to the next one.</summary>
        public double NextPower()
        {
            var (valuesCos, valuesSin, cosSquares, cosSin) = Turn();
            // Σ cos 2ωt = 2·Σ cos² − n, Σ sin 2ωt = 2·Σ cos·sin; the sums at t − τ follow by turning them by ωτ.
            var doubleCos = (2 * cosSquares) - _count;
            var shift = Math.Atan2(2 * cosSin, doubleCos) / 2;
            var (turnSin, turnCos) = Math.SinCos(shift);
            var shiftedSquares = (_count + Math.Sqrt((doubleCos * doubleCos) + (4 * cosSin * cosSin))) / 2;
            return (Share((turnCos * valuesCos) + (turnSin * valuesSin), shiftedSquares)
                + Share((turnCos * valuesSin) - (turnSin * valuesCos), _count - shiftedSquares)) / 2;

            // Without squares there is no wave of this phase, as where all times are multiples of half its period.
            static double Share(double sum, double squares) => squares > 0 ? sum * sum / squares : 0;
        }

        // Returns Σ y·cos ωt, Σ y·sin ωt, Σ cos² ωt and Σ cos ωt·sin ωt.
        private (double ValuesCos, double ValuesSin, double CosSquares, double CosSin) Turn()
        {
            var (valuesCos, valuesSin, cosSquares, cosSin) =
                (Vector<double>.Zero, Vector<double>.Zero, Vector<double>.Zero, Vector<double>.Zero);
            for (var i = 0; i < _values.Length; i += Vector<double>.Count)
            {
                var (value, cos, sin) = (new Vector<double>(_values, i), new Vector<double>(_cos, i), new Vector<double>(_sin, i));
                var (stepCos, stepSin) = (new Vector<double>(_stepCos, i), new Vector<double>(_stepSin, i));
                valuesCos += value * cos;
                valuesSin += value * sin;
                cosSquares += cos * cos;
                cosSin += cos * sin;
                ((cos * stepCos) - (sin * stepSin)).CopyTo(_cos, i);
                ((sin * stepCos) + (cos * stepSin)).CopyTo(_sin, i);
            }

            return (Vector.Sum(valuesCos), Vector.Sum(valuesSin), Vector.Sum(cosSquares), Vector.Sum(cosSin));
        }
    }
}
