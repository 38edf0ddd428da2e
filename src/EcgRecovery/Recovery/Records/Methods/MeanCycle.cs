using EcgRecovery.Records;

namespace EcgRecovery.Recovery.Records.Methods;

/// <summary>The mean of beats as a function of phase.</summary>
/// <remarks>Each beat counts without its own mean, so that the wander of the ECG is no part of it.</remarks>
internal sealed class MeanCycle
{
    private readonly double[] _values;

    /// <summary>Computes the mean.</summary>
    /// <param name="samples">[N], observed from R to R′ of every beat.</param>
    /// <param name="beats">[R, R′) of each beat, at least one.</param>
    /// <param name="steps">Steps from phase 0 to phase 1, at least one.</param>
    public MeanCycle(ReadOnlySpan<float> samples, IReadOnlyList<SampleSpan> beats, int steps)
    {
        _values = new double[steps + 1];
        var beat = new double[steps + 1];
        foreach (var span in beats)
        {
            for (var i = 0; i <= steps; i++)
                beat[i] = Between(samples, span.Start + (span.Length * (double)i / steps));
            var mean = beat.Average();
            for (var i = 0; i <= steps; i++)
                _values[i] += (beat[i] - mean) / beats.Count;
        }
    }

    /// <summary>Returns the mean at a phase, 0…1.</summary>
    public double At(double phase)
    {
        var place = phase * (_values.Length - 1);
        var step = Math.Min((int)place, _values.Length - 2);
        return _values[step] + ((place - step) * (_values[step + 1] - _values[step]));
    }

    private static double Between(ReadOnlySpan<float> samples, double place)
    {
        var t = (int)place;
        double left = samples[t], share = place - t;
        return share == 0 ? left : left + (share * (samples[t + 1] - left));
    }
}
