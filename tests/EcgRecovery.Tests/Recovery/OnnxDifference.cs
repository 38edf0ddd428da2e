using System.Globalization;

namespace EcgRecovery.Tests.Recovery;

/// <summary>The largest difference between outputs of the engine and of ONNX Runtime; docs/onnx.md has those seen.</summary>
/// <param name="outputs">Which outputs, for the test's output.</param>
/// <param name="maximum">The largest difference that is allowed, relative to an output's absolute value where that is above 1.</param>
internal sealed class OnnxDifference(string outputs, double maximum)
{
    private double _largest, _largestRelative, _largestOutput;
    private int _count;

    /// <summary>Compares an output.</summary>
    public void Add(float engine, float runtime)
    {
        var difference = Math.Abs((double)engine - runtime);
        _largest = Math.Max(_largest, difference);
        _largestRelative = Math.Max(_largestRelative, difference / Math.Max(1, Math.Abs(engine)));
        _largestOutput = Math.Max(_largestOutput, Math.Abs(engine));
        _count++;
    }

    /// <summary>Requires that the outputs agree, and that there are at least as many as expected.</summary>
    public void AssertSmall(int minimumCount)
    {
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"{outputs}: largest difference {_largest:E2}, relative {_largestRelative:E2}, of {_count} outputs up to {_largestOutput:F3}");
        TestContext.Current.TestOutputHelper?.WriteLine(text);
        Assert.True(_count >= minimumCount && _largestOutput > 0.1 && _largestRelative <= maximum, text);
    }
}
