using EcgRecovery.Formats.Files;
using EcgRecovery.Records;

namespace EcgRecovery.Formats;

/// <summary>A file format of recordings: one type and one line in <see cref="RecordFormats.All"/>.</summary>
internal abstract class RecordFormat
{
    /// <summary>As a user calls it, as in <c>WFDB</c>.</summary>
    public abstract string Name { get; }

    /// <summary>The extensions of its files, with the dot, lower case; the first is the one to write.</summary>
    public abstract IReadOnlyList<string> Extensions { get; }

    /// <summary>Whether it is written too.</summary>
    public virtual bool IsWritten => true;

    /// <summary>Opens a recording; its samples are read when asked for.</summary>
    /// <exception cref="FileNotFoundException">A file is missing.</exception>
    /// <exception cref="InvalidDataException">A file is broken, or of a kind that is not read; one line says what came, what was expected, and where.</exception>
    public abstract EcgRecord Open(string path, RecordReadOptions options);

    /// <summary>Writes a recording, window by window.</summary>
    /// <param name="record">The recording.</param>
    /// <param name="path">Its name, with an extension of <see cref="Extensions"/>.</param>
    /// <param name="output">Receives the files; the one that names the others comes last. Not committed here.</param>
    /// <param name="options">What may be chosen.</param>
    /// <param name="cancellationToken">Looked at once a window.</param>
    /// <returns>What the format cannot hold and is lost, one sentence each.</returns>
    /// <exception cref="InvalidDataException">The recording cannot be written in this format.</exception>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public abstract IReadOnlyList<string> Write(
        EcgRecord record, string path, OutputGroup output, RecordWriteOptions options, CancellationToken cancellationToken);
}
