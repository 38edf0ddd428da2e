namespace EcgRecovery.Formats.Csv.Heads;

/// <summary>The heads that are known: one type for each, and one line here.</summary>
internal static class TextHeads
{
    private static readonly Func<IReadOnlyList<string>, TextHead?>[] s_all =
    [
        OpenSignalsHead.Read,
        OpenBciHead.Read,
        LabChartHead.Read,
        AcqKnowledgeHead.Read,
        EmpaticaHead.Read,
        KeyValueHead.Read,
    ];

    /// <summary>Reads the head of a file.</summary>
    /// <param name="lines">The file's first lines, without blank ones.</param>
    /// <returns>The head; an empty one if none is known.</returns>
    public static TextHead Read(IReadOnlyList<string> lines) =>
        s_all.Select(read => read(lines)).FirstOrDefault(head => head is not null) ?? new TextHead();
}
