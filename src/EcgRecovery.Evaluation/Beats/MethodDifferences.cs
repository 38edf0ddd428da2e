using EcgRecovery.Evaluation.Scores;

namespace EcgRecovery.Evaluation.Beats;

/// <summary>Differences between a method's mean errors and those of <see cref="ComparedWith"/>, on the same rows.</summary>
/// <param name="WholeBeatRmse">Over all 187 samples.</param>
/// <param name="GapRmse">Over the gap's samples.</param>
/// <param name="GapRmseRealSamples">Over the gap's samples before the padding.</param>
internal sealed record MethodDifferences(ErrorDifference WholeBeatRmse, ErrorDifference GapRmse, ErrorDifference GapRmseRealSamples)
{
    /// <summary>Name of the strongest reference method: a trained model must have lower errors.</summary>
    public const string ComparedWith = "locally-linear";
}
