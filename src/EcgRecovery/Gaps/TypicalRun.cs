using EcgRecovery.Records;

namespace EcgRecovery.Gaps;

/// <summary>The longest run of one value in a typical two seconds of a lead: the median over all of them.</summary>
/// <remarks>Two seconds contain a heartbeat, and so its quiet part. The lengths are counted in classes, so memory does not grow.</remarks>
internal sealed class TypicalRun(double samplingFrequencyHz)
{
    private const double BlockSeconds = 2;

    // A class is 0.5 ms, or a sample if that is longer: fine enough for a multiple of it.
    private const int Classes = 4096;

    private readonly long[] _counts = new long[Classes];
    private readonly double _blockSamples = Math.Max(1, BlockSeconds * samplingFrequencyHz);
    private double _block = -1;
    private long _longest;

    /// <summary>The length of the run, in samples; 0 if there is no signal.</summary>
    public double Samples
    {
        get
        {
            var counts = (long[])_counts.Clone();
            if (_longest > 0)
                counts[ClassOf(_longest)]++;
            var half = (counts.Sum() + 1) / 2;
            var (index, sum) = (0, counts[0]);
            while (sum < half)
                sum += counts[++index];
            return index * SamplesPerClass;
        }
    }

    private double SamplesPerClass => Math.Max(1, _blockSamples / Classes);

    /// <summary>Adds the next run of one value.</summary>
    public void Next(SampleSpan run)
    {
        var block = Math.Floor((run.End - 1) / _blockSamples);
        if (block != _block && _longest > 0)
        {
            _counts[ClassOf(_longest)]++;
            _longest = 0;
        }

        _block = block;
        _longest = Math.Max(_longest, run.Length);
    }

    private int ClassOf(long length) => (int)Math.Min(Classes - 1, length / SamplesPerClass);
}
