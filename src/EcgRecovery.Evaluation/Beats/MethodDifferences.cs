using EcgRecovery.Evaluation.Scores;

namespace EcgRecovery.Evaluation.Beats;

/// <summary>How a method's mean errors differ from those of the method that all are compared with, on the same rows.</summary>
/// <param name="WholeBeatRmse">Over all 187 samples.</param>
/// <param name="GapRmse">Over the gap's samples.</param>
/// <param name="GapRmseRealSamples">Over the gap's samples before the padding.</param>
public sealed record MethodDifferences(ErrorDifference WholeBeatRmse, ErrorDifference GapRmse, ErrorDifference GapRmseRealSamples)
{
    /// <summary>The strongest of the reference methods: what a trained model must beat.</summary>
    internal const string ComparedWith = "locally-linear";
}

/// <summary>The difference of two mean errors.</summary>
/// <param name="Absolute">Mean less the other's mean, in the errors' unit: below 0 where the method is better.</param>
/// <param name="Relative">Mean over the other's mean, less 1: −0.15 is 15 % less error.</param>
public sealed record ErrorDifference(DifferenceSummary Absolute, DifferenceSummary Relative)
{
    /// <param name="mean">The method's mean.</param>
    /// <param name="drawn">Its means over the bootstrap's draws.</param>
    /// <param name="otherMean">The other's mean.</param>
    /// <param name="otherDrawn">Its means over the same draws: what moves both moves their difference little.</param>
    internal static ErrorDifference Of(double mean, double[] drawn, double otherMean, double[] otherDrawn) => new(
        Summarise(mean - otherMean, [.. drawn.Zip(otherDrawn, (own, other) => own - other)]),
        Summarise((mean / otherMean) - 1, [.. drawn.Zip(otherDrawn, (own, other) => (own / other) - 1)]));

    private static DifferenceSummary Summarise(double value, double[] drawn)
    {
        var (low, high) = Bootstrap.Interval(drawn);
        return new DifferenceSummary(value, low, high);
    }
}

/// <summary>A difference with its 95 % bootstrap interval; NaN where no row counts.</summary>
public sealed record DifferenceSummary(double Value, double Low, double High)
{
    /// <summary>Whether the interval leaves no doubt, at 95 %, about which method is better.</summary>
    public bool ExcludesZero => Low > 0 || High < 0;
}
