using EcgRecovery.Beats;
using EcgRecovery.Records;

namespace EcgRecovery.Evaluation.Beats;

/// <summary>One method's recovery of one beat.</summary>
/// <param name="Name">The method's name.</param>
/// <param name="Recovered">[187], as it was scored.</param>
/// <param name="WholeBeatRmse">Over all 187 samples.</param>
/// <param name="GapRmse">Over the gap's samples.</param>
/// <param name="GapRmseRealSamples">Over the gap's samples before the padding; NaN where there is none.</param>
internal sealed record MethodTrace(string Name, float[] Recovered, double WholeBeatRmse, double GapRmse, double GapRmseRealSamples)
{
    /// <summary>2.5 % bounds, [187]; an observed sample is its own bound; null where the method has no intervals.</summary>
    public float[]? Lower { get; init; }

    /// <summary>97.5 % bounds, [187]; see <see cref="Lower"/>.</summary>
    public float[]? Upper { get; init; }
}

/// <summary>One beat with its recoveries, for a figure.</summary>
/// <param name="Row">Row of the file, counted from 0.</param>
/// <param name="Class">The beat's class.</param>
/// <param name="Source">Record and sample that it was cut from; null where they are not known.</param>
/// <param name="RealLength">Samples before the padding.</param>
/// <param name="Gap">The samples that it lost.</param>
/// <param name="Original">True values, [187].</param>
/// <param name="Methods">One entry per method.</param>
internal sealed record BeatTrace(
    int Row,
    AamiClass Class,
    HeartbeatSource? Source,
    int RealLength,
    SampleSpan Gap,
    float[] Original,
    IReadOnlyList<MethodTrace> Methods);
