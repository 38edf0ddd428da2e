namespace EcgRecovery.Benchmarks.Tables;

/// <summary>A document of prose in which some blocks, between markers, are written by this program.</summary>
/// <remarks>
/// <code>
/// &lt;!-- written by: bench (NAME) --&gt;
/// …
/// &lt;!-- end --&gt;
/// </code>
/// </remarks>
internal static class MarkedDocument
{
    private const string End = "<!-- end -->";

    /// <summary>The document with a block's contents replaced.</summary>
    /// <param name="document">The whole text.</param>
    /// <param name="name">The block's.</param>
    /// <param name="contents">What is to stand in it.</param>
    /// <exception cref="InvalidDataException">The document has no such block, or it has no end.</exception>
    public static string Replace(string document, string name, string contents)
    {
        var begin = $"<!-- written by: bench ({name}) -->\n";
        var start = document.IndexOf(begin, StringComparison.Ordinal);
        var end = start < 0 ? -1 : document.IndexOf(End, start, StringComparison.Ordinal);
        if (end < 0)
            throw new InvalidDataException($"The document has no block '{begin.TrimEnd()}' … '{End}'.");
        return $"{document[..(start + begin.Length)]}{contents.TrimEnd('\n')}\n{document[end..]}";
    }
}
