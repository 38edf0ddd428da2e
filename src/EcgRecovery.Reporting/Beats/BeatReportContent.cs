using EcgRecovery.Evaluation.Beats;
using EcgRecovery.Recovery.Training;

namespace EcgRecovery.Reporting.Beats;

/// <summary>Results shown in a report of recovered heartbeats.</summary>
/// <param name="Evaluation">Errors of the methods.</param>
/// <param name="Traces">Beats to draw with all methods, in the order of the report; may be empty.</param>
/// <param name="Curves">Learning curves of the models that have one; may be empty.</param>
/// <param name="DataName">Name of the data file.</param>
/// <param name="DataSha256">SHA-256 of the data file in hexadecimal; null where it is not known.</param>
/// <param name="ToolVersion">Version of the tool.</param>
/// <param name="Headline">The main result in one sentence; null = none.</param>
internal sealed record BeatReportContent(
    BeatEvaluation Evaluation,
    IReadOnlyList<BeatTrace> Traces,
    IReadOnlyList<LearningCurve> Curves,
    string DataName,
    string? DataSha256,
    string ToolVersion,
    string? Headline)
{
    /// <summary>Best, median and worst beat of every class; null where they are not shown.</summary>
    public BeatExamples? Examples { get; init; }

    /// <summary>Rows in which the gap hides the end or an extreme; null where they were not counted.</summary>
    public BeatGapLosses? Losses { get; init; }
}
