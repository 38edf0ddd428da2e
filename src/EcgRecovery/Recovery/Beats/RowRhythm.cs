using EcgRecovery.Beats;

namespace EcgRecovery.Recovery.Beats;

/// <summary>Judges from the lengths of successive rows whether their rhythm is one that models of beats are calibrated on.</summary>
/// <remarks>
/// A row ends a fifth of an interval after the next beat, so its length follows the heart rate. In the 20 records on which the intervals of
/// the model <c>beat</c> are calibrated with equal weight, the median change from row to row is at most 0.041 in 17, and 0.145 to 0.237 in
/// the records 106 and 119 (ventricular bigeminy) and 203 (atrial fibrillation).
/// </remarks>
internal static class RowRhythm
{
    // Between the 17 records and the three.
    private const double LargestUsualChange = 0.1;

    // Fewer changes have no reliable median.
    private const int MinimumChanges = 20;

    /// <summary>Returns the remark for rows of an irregular rhythm; null for a usual one, and where the lengths do not show it.</summary>
    /// <param name="beats">The rows, in the order of time.</param>
    /// <param name="method">The method with intervals.</param>
    public static string? Remark(HeartbeatSet beats, string method) => MedianChange(beats) is > LargestUsualChange and var change
        ? FormattableString.Invariant(
            $"the lengths of successive rows differ by {100 * change:0} % (median), as in atrial fibrillation or bigeminy, or in rows ")
            + $"without order: only 3 of the 20 records that {method} is calibrated on are so irregular, and its intervals may cover less"
        : null;

    /// <summary>Returns the median of the relative change of length from row to row; null where too few lengths are known.</summary>
    public static double? MedianChange(HeartbeatSet beats)
    {
        var changes = new List<double>();
        var before = Length(beats, 0);
        for (var row = 1; row < beats.Count; row++)
        {
            var length = Length(beats, row);
            var isOneRecord = beats.Sources is not { } sources || sources[row].Record == sources[row - 1].Record;
            if (isOneRecord && before is { } one && length is { } other)
                changes.Add(2.0 * Math.Abs(other - one) / (other + one));
            before = length;
        }

        if (changes.Count < MinimumChanges)
            return null;
        changes.Sort();
        return changes[changes.Count / 2];
    }

    // A row that was cut, or whose end is missing, does not show where it ended.
    private static int? Length(HeartbeatSet beats, int row)
    {
        if (row >= beats.Count)
            return null;
        var length = beats.RealLength(row);
        return length is > 0 and < HeartbeatSet.BeatLength && !float.IsNaN(beats[row][length - 1]) ? length : null;
    }
}
