using EcgRecovery.Evaluation.Scores;

namespace EcgRecovery.Evaluation.Beats;

/// <summary>How a method's mean errors differ from those of the method that all are compared with, on the same rows.</summary>
/// <param name="WholeBeatRmse">Over all 187 samples.</param>
/// <param name="GapRmse">Over the gap's samples.</param>
/// <param name="GapRmseRealSamples">Over the gap's samples before the padding.</param>
internal sealed record MethodDifferences(ErrorDifference WholeBeatRmse, ErrorDifference GapRmse, ErrorDifference GapRmseRealSamples)
{
    /// <summary>The strongest of the reference methods: what a trained model must beat.</summary>
    public const string ComparedWith = "locally-linear";
}
