namespace EcgRecovery.Formats.Files;

/// <summary>Writes files under a temporary name beside the target and renames them at the end, so that none is ever half-written.</summary>
internal static class OutputFile
{
    /// <summary>Writes one file, and makes its folder if there is none.</summary>
    /// <param name="path">The target.</param>
    /// <param name="overwrite">Whether an existing target may be replaced.</param>
    /// <param name="write">Writes the content; if it throws, the target stays as it was.</param>
    /// <exception cref="OutputExistsException">
    /// The target exists and <paramref name="overwrite"/> is false, or it is a directory or a device.
    /// </exception>
    /// <exception cref="IOException">The target cannot be written: the disk is full, or there is no permission.</exception>
    public static void Write(string path, bool overwrite, Action<Stream> write)
    {
        using var group = new OutputGroup(overwrite);
        write(group.Create(path));
        group.Commit();
    }

    /// <summary>Writes one text file, UTF-8 without a byte order mark.</summary>
    /// <inheritdoc cref="Write"/>
    public static void WriteText(string path, bool overwrite, string text) =>
        Write(path, overwrite, stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(text)));

    /// <summary>Throws, before long work begins, if a target must not be written.</summary>
    /// <exception cref="OutputExistsException">
    /// The target exists and <paramref name="overwrite"/> is false, or it is a directory or a device.
    /// </exception>
    public static void RefuseExisting(string path, bool overwrite)
    {
        if (Directory.Exists(path))
            throw new OutputExistsException($"Output {path} is a directory; expected a file name.");
        // Renaming would replace /dev/null, for example, by a plain file.
        if (Path.GetDirectoryName(Path.GetFullPath(path)) == "/dev")
            throw new OutputExistsException($"Output {path} is a device; expected a file name.");
        if (!overwrite && File.Exists(path))
            throw new OutputExistsException($"Output {path} exists.") { CanBeReplaced = true };
    }

    /// <summary>Throws, before long work begins, if a target's folder cannot be written to; creates no file or folder.</summary>
    /// <exception cref="IOException">There is no permission, the disk is read-only, or a part of the path is a file.</exception>
    public static void RefuseUnwritable(string path)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        while (!Path.Exists(folder) && Path.GetDirectoryName(folder) is { } parent)
            folder = parent;
        var probe = Path.Combine(folder, $"{Path.GetFileName(path)}.{Guid.NewGuid().ToString("N")[..8]}.tmp");
        try
        {
            new FileStream(probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose).Dispose();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(path, exception);
        }
    }

    /// <summary>Returns whether two paths lead to the same file, through any links.</summary>
    public static bool AreSame(string path, string other) => string.Equals(Real(path), Real(other), StringComparison.Ordinal);

    // .NET resolves the last part of a path only.
    private static string Real(string path)
    {
        var real = Path.GetPathRoot(Path.GetFullPath(path))!;
        var parts = Path.GetFullPath(path)[real.Length..];
        foreach (var part in parts.Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            real = Path.Combine(real, part);
            try
            {
                real = File.ResolveLinkTarget(real, returnFinalTarget: true)?.FullName ?? real;
            }
            catch (IOException)
            {
                // a link that leads nowhere has no file that could be lost
            }
        }

        return real;
    }

    /// <summary>Creates a file under its temporary name.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    internal static NamedOutputStream Open(string path, string temporary)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1 << 16);
            return new NamedOutputStream(stream, path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(path, exception);
        }
    }

    private static IOException Unwritable(string path, Exception exception) => new($"Cannot write {path}: {exception.Message}", exception);
}
