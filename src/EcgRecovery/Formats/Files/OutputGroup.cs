namespace EcgRecovery.Formats.Files;

/// <summary>Output files that belong together: either all of them appear under their names, or none.</summary>
/// <remarks>
/// Each is written under a temporary name beside its target. <see cref="Commit"/> renames them in the order of creation, so the file that
/// names the others is created last.
/// </remarks>
internal sealed class OutputGroup(bool overwrite) : IDisposable
{
    private readonly List<(string Target, string Temporary, NamedOutputStream Stream)> _files = [];
    private readonly List<string> _stale = [];

    /// <summary>The files to be written, in the order of creation.</summary>
    public IEnumerable<string> Targets => _files.Select(file => file.Target);

    /// <summary>The files to be written and those to be removed.</summary>
    public IEnumerable<string> Touched => Targets.Concat(_stale);

    /// <summary>Creates a file, and its folder if there is none.</summary>
    /// <param name="path">The target.</param>
    /// <returns>The stream for the content; <see cref="Commit"/> closes it.</returns>
    /// <exception cref="OutputExistsException">The target exists and may not be replaced, or it is a directory or a device.</exception>
    /// <exception cref="IOException">The target cannot be written.</exception>
    public Stream Create(string path)
    {
        OutputFile.RefuseExisting(path, overwrite);
        var temporary = $"{path}.{Guid.NewGuid().ToString("N")[..8]}.tmp";
        var stream = OutputFile.Open(path, temporary);
        _files.Add((path, temporary, stream));
        return stream;
    }

    /// <summary>Creates a text file, UTF-8 without a byte order mark, and writes all of it.</summary>
    /// <inheritdoc cref="Create"/>
    public void WriteText(string path, string text) => Create(path).Write(System.Text.Encoding.UTF8.GetBytes(text));

    /// <summary>
    /// Removes a file of an earlier run at <see cref="Commit"/>: an annotation file, for example, of a record that now has none.
    /// </summary>
    /// <exception cref="OutputExistsException">The file exists and may not be replaced.</exception>
    public void Remove(string path)
    {
        OutputFile.RefuseExisting(path, overwrite);
        _stale.Add(path);
    }

    /// <summary>Renames all files to their targets.</summary>
    /// <exception cref="IOException">A file cannot be written: the disk is full, or there is no permission.</exception>
    public void Commit()
    {
        // All are complete on the disk before the first is renamed, so a full disk leaves none.
        foreach (var (_, _, stream) in _files)
        {
            stream.Flush();
            stream.Dispose();
        }

        var aside = new List<(string Path, string Aside)>();
        var placed = new List<string>();
        try
        {
            // Existing files are only moved aside until all new ones are in place.
            foreach (var path in overwrite ? Touched.Where(File.Exists) : [])
            {
                var name = $"{path}.{Guid.NewGuid().ToString("N")[..8]}.tmp";
                File.Move(path, name);
                aside.Add((path, name));
            }

            foreach (var (target, temporary, _) in _files)
            {
                File.Move(temporary, target, overwrite);
                placed.Add(target);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            placed.ForEach(File.Delete);
            aside.ForEach(old => File.Move(old.Aside, old.Path));
            throw new IOException($"Cannot replace {Touched.First()} and what belongs to it: {exception.Message}", exception);
        }

        aside.ForEach(old => File.Delete(old.Aside));
        _files.Clear();
    }

    /// <summary>Removes the files that were not committed.</summary>
    public void Dispose()
    {
        foreach (var (_, temporary, stream) in _files)
        {
            try
            {
                stream.Dispose();
            }
            catch (IOException)
            {
                // the write that failed first has reported the error
            }

            File.Delete(temporary);
        }

        _files.Clear();
    }
}
