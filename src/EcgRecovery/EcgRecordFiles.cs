using EcgRecovery.Formats;
using EcgRecovery.Formats.Files;
using EcgRecovery.Records;

namespace EcgRecovery;

/// <summary>Opens recordings and writes them, in every format that the library knows.</summary>
public static class EcgRecordFiles
{
    /// <param name="record">The recording.</param>
    extension(EcgRecord record)
    {
        /// <summary>Opens a recording. The extension decides the format; a name without one is that of a WFDB record.</summary>
        /// <param name="path">As in <c>mitdb/100</c>, <c>mitdb/100.hea</c>, <c>night.edf</c>, <c>lead.csv</c>.</param>
        /// <param name="options">
        /// Options of the format; without them its defaults hold. Options of other formats are ignored, so a caller that does not know the
        /// format may give those of several.
        /// </param>
        /// <returns>The recording, which owns its files: they stay open until it is disposed.</returns>
        /// <exception cref="FileNotFoundException">A file is missing.</exception>
        /// <exception cref="InvalidDataException">A file is broken, or no format has its extension.</exception>
        public static EcgRecord Open(string path, params ReadOnlySpan<RecordReadOptions> options) => RecordFormats.Open(path, options);

        /// <summary>Writes the recording. The extension decides the format; a name without one is that of a WFDB record.</summary>
        /// <param name="path">The file; for WFDB the header's, or the record's name. Never a file that the recording was read from.</param>
        /// <param name="overwrite">Whether existing files may be replaced.</param>
        /// <param name="cancellationToken">Cancels; no file is left then.</param>
        /// <param name="options">Options of the format; without them its defaults hold. Options of other formats are ignored.</param>
        /// <returns>What the format cannot hold and is lost, one sentence each; empty where nothing is lost.</returns>
        /// <exception cref="ArgumentException">No format is written under this extension.</exception>
        /// <exception cref="InvalidDataException">The format cannot hold the recording.</exception>
        /// <exception cref="OutputExistsException">A file exists and may not be replaced.</exception>
        /// <exception cref="IOException">A file cannot be written.</exception>
        public IReadOnlyList<string> Write(
            string path,
            bool overwrite = false,
            CancellationToken cancellationToken = default,
            params ReadOnlySpan<RecordWriteOptions> options) =>
            RecordFormats.Write(record, path, overwrite, cancellationToken, options);
    }
}
