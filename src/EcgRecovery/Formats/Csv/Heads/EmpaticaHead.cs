using System.Globalization;
using EcgRecovery.Formats.Csv.Cells;

namespace EcgRecovery.Formats.Csv.Heads;

/// <summary>
/// Empatica E4: in every column the first row is the start in seconds since 1970 (UTC), the second row the sampling frequency.
/// </summary>
/// <remarks>The wristband measures no voltage: its values have units of their own, which no file names.</remarks>
internal static class EmpaticaHead
{
    // 2001-09-09 to 2100.
    private const double FirstStart = 1e9;
    private const double LastStart = 4.1e9;
    private const double HighestHz = 10_000;

    // Values in the range of a time in every row are no head.
    private const int FewestLines = 3;

    /// <inheritdoc cref="TextHeads.Read"/>
    public static TextHead? Read(IReadOnlyList<string> lines)
    {
        if (lines.Count < FewestLines || Equal(lines[0]) is not (>= FirstStart and <= LastStart and var start)
            || Equal(lines[1]) is not (> 0 and <= HighestHz and var frequency) || Equal(lines[2]) >= FirstStart)
        {
            return null;
        }

        return new TextHead
        {
            Program = "Empatica",
            Lines = 2,
            FrequencyHz = frequency,
            HasNoTimes = true,
            Unit = TextUnits.None,
            Start = DateTime.UnixEpoch.AddMicroseconds(Math.Round(start * 1e6)),
            Remarks = ["The first two lines were taken for the start, in UTC, and the sampling frequency, as Empatica writes them."],
        };
    }

    /// <summary>Returns the number that all cells of a line have; null if they differ.</summary>
    private static double? Equal(string line)
    {
        var cells = line.Split([',', ';', '\t'], StringSplitOptions.TrimEntries);
        return Array.TrueForAll(cells, cell => cell == cells[0])
            && double.TryParse(cells[0], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
            ? value
            : null;
    }
}
