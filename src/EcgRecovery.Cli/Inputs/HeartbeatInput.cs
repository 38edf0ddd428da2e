using System.IO.Compression;
using EcgRecovery.Beats;
using EcgRecovery.Formats.Files;

namespace EcgRecovery.Cli.Inputs;

/// <summary>Distinguishes heartbeat CSVs from recordings by their first line.</summary>
internal static class HeartbeatInput
{
    // Several times the longest row: 189 cells of 25 characters.
    private const int MaximumLineBytes = 1 << 15;

    private static readonly string s_expected =
        $"expected heartbeats, rows of {HeartbeatSet.BeatLength} samples and a label: recovering whole recordings is not implemented yet";

    /// <summary>Throws where a file is not a heartbeat CSV. A missing or an empty file passes: its reader has a better error.</summary>
    /// <exception cref="InvalidDataException">
    /// The path is that of a WFDB record, or the first line has the wrong number of columns.
    /// </exception>
    public static void Check(string path)
    {
        if (!File.Exists(path))
        {
            if (File.Exists($"{path}.hea"))
                throw new InvalidDataException($"{path} is a WFDB record; {s_expected}");
            return;
        }

        // A row may begin with a row number.
        var columns = ReadFirstLine(path) is { Length: > 0 } line ? line.AsSpan().Count((byte)',') + 1 : HeartbeatSet.BeatLength + 1;
        if (columns is not (HeartbeatSet.BeatLength + 1 or HeartbeatSet.BeatLength + 2))
            throw new InvalidDataException($"The first line of {path} has {columns} column{(columns == 1 ? "" : "s")}; {s_expected}");
    }

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
