namespace EcgRecovery.Formats;

/// <summary>Writes files so that nothing is ever lost or left half-written: to a temporary name beside the target, then renamed.</summary>
public static class OutputFile
{
    /// <summary>Writes one file.</summary>
    /// <param name="path">The target.</param>
    /// <param name="overwrite">Whether an existing target may be replaced.</param>
    /// <param name="write">Writes the content; where it throws, the target stays as it was.</param>
    /// <exception cref="OutputExistsException">The target exists and <paramref name="overwrite"/> is false, or is a directory.</exception>
    /// <exception cref="DirectoryNotFoundException">The target's folder does not exist.</exception>
    public static void Write(string path, bool overwrite, Action<Stream> write)
    {
        RefuseExisting(path, overwrite);
        if (Path.GetDirectoryName(path) is { Length: > 0 } folder && !Directory.Exists(folder))
            throw new DirectoryNotFoundException($"Output folder {folder} does not exist.");
        var temporary = $"{path}.{Guid.NewGuid().ToString("N")[..8]}.tmp";
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>Writes one text file, UTF-8 without a byte order mark.</summary>
    /// <inheritdoc cref="Write"/>
    public static void WriteText(string path, bool overwrite, string text) =>
        Write(path, overwrite, stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(text)));

    /// <summary>Says early, before long work, that a target must not be written.</summary>
    /// <exception cref="OutputExistsException">The target exists and <paramref name="overwrite"/> is false, or is a directory.</exception>
    public static void RefuseExisting(string path, bool overwrite)
    {
        if (Directory.Exists(path))
            throw new OutputExistsException($"Output {path} is a directory; expected a file name.");
        if (!overwrite && File.Exists(path))
            throw new OutputExistsException($"Output {path} exists; give --overwrite to replace it.");
    }
}

/// <summary>An output file exists and nobody said that it may be replaced.</summary>
public sealed class OutputExistsException(string message) : IOException(message);
