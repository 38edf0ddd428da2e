namespace EcgRecovery.Formats.Wfdb;

/// <summary>A signal format of WFDB: its range, its size, and its codec.</summary>
/// <remarks>
/// Samples are stored in groups of whole bytes (212: two samples in three bytes). A file may end with a part of a group; it then has only
/// the bytes that its samples need, see <see cref="ByteCount"/>. Source: WFDB, signal(5),
/// https://physionet.org/physiotools/wag/signal-5.htm.
/// </remarks>
internal sealed class WfdbSignalFormat
{
    private readonly int[] _partialBytes;
    private readonly Unpacker _unpack;
    private readonly Packer _pack;

    private WfdbSignalFormat(int code, int bits, int groupSamples, int groupBytes, int[] partialBytes, Unpacker unpack, Packer pack)
    {
        (Code, Bits, GroupSamples, GroupBytes) = (code, bits, groupSamples, groupBytes);
        (_partialBytes, _unpack, _pack) = (partialBytes, unpack, pack);
    }

    private delegate void Unpacker(ReadOnlySpan<byte> bytes, Span<int> samples);

    private delegate void Packer(ReadOnlySpan<int> samples, Span<byte> bytes);

    /// <summary>All formats except those of FLAC.</summary>
    public static IReadOnlyList<WfdbSignalFormat> All { get; } =
    [
        new(8, 8, 1, 1, [], WfdbCodecs.Unpack8, WfdbCodecs.Pack8),
        new(16, 16, 1, 2, [], WfdbCodecs.Unpack16, WfdbCodecs.Pack16),
        new(24, 24, 1, 3, [], WfdbCodecs.Unpack24, WfdbCodecs.Pack24),
        new(32, 32, 1, 4, [], WfdbCodecs.Unpack32, WfdbCodecs.Pack32),
        new(61, 16, 1, 2, [], WfdbCodecs.Unpack61, WfdbCodecs.Pack61),
        new(80, 8, 1, 1, [], WfdbCodecs.Unpack80, WfdbCodecs.Pack80),
        new(160, 16, 1, 2, [], WfdbCodecs.Unpack160, WfdbCodecs.Pack160),
        new(212, 12, 2, 3, [2], Wfdb212.Unpack, WfdbCodecs.Pack212),
        new(310, 10, 3, 4, [2, 4], WfdbCodecs.Unpack310, WfdbCodecs.Pack310),
        new(311, 10, 3, 4, [2, 3], WfdbCodecs.Unpack311, WfdbCodecs.Pack311),
    ];

    /// <summary>The formats, as listed in errors.</summary>
    public static string Names { get; } = string.Join(", ", All.Select(format => format.Code));

    /// <summary>A number of samples that makes whole groups in every format.</summary>
    public const int SamplesOfWholeGroups = 6;

    /// <summary>The format's number in the header.</summary>
    public int Code { get; }

    /// <summary>Bits per sample.</summary>
    public int Bits { get; }

    /// <summary>Samples per group.</summary>
    public int GroupSamples { get; }

    /// <summary>Bytes per group.</summary>
    public int GroupBytes { get; }

    /// <summary>Whether the file holds differences of consecutive samples, and the header the first sample.</summary>
    public bool IsDifference => Code == 8;

    /// <summary>The value of a missing sample, the smallest one; null in format 8, which has none.</summary>
    public int? Missing => IsDifference ? null : (int)(-1L << (Bits - 1));

    /// <summary>The smallest value of a sample that is not missing.</summary>
    public int Minimum => IsDifference ? int.MinValue + 1 : -Maximum;

    /// <summary>The largest value of a sample.</summary>
    public int Maximum => IsDifference ? int.MaxValue : (int)((1L << (Bits - 1)) - 1);

    /// <summary>Returns the format of a number; null if there is none.</summary>
    public static WfdbSignalFormat? Find(int code) => All.FirstOrDefault(format => format.Code == code);

    /// <summary>Returns the smallest number of bytes for a number of samples.</summary>
    public long ByteCount(long samples)
    {
        var left = (int)(samples % GroupSamples);
        return (samples / GroupSamples * GroupBytes) + (left == 0 ? 0 : _partialBytes[left - 1]);
    }

    /// <summary>Returns the number of whole samples in a number of bytes.</summary>
    public long SampleCount(long bytes)
    {
        var left = (int)(bytes % GroupBytes);
        return (bytes / GroupBytes * GroupSamples) + _partialBytes.Count(needed => needed <= left);
    }

    /// <summary>Returns the bytes that <see cref="Pack"/> writes for the last samples of a file.</summary>
    /// <remarks>
    /// Two samples of format 311 at the end take four bytes, as in WFDB's library, whose older versions cannot read three.
    /// </remarks>
    public int PackedByteCount(int samples) => (int)ByteCount(Code == 311 && samples % GroupSamples == 2 ? samples + 1 : samples);

    /// <summary>Unpacks samples.</summary>
    /// <param name="bytes">At least <see cref="ByteCount"/> bytes, from the beginning of a group.</param>
    /// <param name="samples">Receives the interleaved samples of all signals; in format 8 their differences.</param>
    public void Unpack(ReadOnlySpan<byte> bytes, Span<int> samples) => _unpack(bytes, samples);

    /// <summary>Packs samples.</summary>
    /// <param name="samples">Samples that fit the format; in format 8 differences.</param>
    /// <param name="bytes">Receives <see cref="PackedByteCount"/> bytes.</param>
    public void Pack(ReadOnlySpan<int> samples, Span<byte> bytes) => _pack(samples, bytes);
}
