using EcgRecovery.Formats.Files;
using EcgRecovery.Records;

namespace EcgRecovery.Formats;

/// <summary>A file format of recordings: one type here and one line in the list of formats, <c>RecordFormats.All</c>.</summary>
internal abstract class RecordFormat
{
    /// <summary>The usual name, as in <c>WFDB</c>.</summary>
    public abstract string Name { get; }

    /// <summary>The extensions of the format's files, with the dot, in lower case.</summary>
    public abstract IReadOnlyList<string> Extensions { get; }

    /// <summary>Whether the format is written too.</summary>
    public virtual bool IsWritten => true;

    /// <summary>
    /// Returns whether a file is certainly of this format, by its first bytes, whatever its extension. Text without a mark is of no format;
    /// its extension decides.
    /// </summary>
    /// <param name="head">The first bytes of an existing file.</param>
    public abstract bool Recognizes(FileHead head);

    /// <summary>Opens a recording; samples are read on demand.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">Options of any formats; those of other formats are ignored.</param>
    /// <exception cref="FileNotFoundException">A file is missing.</exception>
    /// <exception cref="InvalidDataException">A file is broken, or of a kind that is not read.</exception>
    public abstract EcgRecord Open(string path, ReadOnlySpan<RecordReadOptions> options);

    /// <summary>Writes a recording, window by window.</summary>
    /// <param name="record">The recording.</param>
    /// <param name="path">The file, with one of the format's <see cref="Extensions"/>.</param>
    /// <param name="output">Receives the files; the one that names the others comes last. The caller commits.</param>
    /// <param name="options">Options of any formats; those of other formats are ignored.</param>
    /// <param name="cancellationToken">Checked once per window.</param>
    /// <returns>One sentence for each thing that the format cannot hold.</returns>
    /// <exception cref="InvalidDataException">The recording cannot be written in this format.</exception>
    /// <exception cref="IOException">A file cannot be written.</exception>
    /// <exception cref="NotSupportedException">The format is read only.</exception>
    public virtual IReadOnlyList<string> Write(
        EcgRecord record, string path, OutputGroup output, ReadOnlySpan<RecordWriteOptions> options, CancellationToken cancellationToken) =>
        throw new NotSupportedException($"{Name} files are read only.");

    /// <summary>Returns the files that a recording is written to, as far as they are known before it is.</summary>
    /// <param name="record">The recording.</param>
    /// <param name="path">The file, as for <see cref="Write"/>.</param>
    /// <exception cref="InvalidDataException">The format cannot have such a name, or such leads.</exception>
    public virtual IReadOnlyList<string> Targets(EcgRecord record, string path) => [path];

    /// <summary>Returns the options of one type, or its defaults if there are none; the last, if there are several.</summary>
    protected static TOptions Own<TOptions>(ReadOnlySpan<object> options)
        where TOptions : class, new()
    {
        for (var i = options.Length - 1; i >= 0; i--)
        {
            if (options[i] is TOptions own)
                return own;
        }

        return new TOptions();
    }
}
