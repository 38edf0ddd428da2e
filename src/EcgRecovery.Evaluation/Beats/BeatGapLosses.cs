using EcgRecovery.Beats;
using EcgRecovery.Records;

namespace EcgRecovery.Evaluation.Beats;

/// <summary>Numbers of rows in which the gap hides more than its samples.</summary>
/// <param name="Rows">Rows that lose real signal.</param>
/// <param name="RowsWithoutEnd">
/// Those whose signal ends inside the gap. With the end the position of the next beat is lost: a row ends a fifth of an interval after it.
/// </param>
/// <param name="RowsWithoutExtreme">Those whose minimum or maximum, by which the row was scaled, lies in the gap only.</param>
internal sealed record BeatGapLosses(int Rows, int RowsWithoutEnd, int RowsWithoutExtreme)
{
    /// <summary>Counts the rows.</summary>
    /// <param name="beats">Complete beats.</param>
    /// <param name="gaps">The samples set missing.</param>
    public static BeatGapLosses Of(HeartbeatSet beats, BeatGapPlan gaps)
    {
        var (rows, withoutEnd, withoutExtreme) = (0, 0, 0);
        for (var row = 0; row < beats.Count; row++)
        {
            var length = beats.RealLength(row);
            if (gaps.Of(beats, row) is not { } gap || length <= gap.Start)
                continue;
            rows++;
            if (length <= gap.End)
                withoutEnd++;
            if (HidesExtreme(beats[row][..length], gap))
                withoutExtreme++;
        }

        return new BeatGapLosses(rows, withoutEnd, withoutExtreme);
    }

    private static bool HidesExtreme(ReadOnlySpan<float> signal, SampleSpan gap)
    {
        var (low, high) = (float.PositiveInfinity, float.NegativeInfinity);
        var (lowSeen, highSeen) = (low, high);
        for (var t = 0; t < signal.Length; t++)
        {
            (low, high) = (Math.Min(low, signal[t]), Math.Max(high, signal[t]));
            if (!gap.Contains(t))
                (lowSeen, highSeen) = (Math.Min(lowSeen, signal[t]), Math.Max(highSeen, signal[t]));
        }

        return low < lowSeen || high > highSeen;
    }
}
