using System.Globalization;
using System.Text;

namespace EcgRecovery.Formats.Edf;

/// <summary>An annotation: onset, duration and text; in the file a time-stamped annotations list (TAL) with one text.</summary>
/// <remarks>
/// <code>
/// TAL = onset [21 duration] 20 text 20 [text 20 …] 0      onset = + or −, digits, [. digits]      duration = digits, [. digits]
/// </code>
/// 20, 21 and 0 are byte values; texts are UTF-8. Source: EDF+, 2.2.2.
/// </remarks>
/// <param name="Onset">Seconds after the header's start time.</param>
/// <param name="Duration">Seconds; null = not given.</param>
/// <param name="Text">The text.</param>
internal readonly record struct EdfTal(decimal Onset, decimal? Duration, string Text)
{
    /// <summary>Decimals of a time: 100 ns, the step of EDFbrowser's clock.</summary>
    public const int Decimals = 7;

    /// <summary>Half a unit of the last decimal in seconds: the largest rounding error of a written time.</summary>
    public const decimal HalfStep = 0.000_000_05m;

    // Longer texts are no times.
    private const int LongestTime = 28;

    private const byte TextEnd = 20, DurationMark = 21;

    /// <summary>Reads the lists of one signal of one data record.</summary>
    /// <param name="bytes">The signal's bytes.</param>
    /// <param name="times">
    /// Receives the onsets of lists whose first text is empty; the first of a data record is the record's onset.
    /// </param>
    /// <param name="found">Receives the annotations that have a text.</param>
    /// <param name="decode">Decodes a text.</param>
    /// <returns>Number of broken lists.</returns>
    public static int Read(ReadOnlySpan<byte> bytes, List<decimal> times, List<EdfTal> found, Func<ReadOnlySpan<byte>, string> decode)
    {
        var broken = 0;
        var isFirst = true;
        while (true)
        {
            var start = bytes.IndexOfAnyExcept((byte)0);
            if (start < 0)
                return broken;
            bytes = bytes[start..];
            var end = bytes.IndexOf((byte)0);
            var list = end < 0 ? bytes : bytes[..end];
            if (!ReadList(list, isFirst, times, found, decode))
                broken++;
            isFirst = false;
            bytes = end < 0 ? default : bytes[end..];
        }
    }

    /// <summary>Returns this annotation as the bytes of a TAL.</summary>
    public byte[] ToBytes() =>
        Encoding.UTF8.GetBytes($"{Time(Onset)}{(Duration is { } d ? "\u0015" + Seconds(d) : "")}\u0014{Text}\u0014\0");

    /// <summary>Returns the list with the onset of a data record.</summary>
    public static byte[] TimeKeeping(decimal onset) => Encoding.ASCII.GetBytes($"{Time(onset)}\u0014\u0014\0");

    /// <summary>Formats seconds with up to seven decimals.</summary>
    public static string Seconds(decimal seconds) => seconds.ToString("0.#######", CultureInfo.InvariantCulture);

    private static string Time(decimal seconds) => (seconds < 0 ? "" : "+") + Seconds(seconds);

    private static bool ReadList(
        ReadOnlySpan<byte> list, bool mayKeepTime, List<decimal> times, List<EdfTal> found, Func<ReadOnlySpan<byte>, string> decode)
    {
        var head = list.IndexOf(TextEnd);
        if (head < 0)
            return false;
        var stamp = list[..head];
        decimal? duration = null;
        var isWhole = true;
        if (stamp.IndexOf(DurationMark) is >= 0 and var mark)
        {
            if (TryTime(stamp[(mark + 1)..], out var length) && length >= 0)
                duration = length;
            else
                isWhole = false;
            stamp = stamp[..mark];
        }

        if (!TryTime(stamp, out var onset))
            return false;
        var rest = list[(head + 1)..];
        for (var number = 0; rest.Length > 0; number++)
        {
            var end = rest.IndexOf(TextEnd);
            // A text without its 20 at the end was cut off; its beginning is kept.
            var text = end < 0 ? rest : rest[..end];
            isWhole &= end >= 0;
            if (text.Length > 0)
                found.Add(new EdfTal(onset, duration, decode(text)));
            else if (number == 0 && mayKeepTime)
                times.Add(onset);
            rest = end < 0 ? default : rest[(end + 1)..];
        }

        return isWhole;
    }

    private static bool TryTime(ReadOnlySpan<byte> text, out decimal seconds)
    {
        seconds = 0;
        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;
        return text.Length <= LongestTime
            && decimal.TryParse(text, Style, CultureInfo.InvariantCulture, out seconds)
            && decimal.Abs(seconds) <= EdfTimeline.LongestSeconds * 2;
    }
}
