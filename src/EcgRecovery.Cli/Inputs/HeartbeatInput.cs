using System.IO.Compression;
using EcgRecovery.Beats;
using EcgRecovery.Formats.Csv;
using EcgRecovery.Formats.Files;
using EcgRecovery.Formats.Heartbeats;

namespace EcgRecovery.Cli.Inputs;

/// <summary>Distinguishes heartbeat CSVs from recordings by their first line.</summary>
internal static class HeartbeatInput
{
    // Several times the longest row: 189 cells of 25 characters.
    private const int MaximumLineBytes = 1 << 15;

    private static readonly string[] s_binaryExtensions =
        [.. RecordFormats.All.Where(format => format is not CsvFormat).SelectMany(format => format.Extensions)];

    /// <summary>
    /// Returns whether a file is a heartbeat CSV: its first line has a column for each sample, and maybe the label and a row number. An
    /// empty file, and a pipe, which can be read only once, counts as one.
    /// </summary>
    /// <param name="path">The file, or the name of a WFDB record.</param>
    public static bool Is(string path)
    {
        if (IsRecording(path) || !File.Exists(path))
            return false;
        var columns = ReadFirstLine(path) is { Length: > 0 } line
            ? line.AsSpan().Count(HeartbeatCsvParser.DelimiterOf(line)) + 1
            : HeartbeatSet.BeatLength + 1;
        return columns is HeartbeatSet.BeatLength or HeartbeatSet.BeatLength + 1 or HeartbeatSet.BeatLength + 2;
    }

    /// <summary>Returns whether the name is that of a recording that is no text, which holds no heartbeats.</summary>
    public static bool IsRecording(string path) =>
        s_binaryExtensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase)
        || (!File.Exists(path) && File.Exists($"{path}.hea"));

    private static byte[] ReadFirstLine(string path)
    {
        using var file = InputFile.OpenRead(path);
        if (!file.CanSeek)
            return []; // a pipe can be read only once
        var isGzip = file.ReadByte() == 0x1f && file.ReadByte() == 0x8b;
        file.Position = 0;
        using Stream text = isGzip ? new GZipStream(file, CompressionMode.Decompress) : new BufferedStream(file);
        var start = new byte[MaximumLineBytes];
        var length = text.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        var end = start.AsSpan(0, length).IndexOf((byte)'\n');
        return start[..(end < 0 ? length : end)];
    }
}
