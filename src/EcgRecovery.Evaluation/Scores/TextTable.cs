namespace EcgRecovery.Evaluation.Scores;

/// <summary>A table of text in aligned columns, not wider than a terminal. No word is ever cut.</summary>
/// <remarks>
/// A table that is too wide first has its cells broken between words, then less room between its columns, then is written in parts of fewer
/// columns, below each other, each with the columns that name the rows. Where even a part of one column is too wide, the table becomes
/// blocks: for each row a line per column, <c>heading: cell</c>. Only a word that is wider than the terminal makes a line too long.
/// </remarks>
internal static class TextTable
{
    private const int Between = 2;

    /// <summary>Returns the table's lines.</summary>
    /// <param name="rows">The cells, row by row; the first row is the header.</param>
    /// <param name="columns">The terminal's width in characters.</param>
    /// <param name="names">How many columns, from the first, name the rows: every part of a table repeats them.</param>
    /// <param name="isRight">Whether a column, counted from 0, is right-aligned.</param>
    public static IEnumerable<string> Lines(
        IReadOnlyList<IReadOnlyList<string>> rows, int columns, int names, Func<int, bool> isRight)
    {
        int[] all = [.. Enumerable.Range(0, rows[0].Count)];
        if (Fit(rows, all, columns) is { } whole)
            return Lines(rows, all, whole, isRight);
        return Parts(rows, columns, names) is { } parts
            ? parts.SelectMany((part, i) => (i == 0 ? [] : (string[])[""]).Concat(
                Lines(rows, part, Fit(rows, part, columns)!.Value, isRight)))
            : Blocks(rows, columns);
    }

    /// <summary>Returns a text in lines broken between words.</summary>
    /// <param name="text">The text.</param>
    /// <param name="columns">The width of a line; a longer word has a line of its own.</param>
    public static IReadOnlyList<string> Wrap(string text, int columns) => Wrap(Words(text), columns);

    /// <summary>Returns words in lines.</summary>
    /// <param name="words">The words; none is broken.</param>
    /// <param name="columns">The width of a line; a longer word has a line of its own.</param>
    public static IReadOnlyList<string> Wrap(IEnumerable<string> words, int columns)
    {
        var lines = new List<string>();
        foreach (var word in words)
        {
            if (lines.Count > 0 && lines[^1].Length + 1 + word.Length <= columns)
                lines[^1] += $" {word}";
            else
                lines.Add(word);
        }

        return lines.Count == 0 ? [""] : lines;
    }

    // Returns the columns of each part; null where even one column beside the names does not fit.
    private static List<int[]>? Parts(IReadOnlyList<IReadOnlyList<string>> rows, int columns, int names)
    {
        var parts = new List<int[]>();
        var count = rows[0].Count;
        for (var next = names; next < count;)
        {
            // As many columns as fit.
            var taken = 0;
            while (next + taken < count && Fit(rows, Part(taken + 1), columns) is not null)
                taken++;
            if (taken == 0)
                return null;
            parts.Add(Part(taken));
            next += taken;

            int[] Part(int number) => [.. Enumerable.Range(0, names), .. Enumerable.Range(next, number)];
        }

        return parts.Count > 0 ? parts : null;
    }

    private static IEnumerable<string> Blocks(IReadOnlyList<IReadOnlyList<string>> rows, int columns)
    {
        const string Continuation = "  ";
        foreach (var (number, row) in rows.Skip(1).Index())
        {
            if (number > 0)
                yield return "";
            foreach (var (heading, cell) in rows[0].Zip(row))
            {
                var text = heading.Length == 0 ? cell : $"{heading}: {cell}";
                foreach (var (i, line) in Wrap(text, columns - Continuation.Length).Index())
                    yield return i == 0 ? line : $"{Continuation}{line}";
            }
        }
    }

    private static IEnumerable<string> Lines(
        IReadOnlyList<IReadOnlyList<string>> rows, int[] part, (int[] Widths, int Between) layout, Func<int, bool> isRight)
    {
        var between = new string(' ', layout.Between);
        foreach (var row in rows)
        {
            var cells = part.Select((column, i) => Cell(row[column], layout.Widths[i])).ToArray();
            for (var line = 0; line < cells.Max(cell => cell.Count); line++)
                yield return string.Join(between, cells.Select((cell, i) => Pad(line < cell.Count ? cell[line] : "", i))).TrimEnd();
        }

        static IReadOnlyList<string> Cell(string text, int width) => text.Length <= width ? [text] : Wrap(text, width);

        string Pad(string text, int i) => isRight(part[i]) ? text.PadLeft(layout.Widths[i]) : text.PadRight(layout.Widths[i]);
    }

    // Returns widths that fit, with the columns as far apart as possible; null if there are none.
    private static (int[] Widths, int Between)? Fit(IReadOnlyList<IReadOnlyList<string>> rows, int[] part, int columns)
    {
        int[] minimum = [.. part.Select(column => rows.Max(row => LongestWord(row[column])))];
        var widths = part.Select(column => rows.Max(row => row[column].Length)).ToArray();
        for (var between = Between; between > 0; between--)
        {
            var room = columns - (between * (part.Length - 1));
            if (minimum.Sum() > room)
                continue;
            // The widest column that can still be broken loses a character.
            while (widths.Sum() > room)
                widths[Enumerable.Range(0, widths.Length).Where(i => widths[i] > minimum[i]).MaxBy(i => widths[i])]--;
            return (widths, between);
        }

        return null;
    }

    private static int LongestWord(string text) => Words(text).Select(word => word.Length).DefaultIfEmpty(0).Max();

    // A number and its unit, as in "12 ms" and "± 3", are one word.
    private static IEnumerable<string> Words(string text)
    {
        var word = "";
        foreach (var next in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (word.Length > 0 && (word == "±" || (char.IsAsciiDigit(word[^1]) && next is ("%" or "s" or "ms" or "mV"))))
            {
                word += $" {next}";
                continue;
            }

            if (word.Length > 0)
                yield return word;
            word = next;
        }

        if (word.Length > 0)
            yield return word;
    }
}
