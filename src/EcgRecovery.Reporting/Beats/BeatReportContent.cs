using EcgRecovery.Evaluation.Beats;
using EcgRecovery.Recovery.Training;

namespace EcgRecovery.Reporting.Beats;

/// <summary>What a report of recovered heartbeats shows. The report draws these results and computes none.</summary>
/// <param name="Evaluation">The methods' errors.</param>
/// <param name="Traces">The beats to draw with all methods, in the order of the report; may be empty.</param>
/// <param name="Curves">The learning curves of the models that have one; may be empty.</param>
/// <param name="DataName">The data file's name.</param>
/// <param name="DataSha256">The data file's SHA-256 in hexadecimal, or null where it is not known.</param>
/// <param name="ToolVersion">The tool's version.</param>
/// <param name="Headline">One sentence that says what the table shows, or null.</param>
internal sealed record BeatReportContent(
    BeatEvaluation Evaluation,
    IReadOnlyList<BeatTrace> Traces,
    IReadOnlyList<LearningCurve> Curves,
    string DataName,
    string? DataSha256,
    string ToolVersion,
    string? Headline)
{
    /// <summary>The beats that stand for their classes; null where none were looked for.</summary>
    public BeatExamples? Examples { get; init; }

    /// <summary>What the gaps hide; null where it was not counted.</summary>
    public BeatGapLosses? Losses { get; init; }
}
