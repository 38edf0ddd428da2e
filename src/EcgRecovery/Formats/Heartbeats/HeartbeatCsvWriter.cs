using System.Globalization;
using System.Text;
using EcgRecovery.Beats;

namespace EcgRecovery.Formats.Heartbeats;

/// <summary>Writes heartbeats as Kaggle's files have them: 187 values and the label a row, <c>%.18e</c>, comma, <c>\n</c>, no header.</summary>
public static class HeartbeatCsvWriter
{
    private const int BufferBytes = 1 << 20;
    private const int LongestNumber = 32;
    private const int LongestRow = (HeartbeatSet.BeatLength + 1) * LongestNumber;

    /// <summary>Writes all rows; a missing sample (NaN) is written <c>nan</c>, as numpy does.</summary>
    /// <param name="stream">Receives the text.</param>
    /// <param name="set">The rows.</param>
    /// <param name="cancellationToken">Looked at between rows.</param>
    public static void Write(Stream stream, HeartbeatSet set, CancellationToken cancellationToken = default)
    {
        var buffer = new byte[BufferBytes];
        var length = 0;
        for (var row = 0; row < set.Count; row++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (length > buffer.Length - LongestRow)
            {
                stream.Write(buffer, 0, length);
                length = 0;
            }

            foreach (var value in set[row])
            {
                length += Exponential18.Format(value, buffer.AsSpan(length));
                buffer[length++] = (byte)',';
            }

            length += Exponential18.Format((int)set.Classes[row], buffer.AsSpan(length));
            buffer[length++] = (byte)'\n';
        }

        stream.Write(buffer, 0, length);
    }

    /// <summary>Writes the companion file: where each row was cut from.</summary>
    /// <param name="stream">Receives the text.</param>
    /// <param name="sources">One entry per row, in its order.</param>
    public static void WriteSources(Stream stream, IReadOnlyList<HeartbeatSource> sources)
    {
        using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true) { NewLine = "\n" };
        writer.WriteLine(HeartbeatSources.HeaderLine);
        foreach (var source in sources)
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{source.Record},{source.Sample},{source.Symbol}"));
    }
}
