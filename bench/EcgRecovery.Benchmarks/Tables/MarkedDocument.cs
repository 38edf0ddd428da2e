namespace EcgRecovery.Benchmarks.Tables;

/// <summary>A document with blocks between markers that this program writes.</summary>
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

    /// <summary>Returns the document with the contents of a block replaced.</summary>
    /// <param name="document">The whole text.</param>
    /// <param name="name">The name of the block.</param>
    /// <param name="contents">The new contents.</param>
    /// <exception cref="InvalidDataException">The document has no such block, or no end of it.</exception>
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
