using System.Buffers;
using System.Buffers.Binary;
using EcgRecovery.Formats.Files;
using EcgRecovery.Records;

namespace EcgRecovery.Formats.Mat;

/// <summary>MATLAB files as wfdb2mat writes them: a matrix <c>val</c> with one row per lead. Read only.</summary>
/// <remarks>
/// Names, units, gain and frequency come from the WFDB header beside the file, or from wfdb2mat's <c>.info</c>; without either, the options
/// must give the frequency. Samples are read by windows; a packed matrix is unpacked into memory, up to
/// <see cref="MatReader.MaximumUnpackedBytes"/>.
/// </remarks>
internal sealed class MatFormat : RecordFormat
{
    private const int MaximumLeads = 1024;
    private const int Version4Header = 20;
    private const int LongestName = 64;

    private static readonly SearchValues<byte> s_nameCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_"u8);

    /// <inheritdoc/>
    public override string Name => "MATLAB";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Extensions { get; } = [".mat"];

    /// <inheritdoc/>
    public override bool IsWritten => false;

    /// <inheritdoc/>
    public override bool Recognizes(FileHead head) => head.Bytes.StartsWith("MATLAB "u8) || IsVersion4(head.Bytes);

    /// <inheritdoc/>
    public override EcgRecord Open(string path, ReadOnlySpan<RecordReadOptions> options)
    {
        var source = new MatFileSource(InputFile.OpenHandle(path, FileOptions.RandomAccess), path);
        try
        {
            return Read(new MatReader(source, path).Find(), path, Own<MatReadOptions>(options));
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Write(
        EcgRecord record, string path, OutputGroup output, ReadOnlySpan<RecordWriteOptions> options, CancellationToken cancellationToken) =>
        throw new NotSupportedException("MATLAB files are read only.");

    // Version 4 has no mark; its first variable has a small type, dimensions, and a name that ends with a zero.
    private static bool IsVersion4(ReadOnlySpan<byte> head)
    {
        if (head.Length < Version4Header)
            return false;
        var (type, nameLength) = (BinaryPrimitives.ReadInt32LittleEndian(head), BinaryPrimitives.ReadInt32LittleEndian(head[16..]));
        if (type is < 0 or > 9999)
            (type, nameLength) = (BinaryPrimitives.ReverseEndianness(type), BinaryPrimitives.ReverseEndianness(nameLength));
        if (type is < 0 or > 1999 || type % 10 > 2 || nameLength is < 2 or > LongestName || head.Length < Version4Header + nameLength)
            return false;
        var name = head.Slice(Version4Header, nameLength);
        return char.IsAsciiLetter((char)name[0]) && name[^1] == 0
            && name[..^1].IndexOfAnyExcept(s_nameCharacters) < 0;
    }

    private static EcgRecord Read(MatMatrix matrix, string path, MatReadOptions options)
    {
        var remarks = new List<string>();
        var infoPath = Path.ChangeExtension(path, ".info");
        var info = File.Exists(infoPath) ? MatInfo.Read(infoPath) : new MatInfo(null, []);
        // A recording has more samples than leads, so a matrix with more rows than columns is transposed.
        var isTransposed = matrix.Rows > matrix.Columns;
        var (leads, samples) = isTransposed ? (matrix.Columns, matrix.Rows) : (matrix.Rows, matrix.Columns);
        if (leads is 0 or > MaximumLeads)
        {
            throw new InvalidDataException(
                $"{path}: val has {matrix.Rows} rows and {matrix.Columns} columns; expected 1 to {MaximumLeads} leads.");
        }

        if (info.Leads.Count > 0 && info.Leads.Count != leads)
            throw new InvalidDataException($"{infoPath} names {info.Leads.Count} leads; {path} has {leads}.");
        var frequency = options.SamplingFrequencyHz ?? info.FrequencyHz
            ?? throw new SamplingFrequencyMissingException(
                $"{path} has no header beside it with a sampling frequency, and none was given.");
        if (isTransposed)
            remarks.Add("The matrix has more rows than columns: each column was taken for a lead.");
        if (info.Leads.Count == 0)
        {
            remarks.Add(matrix.IsReal
                ? $"No header names the unit: the values were taken for {options.Unit}."
                : "No header names gain and baseline: millivolts are those of WFDB's default gain, 200 ADC units per mV.");
        }

        return new EcgRecord
        {
            Name = Path.GetFileNameWithoutExtension(path),
            SamplingFrequencyHz = frequency,
            Leads = [.. Enumerable.Range(0, (int)leads).Select(Lead)],
            Remarks = remarks,
            Files = [path, .. new[] { infoPath, Path.ChangeExtension(path, ".hea") }.Where(File.Exists)],
            Source = matrix.Source,
        };

        EcgLead Lead(int index)
        {
            MatInfoLead? described = info.Leads.Count > 0 ? info.Leads[index] : null;
            var (first, stride) = isTransposed ? (index * samples, 1L) : (index, leads);
            // Real numbers are physical values unless wfdb2mat's text gives a gain.
            var scaled = described is { Gain: not 0 } && matrix.IsReal ? described : null;
            return new EcgLead
            {
                Name = described?.Name ?? (leads == 1 ? "ECG" : $"lead {index + 1}"),
                Unit = described?.Unit is { Length: > 0 } unit ? unit : matrix.IsReal ? options.Unit : "mV",
                Gain = described is { Gain: not 0 } && !matrix.IsReal ? described.Value.Gain : matrix.IsReal ? 1 : 200,
                AdcBaseline = matrix.IsReal ? 0 : described?.Base ?? 0,
                IsCalibrated = matrix.IsReal || described is { Gain: not 0 },
                SamplingFrequencyHz = frequency,
                AdcUnits = matrix.IsReal
                    ? null
                    : new MatSamples<int>(samples, (start, destination) => matrix.Read(first + (start * stride), stride, destination)),
                PhysicalValues = matrix.IsReal ? new MatSamples<double>(samples, ReadValues) : null,
            };

            void ReadValues(long start, Span<double> destination)
            {
                matrix.Read(first + (start * stride), stride, destination);
                if (scaled is not { } by)
                    return;
                foreach (ref var value in destination)
                    value = (value - by.Base) / by.Gain;
            }
        }
    }
}
