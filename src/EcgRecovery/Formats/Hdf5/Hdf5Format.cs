using EcgRecovery.Formats.Arrays;
using EcgRecovery.Formats.Files;
using EcgRecovery.Records;

namespace EcgRecovery.Formats.Hdf5;

/// <summary>HDF5 files, as h5py, OpenSignals and many programs write them. Read only.</summary>
internal sealed class Hdf5Format : RecordFormat
{
    /// <inheritdoc/>
    public override string Name => "HDF5";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Extensions { get; } = [".h5", ".hdf5"];

    /// <inheritdoc/>
    public override bool IsWritten => false;

    /// <inheritdoc/>
    public override bool Recognizes(FileHead head) => Hdf5File.Recognizes(head.Bytes);

    /// <inheritdoc/>
    public override EcgRecord Open(string path, ReadOnlySpan<RecordReadOptions> options)
    {
        var source = new FileArraySource(InputFile.OpenHandle(path, FileOptions.RandomAccess), path);
        try
        {
            var contents = new Hdf5Reader(source, path, '/').List();
            return new ArrayRecord(contents, Own<ArrayReadOptions>(options), ArrayDescription.None).Open(source);
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }
}
