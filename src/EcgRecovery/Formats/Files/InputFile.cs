using Microsoft.Win32.SafeHandles;

namespace EcgRecovery.Formats.Files;

/// <summary>Opens input files with clear errors if they are missing or of the wrong kind.</summary>
internal static class InputFile
{
    // A longer quotation of a bad cell would bury the error message.
    private const int QuotedCharacters = 40;

    /// <summary>Opens a file for reading from its beginning on.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The path is a directory.</exception>
    public static FileStream OpenRead(string path)
    {
        Check(path);
        // Every reader has a large buffer of its own.
        return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
    }

    /// <summary>Opens a file for reading at any place.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">A hint how it is read.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The path is a directory, a pipe or a device.</exception>
    public static SafeFileHandle OpenHandle(string path, FileOptions options = FileOptions.None)
    {
        Check(path);
        var file = File.OpenHandle(path, options: options);
        try
        {
            _ = RandomAccess.GetLength(file);
            return file;
        }
        catch (NotSupportedException exception)
        {
            file.Dispose();
            throw new InvalidDataException($"{path} is a pipe or a device; expected a file.", exception);
        }
    }

    /// <summary>Reads a whole file.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">
    /// The path is a directory, or the file is larger than <paramref name="maximumBytes"/>.
    /// </exception>
    public static byte[] ReadAllBytes(string path, long maximumBytes)
    {
        using var stream = OpenRead(path);
        if (stream.Length > maximumBytes)
            throw new InvalidDataException($"{path} has {stream.Length} bytes; expected at most {maximumBytes}.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>Returns a quotation for an error message: one line of bounded length without control characters.</summary>
    public static string Shorten(string text)
    {
        var cut = text.Length > QuotedCharacters ? text[..QuotedCharacters] + "…" : text;
        return OneLine(cut);
    }

    private static void Check(string path)
    {
        if (Directory.Exists(path))
            throw new InvalidDataException($"{path} is a directory; expected a file.");
        if (!File.Exists(path))
            throw new FileNotFoundException($"Input {OneLine(path)} does not exist.", path);
    }

    // The name may come from a broken file that names another one.
    private static string OneLine(string text) => string.Concat(text.Select(c => char.IsControl(c) ? '?' : c));
}
