namespace EcgRecovery.Recovery.Records.Neighbours;

/// <summary>A map of time that moves the beats of a signal to other times and keeps their QRS complexes rigid.</summary>
/// <remarks>
/// Piecewise linear: the samples beside the signal stay beside it, each beat moves with 50 ms on both sides (less where another beat or an
/// end is near), and what lies between is stretched.
/// </remarks>
internal sealed class BeatWarp
{
    private const double RigidSeconds = 0.05;

    // Of the time to the next beat, a rigid part takes less than half; of that to an end, which does not move, more.
    private const double ShareToBeat = 0.45;
    private const double ShareToEnd = 0.8;

    private readonly List<(double To, double From)> _knots = [];

    /// <summary>Makes the map.</summary>
    /// <param name="from">The beats in samples from the signal's start, ascending.</param>
    /// <param name="fromLength">Samples of the signal.</param>
    /// <param name="to">Where each beat is to be, ascending, at least a sample apart.</param>
    /// <param name="toLength">Samples of the result.</param>
    /// <param name="samplingFrequencyHz">Samples per second.</param>
    public BeatWarp(
        IReadOnlyList<double> from, int fromLength, IReadOnlyList<double> to, int toLength, double samplingFrequencyHz)
    {
        _knots.Add((-1, -1));
        for (var m = 0; m < to.Count; m++)
        {
            var before = m == 0 ? (-1, -1) : (to[m - 1], from[m - 1]);
            var after = m == to.Count - 1 ? (toLength, fromLength) : (to[m + 1], from[m + 1]);
            var (left, right) = (Rigid(before, (to[m], from[m]), m == 0), Rigid((to[m], from[m]), after, m == to.Count - 1));
            _knots.Add((to[m] - left, from[m] - left));
            _knots.Add((to[m] + right, from[m] + right));
        }

        _knots.Add((toLength, fromLength));

        double Rigid((double To, double From) earlier, (double To, double From) later, bool isEnd) => Math.Min(
            RigidSeconds * samplingFrequencyHz,
            (isEnd ? ShareToEnd : ShareToBeat) * Math.Min(later.To - earlier.To, later.From - earlier.From));
    }

    /// <summary>Adds the moved signal, read by straight lines between its samples, to a sum.</summary>
    /// <param name="samples">The signal.</param>
    /// <param name="offset">Added to each sample.</param>
    /// <param name="weight">Factor.</param>
    /// <param name="sum">[length of the result].</param>
    public void Add(ReadOnlySpan<float> samples, double offset, double weight, Span<double> sum)
    {
        var k = 0;
        for (var t = 0; t < sum.Length; t++)
        {
            while (t > _knots[k + 1].To)
                k++;
            var (start, end) = (_knots[k], _knots[k + 1]);
            var at = start.From + ((t - start.To) / (end.To - start.To) * (end.From - start.From));
            at = Math.Clamp(at, 0, samples.Length - 1);
            var before = (int)at;
            var after = Math.Min(before + 1, samples.Length - 1);
            sum[t] += weight * (samples[before] + ((samples[after] - (double)samples[before]) * (at - before)) + offset);
        }
    }
}
