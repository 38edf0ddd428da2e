using System.Globalization;
using System.Text.Unicode;
using EcgRecovery.Beats;
using EcgRecovery.Formats.Files;

namespace EcgRecovery.Formats.Heartbeats;

/// <summary>Copies a heartbeat CSV with some samples filled; every other byte of a line is unchanged.</summary>
/// <remarks>
/// Heading, row numbers, labels and observed cells are copied as text, so that parsing and printing change no number. A filled cell holds
/// the shortest decimal that is the same float32 again. A gzip becomes plain text, and a byte order mark is dropped.
/// </remarks>
internal static class RecoveredCsvWriter
{
    /// <summary>Returns the path of the companion that marks filled samples: <c>out.csv</c> has <c>out.mask.csv</c>.</summary>
    public static string MaskPathFor(string csvPath) => Path.ChangeExtension(csvPath, ".mask.csv");

    /// <summary>
    /// Returns the path of the companion with the intervals of filled samples: <c>out.csv</c> has <c>out.interval.csv</c>.
    /// </summary>
    public static string IntervalPathFor(string csvPath) => Path.ChangeExtension(csvPath, ".interval.csv");

    /// <summary>Copies a heartbeat CSV and inserts the filled samples.</summary>
    /// <param name="destination">Receives the text.</param>
    /// <param name="path">The file that was read, plain or gzip.</param>
    /// <param name="file">The content of that file.</param>
    /// <param name="samples">[N, 187]; only filled ones are used.</param>
    /// <param name="isFilled">[N, 187].</param>
    /// <param name="cancellationToken">Checked once per megabyte.</param>
    /// <exception cref="InvalidDataException">The file has changed since it was read.</exception>
    public static void Write(
        Stream destination, string path, HeartbeatFile file, float[] samples, bool[] isFilled,
        CancellationToken cancellationToken = default)
    {
        using var stream = InputFile.OpenRead(path);
        using var lines = new ByteLines(stream, path);
        var mayBeHeader = file.HadHeader;
        var row = 0;
        lines.ForEach(Copy, sha256: null, cancellationToken);
        if (row != file.Set.Count)
            throw Changed();

        void Copy(ReadOnlySpan<byte> line, bool hasLineEnd)
        {
            if (line.Trim(" \t\r"u8).IsEmpty)
            {
                destination.Write(line);
            }
            else if (mayBeHeader)
            {
                destination.Write(line);
                mayBeHeader = false;
            }
            else
            {
                if (row == file.Set.Count)
                    throw Changed();
                var first = row * HeartbeatSet.BeatLength;
                var isWhole = WriteRow(
                    destination,
                    line,
                    file,
                    samples.AsSpan(first, HeartbeatSet.BeatLength),
                    isFilled.AsSpan(first, HeartbeatSet.BeatLength));
                if (!isWhole)
                    throw Changed();
                row++;
            }

            if (hasLineEnd)
                destination.Write("\n"u8);
        }

        InvalidDataException Changed() => new($"{path} changed while it was being read.");
    }

    /// <summary>Writes the mask: one line of 187 cells per row, 1 if a sample is filled, else 0; no heading, row number or label.</summary>
    /// <param name="destination">Receives the text.</param>
    /// <param name="isFilled">[N, 187].</param>
    public static void WriteMask(Stream destination, ReadOnlySpan<bool> isFilled)
    {
        Span<byte> line = stackalloc byte[2 * HeartbeatSet.BeatLength];
        for (; !isFilled.IsEmpty; isFilled = isFilled[HeartbeatSet.BeatLength..])
        {
            for (var i = 0; i < HeartbeatSet.BeatLength; i++)
            {
                line[2 * i] = isFilled[i] ? (byte)'1' : (byte)'0';
                line[(2 * i) + 1] = (byte)',';
            }

            line[^1] = (byte)'\n';
            destination.Write(line);
        }
    }

    /// <summary>Writes the intervals: a heading, then one line per filled sample, <c>row,sample,recovered,lower,upper</c>.</summary>
    /// <remarks>
    /// Rows and samples are counted from 0, without the heading and the row numbers of the heartbeat CSV. <c>recovered</c> has the same
    /// letters as the heartbeat CSV. The bounds are written likewise: the shortest decimal that is the same float32 again.
    /// </remarks>
    /// <param name="destination">Receives the text.</param>
    /// <param name="samples">[N, 187]; only filled ones are used, as of the bounds.</param>
    /// <param name="isFilled">[N, 187].</param>
    /// <param name="lower">The lower bounds, [N, 187].</param>
    /// <param name="upper">The upper bounds, [N, 187].</param>
    /// <param name="cancellationToken">Checked once per row.</param>
    public static void WriteInterval(
        Stream destination, float[] samples, bool[] isFilled, float[] lower, float[] upper, CancellationToken cancellationToken = default)
    {
        destination.Write("row,sample,recovered,lower,upper\n"u8);
        Span<byte> line = stackalloc byte[96]; // two whole numbers and three floats of at most 14 letters
        for (var i = 0; i < samples.Length; i++)
        {
            if (i % HeartbeatSet.BeatLength == 0)
                cancellationToken.ThrowIfCancellationRequested();
            if (!isFilled[i])
                continue;
            var (row, sample) = Math.DivRem(i, HeartbeatSet.BeatLength);
            Utf8.TryWrite(line, CultureInfo.InvariantCulture, $"{row},{sample},{samples[i]},{lower[i]},{upper[i]}\n", out var written);
            destination.Write(line[..written]);
        }
    }

    /// <summary>Writes one row; returns false if the line has too few cells.</summary>
    private static bool WriteRow(
        Stream destination, ReadOnlySpan<byte> line, HeartbeatFile file, ReadOnlySpan<float> samples, ReadOnlySpan<bool> isFilled)
    {
        var (delimiter, samplesFrom) = ((byte)file.Delimiter, file.HadIndexColumn ? 1 : 0);
        Span<byte> number = stackalloc byte[32];
        var copiedTo = 0; // everything before is written
        var at = 0;
        for (var column = 0; column < samplesFrom + samples.Length; column++)
        {
            var length = line[at..].IndexOf(delimiter);
            // Only a row without a label ends with its last sample.
            if (length < 0 && (file.HadLabels || column < samplesFrom + samples.Length - 1))
                return false;
            if (length < 0)
                length = line[at..].TrimEnd((byte)'\r').Length;
            if (column >= samplesFrom && isFilled[column - samplesFrom])
            {
                destination.Write(line[copiedTo..at]);
                samples[column - samplesFrom].TryFormat(number, out var written, default, CultureInfo.InvariantCulture);
                if (file.HadDecimalComma)
                    number[..written].Replace((byte)'.', (byte)',');
                destination.Write(number[..written]);
                copiedTo = at + length;
            }

            at += length + 1;
        }

        destination.Write(line[copiedTo..]);
        return true;
    }
}
