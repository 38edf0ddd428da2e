using System.Globalization;
using System.Text;

namespace EcgRecovery.Tests.Formats.Fuzzing;

/// <summary>Breaks a file a little, the way disks, networks and other people's programs do, and the way an attacker would.</summary>
internal static class Mutator
{
    /// <summary>Values at which arithmetic turns over, and words that are almost numbers.</summary>
    private static readonly string[] s_numbers =
    [
        "0", "1", "-1", "2", "7", "12", "16", "127", "128", "255", "256", "-128", "2047", "-2048", "32767", "-32768", "65535", "65536",
        "8388607",
        "-8388608", "99999999", "2147483647", "-2147483648", "2147483648", "4294967296", "9223372036854775807", "9223372036854775808",
        "99999999999999999999", "0.5", "-0.0", "1e-300", "1e300", "1e999", "NaN", "-", "", "x", "0x10", "1,5", "+3", "212", "310", "8",
        "508", "360/1(0)", "~", "±",
    ];

    private static readonly byte[] s_bytes =
    [
        0, 1, 0x0A, 0x0D, 0x14, 0x15, 0x20, 0x22, 0x2C, 0x2D, 0x2F, 0x30, 0x39, 0x3B, 0x7F, 0x80, 0xFF,
    ];

    /// <summary>One to four changes, mostly one.</summary>
    /// <param name="original">The file.</param>
    /// <param name="random">Where and what.</param>
    public static byte[] Mutate(ReadOnlySpan<byte> original, Random random)
    {
        var bytes = new List<byte>(original.Length + 64);
        bytes.AddRange(original);
        do
            Change(bytes, random);
        while (random.Next(3) == 0);
        return [.. bytes];
    }

    private static void Change(List<byte> bytes, Random random)
    {
        if (bytes.Count == 0)
        {
            bytes.Add((byte)random.Next(256));
            return;
        }

        var at = random.Next(bytes.Count);
        var length = Math.Min(bytes.Count - at, 1 + random.Next(1 << random.Next(8)));
        switch (random.Next(12))
        {
            case 0 or 1:
                bytes[at] ^= (byte)(1 << random.Next(8));
                break;
            case 2:
                bytes[at] = s_bytes[random.Next(s_bytes.Length)];
                break;
            case 3:
                bytes[at] = (byte)random.Next(256);
                break;
            case 4:
                bytes.RemoveRange(at, length);
                break;
            case 5:
                bytes.InsertRange(at, bytes.GetRange(at, length));
                break;
            case 6:
                bytes.InsertRange(at, bytes.GetRange(random.Next(bytes.Count - length + 1), length));
                break;
            case 7:
                Overwrite(bytes, at, bytes.GetRange(random.Next(bytes.Count - length + 1), length));
                break;
            case 8 when random.Next(3) == 0:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            default:
                ChangeNumber(bytes, at, random);
                break;
        }
    }

    /// <summary>
    /// Puts another number in the place of the next one in the text; half of the time in the same room, as EDF's fields have.
    /// </summary>
    private static void ChangeNumber(List<byte> bytes, int at, Random random)
    {
        while (at < bytes.Count && !char.IsAsciiDigit((char)bytes[at]))
            at++;
        var end = at;
        while (end < bytes.Count && (char.IsAsciiDigit((char)bytes[end]) || bytes[end] == '.'))
            end++;
        if (at == end)
            return;
        var old = Encoding.ASCII.GetString(bytes.GetRange(at, end - at).ToArray());
        var text = random.Next(3) > 0 || !double.TryParse(old, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            ? s_numbers[random.Next(s_numbers.Length)]
            : (value + random.Next(-2, 3)).ToString(CultureInfo.InvariantCulture);
        var number = Encoding.UTF8.GetBytes(text);
        if (random.Next(2) == 0)
        {
            var room = end - at;
            while (room < number.Length && at + room < bytes.Count && bytes[at + room] == ' ')
                room++;
            Overwrite(bytes, at, [.. number.Concat(Enumerable.Repeat((byte)' ', room)).Take(room)]);
        }
        else
        {
            bytes.RemoveRange(at, end - at);
            bytes.InsertRange(at, number);
        }
    }

    private static void Overwrite(List<byte> bytes, int at, List<byte> with)
    {
        for (var i = 0; i < with.Count && at + i < bytes.Count; i++)
            bytes[at + i] = with[i];
    }
}
