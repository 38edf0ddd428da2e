using EcgRecovery.Formats.Files;
using EcgRecovery.Records;

namespace EcgRecovery.Formats.Edf;

/// <summary>The European Data Format: EDF is read, EDF+C and EDF+D are read and written.</summary>
/// <remarks>
/// Sources: Kemp et al. 1992, doi:10.1016/0013-4694(92)90009-7 (EDF); Kemp and Olivan 2003, doi:10.1016/S1388-2457(03)00123-8 (EDF+),
/// https://www.edfplus.info/specs/edfplus.html. See docs/edf.md.
/// </remarks>
internal sealed class EdfFormat : RecordFormat
{
    /// <inheritdoc/>
    public override string Name => "EDF";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Extensions { get; } = [".edf"];

    /// <inheritdoc/>
    public override EcgRecord Open(string path, RecordReadOptions options) => EdfReader.Open(path);

    /// <inheritdoc/>
    public override IReadOnlyList<string> Write(
        EcgRecord record, string path, OutputGroup output, RecordWriteOptions options, CancellationToken cancellationToken) =>
        EdfWriter.Write(record, path, output, options, EdfKind.Edf, cancellationToken);
}

/// <summary>BioSemi's Data Format: EDF with 24 bits a sample; BDF and BDF+ are read, BDF+ is written.</summary>
/// <remarks>Sources: https://www.biosemi.com/faq/file_format.htm; https://www.teuniz.net/edfbrowser/bdfplus%20format%20description.html.</remarks>
internal sealed class BdfFormat : RecordFormat
{
    /// <inheritdoc/>
    public override string Name => "BDF";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Extensions { get; } = [".bdf"];

    /// <inheritdoc/>
    public override EcgRecord Open(string path, RecordReadOptions options) => EdfReader.Open(path);

    /// <inheritdoc/>
    public override IReadOnlyList<string> Write(
        EcgRecord record, string path, OutputGroup output, RecordWriteOptions options, CancellationToken cancellationToken) =>
        EdfWriter.Write(record, path, output, options, EdfKind.Bdf, cancellationToken);
}

/// <summary>What EDF and BDF differ in.</summary>
/// <param name="Name">As it begins the header's reserved field: EDF+C, BDF+C.</param>
/// <param name="BytesPerSample">2 or 3, little-endian, two's complement.</param>
internal sealed record EdfKind(string Name, int BytesPerSample)
{
    /// <summary>16 bits a sample.</summary>
    public static EdfKind Edf { get; } = new("EDF", 2);

    /// <summary>24 bits a sample.</summary>
    public static EdfKind Bdf { get; } = new("BDF", 3);

    /// <summary>The least value that a sample holds.</summary>
    public int Minimum => -(1 << ((8 * BytesPerSample) - 1));

    /// <summary>The largest value that a sample holds.</summary>
    public int Maximum => (1 << ((8 * BytesPerSample) - 1)) - 1;

    /// <summary>The label of the signals that hold annotations.</summary>
    public string AnnotationLabel => Name + " Annotations";
}
