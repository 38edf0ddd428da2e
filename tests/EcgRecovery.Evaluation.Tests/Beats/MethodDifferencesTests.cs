using EcgRecovery.Beats;
using EcgRecovery.Evaluation.Beats;
using EcgRecovery.Recovery.Beats;

namespace EcgRecovery.Evaluation.Tests.Beats;

public class MethodDifferencesTests
{
    // Errors differ wildly between the patients (rows of 1 against rows of 0.5 and padding), but always by the same factor.
    [Fact]
    public void What_is_common_to_both_methods_does_not_widen_the_interval()
    {
        var beats = BeatGapProtocolTests.Beats(40, "100", "101", "103", "105");
        for (var i = 20 * 187; i < beats.Samples.Length; i++)
            beats.Samples[i] *= 0.5f;
        using var other = new ScaledMethod("locally-linear", beats, 0.5f);
        using var better = new ScaledMethod("better", beats, 0.75f);
        using var same = new ScaledMethod("same", beats, 0.5f);
        var result = BeatGapProtocol.Evaluate("all", beats, [better, other, same], new BeatGapOptions { BootstrapResamples = 200 });

        Assert.Equal("locally-linear", result.ComparedWith);
        Assert.Null(result.Methods[1].Differences);
        var errors = result.Methods[0].GapRmse;
        Assert.True(errors.High > 1.3 * errors.Low);
        var difference = result.Methods[0].Differences!;
        foreach (var error in new[] { difference.WholeBeatRmse, difference.GapRmse, difference.GapRmseRealSamples })
        {
            var relative = error.Relative;
            Assert.Equal(-0.5, relative.Value, 1e-6);
            Assert.Equal(-0.5, relative.Low, 1e-6);
            Assert.Equal(-0.5, relative.High, 1e-6);
        }

        Assert.Equal(errors.Mean - result.Methods[1].GapRmse.Mean, difference.GapRmse.Absolute.Value, 1e-9);
        Assert.True(difference.GapRmse.Absolute.ExcludesZero);
        Assert.False(result.Methods[2].Differences!.GapRmse.Relative.ExcludesZero);
        Assert.Contains(
            result.Notes,
            note => note.StartsWith("Against locally-linear:", StringComparison.Ordinal) && note.Contains("the same drawn patients"));
    }

    [Fact]
    public void Without_locally_linear_or_with_no_other_method_nothing_is_compared()
    {
        var beats = BeatGapProtocolTests.Beats(4);
        using var one = new ConstantMethod("linear", 0, learnedFrom: []);
        using var two = new ConstantMethod("locally-linear", 0, learnedFrom: []);
        foreach (var method in new[] { one, two })
        {
            var result = BeatGapProtocol.Evaluate("x", beats, [method], new BeatGapOptions { BootstrapResamples = 10 });
            Assert.Null(result.ComparedWith);
            Assert.Null(result.Methods[0].Differences);
        }
    }

    /// <summary>A method that recovers a fixed share of the truth.</summary>
    private sealed class ScaledMethod(string name, HeartbeatSet truth, float share) : BeatRecoveryMethod
    {
        public override string Name => name;

        public override void Estimate(ReadOnlySpan<float> beats, Span<float> destination, CancellationToken cancellationToken = default)
        {
            for (var i = 0; i < beats.Length; i++)
                destination[i] = share * truth.Samples[i];
        }
    }
}
