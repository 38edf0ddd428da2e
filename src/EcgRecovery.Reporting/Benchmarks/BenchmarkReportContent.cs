using EcgRecovery.Evaluation.Scores;
using EcgRecovery.Reporting.Figures;
using EcgRecovery.Reporting.Pages;

namespace EcgRecovery.Reporting.Benchmarks;

/// <summary>Results shown in the report of a benchmark.</summary>
internal sealed record BenchmarkReportContent
{
    /// <summary>Title, one line.</summary>
    public required string Title { get; init; }

    /// <summary>The main result in one sentence.</summary>
    public required string Conclusion { get; init; }

    /// <summary>The table that answers the benchmark's question.</summary>
    public required ResultTable Headline { get; init; }

    /// <summary>What was measured and how: plan, split, seed, versions.</summary>
    public required string Protocol { get; init; }

    /// <summary>Version of the tool.</summary>
    public required string ToolVersion { get; init; }

    /// <summary>What the error in figures is, with its unit.</summary>
    public string Error { get; init; } = "RMSE in the gap, mV";

    /// <summary>Key figures below the title, such as the plan and the seed; may be empty.</summary>
    public IReadOnlyList<PageFact> Facts { get; init; } = [];

    /// <summary>Errors over the length of gaps, one figure each; may be empty.</summary>
    public IReadOnlyList<BenchmarkCurves> Curves { get; init; } = [];

    /// <summary>Errors patient by patient, one figure each; may be empty.</summary>
    public IReadOnlyList<BenchmarkPatients> Patients { get; init; } = [];

    /// <summary>Single gaps, such as the best, the median and the worst of a method; may be empty.</summary>
    public IReadOnlyList<BenchmarkExample> Examples { get; init; } = [];

    /// <summary>Further tables; may be empty.</summary>
    public IReadOnlyList<BenchmarkSection> Sections { get; init; } = [];

    /// <summary>Notes on the tables; may be empty.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Source and citation of the data; null = none.</summary>
    public string? AboutData { get; init; }
}

/// <summary>Curves of one figure.</summary>
/// <param name="Title">What they have in common, as in <c>All leads lost, random places</c>.</param>
/// <param name="Curves">One curve per method.</param>
internal sealed record BenchmarkCurves(string Title, IReadOnlyList<ErrorCurve> Curves);

/// <summary>Patients of one figure.</summary>
/// <param name="Title">What they have in common, as in <c>Gaps of 1 s</c>.</param>
/// <param name="Methods">Names of the methods.</param>
/// <param name="Patients">Their errors.</param>
internal sealed record BenchmarkPatients(string Title, IReadOnlyList<string> Methods, IReadOnlyList<PatientErrors> Patients);

/// <summary>Further tables of one subject.</summary>
/// <param name="Title">The subject.</param>
/// <param name="Explanation">A paragraph above the tables; may be empty.</param>
/// <param name="Tables">The tables.</param>
internal sealed record BenchmarkSection(string Title, string Explanation, IReadOnlyList<ResultTable> Tables);
