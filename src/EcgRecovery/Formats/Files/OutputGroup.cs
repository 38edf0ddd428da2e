namespace EcgRecovery.Formats.Files;

/// <summary>Files that belong together: all of them appear under their names, or none does.</summary>
/// <remarks>Each is written to a temporary name beside its target; <see cref="Commit"/> renames them in the order of their making, so the one that names the others is made last.</remarks>
internal sealed class OutputGroup(bool overwrite) : IDisposable
{
    private readonly List<(string Target, string Temporary, NamedOutputStream Stream)> _files = [];
    private readonly List<string> _stale = [];

    /// <summary>The files to be, in the order of their making.</summary>
    public IEnumerable<string> Targets => _files.Select(file => file.Target);

    /// <summary>The files to be and those to be removed.</summary>
    public IEnumerable<string> Touched => Targets.Concat(_stale);

    /// <summary>Begins a file, and makes the folder for it where there is none.</summary>
    /// <param name="path">The target.</param>
    /// <returns>Where to write its content; closed by <see cref="Commit"/>.</returns>
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

    /// <summary>Begins a text file, UTF-8 without a byte order mark, and writes all of it.</summary>
    /// <inheritdoc cref="Create"/>
    public void WriteText(string path, string text) => Create(path).Write(System.Text.Encoding.UTF8.GetBytes(text));

    /// <summary>Has a file of an earlier run removed, which would be taken for this one's: an annotation file, say, of a record that now has none.</summary>
    /// <exception cref="OutputExistsException">It exists and may not be replaced.</exception>
    public void Remove(string path)
    {
        OutputFile.RefuseExisting(path, overwrite);
        _stale.Add(path);
    }

    /// <summary>Gives all files their names.</summary>
    /// <exception cref="IOException">One cannot be written: the disk is full, or there is no permission.</exception>
    public void Commit()
    {
        // All lie whole on the disk before the first gets its name: a full disk leaves none.
        foreach (var (_, _, stream) in _files)
        {
            stream.Flush();
            stream.Dispose();
        }

        var aside = new List<(string Path, string Aside)>();
        var placed = new List<string>();
        try
        {
            // What is there is only moved aside until all new files have their names.
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

    /// <summary>Removes what was not committed.</summary>
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
                // what failed has been told by the write that failed first
            }

            File.Delete(temporary);
        }

        _files.Clear();
    }
}
