namespace EcgRecovery.Formats.Files;

/// <summary>Opens input files so that what is missing or of the wrong kind is said in one clear line.</summary>
internal static class InputFile
{
    // So much of a bad cell is quoted in an error; the rest would bury the line.
    private const int QuotedCharacters = 40;

    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It is a directory.</exception>
    public static FileStream OpenRead(string path)
    {
        if (Directory.Exists(path))
            throw new InvalidDataException($"{path} is a directory; expected a file.");
        if (!File.Exists(path))
            throw new FileNotFoundException($"Input {OneLine(path)} does not exist.", path);
        // Every reader here has its own large buffer.
        return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
    }

    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It is a directory, or larger than <paramref name="maximumBytes"/>.</exception>
    public static byte[] ReadAllBytes(string path, long maximumBytes)
    {
        using var stream = OpenRead(path);
        if (stream.Length > maximumBytes)
            throw new InvalidDataException($"{path} has {stream.Length} bytes; expected at most {maximumBytes}.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>A quotation for an error message: one line, of bounded length, without control characters.</summary>
    public static string Shorten(string text)
    {
        var cut = text.Length > QuotedCharacters ? text[..QuotedCharacters] + "…" : text;
        return OneLine(cut);
    }

    // A file may name another one by whatever bytes it likes.
    private static string OneLine(string text) => string.Concat(text.Select(c => char.IsControl(c) ? '?' : c));
}
