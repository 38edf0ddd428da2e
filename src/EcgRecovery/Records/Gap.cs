using System.Globalization;

namespace EcgRecovery.Records;

/// <summary>A run of missing samples, half-open: [<paramref name="StartSample"/>, <paramref name="EndSample"/>).</summary>
/// <param name="StartSample">First missing sample, counted from 0.</param>
/// <param name="EndSample">First sample after the gap.</param>
public readonly record struct Gap(int StartSample, int EndSample)
{
    /// <summary>Missing samples.</summary>
    public int Length => EndSample - StartSample;

    /// <summary>Whether the sample lies in the gap.</summary>
    public bool Contains(int sample) => sample >= StartSample && sample < EndSample;

    /// <summary>Reads <c>100..137</c>.</summary>
    /// <exception cref="FormatException">The text is not two non-negative whole numbers, the second larger, with <c>..</c> between.</exception>
    public static Gap Parse(string text)
    {
        var parts = text.Split("..");
        if (parts.Length == 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var start)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var end)
            && start < end)
        {
            return new Gap(start, end);
        }

        throw new FormatException($"'{text}' is not a gap; expected START..END with START < END, half-open, as in 100..137.");
    }

    /// <summary>Writes <c>100..137</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{StartSample}..{EndSample}");
}
