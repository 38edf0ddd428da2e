using EcgRecovery.Recovery;

namespace EcgRecovery.Reporting.Records;

/// <summary>Results shown in a report of a recovered recording.</summary>
/// <param name="Recovered">The recording, which must stay open, and what became of its gaps.</param>
/// <param name="Method">The method that was asked for.</param>
/// <param name="ToolVersion">Version of the tool.</param>
internal sealed record RecoveryReportContent(RecoveredRecord Recovered, string Method, string ToolVersion)
{
    /// <summary>Further tables, below that of the gaps, as of the errors of gaps that were hidden for a test; may be empty.</summary>
    public IReadOnlyList<RecoveryReportTable> Tables { get; init; } = [];
}

/// <summary>A table of a report; the first cell of every row is its heading.</summary>
/// <param name="Title">Its title.</param>
/// <param name="Explanation">A paragraph above it; may be empty.</param>
/// <param name="Headings">The columns' headings.</param>
/// <param name="Rows">The body, as many cells a row as there are headings.</param>
internal sealed record RecoveryReportTable(
    string Title, string Explanation, IReadOnlyList<string> Headings, IReadOnlyList<IReadOnlyList<string>> Rows);
