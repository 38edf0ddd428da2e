using EcgRecovery.Records;

namespace EcgRecovery.Recovery.Records;

/// <summary>Classes of lengths of gaps: each reaches to half as much again, from 20 ms on.</summary>
/// <param name="Number">Number of the class; below 0 for gaps of less than 20 ms.</param>
internal readonly record struct GapLength(int Number)
{
    private const double FirstSeconds = 0.02;
    private const double Ratio = 1.5;

    /// <summary>Returns the class of a gap.</summary>
    public static GapLength Of(SampleSpan gap, double samplingFrequencyHz) =>
        new((int)Math.Floor(Math.Log(gap.Length / samplingFrequencyHz / FirstSeconds, Ratio)));
}
