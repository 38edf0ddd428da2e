namespace EcgRecovery.Recovery;

/// <summary>How a method recovered hidden gaps of one lead and of like length, whose samples are known.</summary>
public sealed record SelfTestCell
{
    /// <summary>Number of the lead, counted from 0.</summary>
    public required int Lead { get; init; }

    /// <summary>The method.</summary>
    public required string Method { get; init; }

    /// <summary>Duration of the shortest of the gaps.</summary>
    public required double MinimumSeconds { get; init; }

    /// <summary>Duration of the longest of the gaps.</summary>
    public required double MaximumSeconds { get; init; }

    /// <summary>Number of gaps that were hidden and recovered.</summary>
    public required int Gaps { get; init; }

    /// <summary>Mean over gaps of the root mean square error in the gap, in the lead's unit.</summary>
    public required double Rmse { get; init; }

    /// <summary>As <see cref="Rmse"/>, of straight lines.</summary>
    public required double LineRmse { get; init; }

    /// <summary>The intervals, lowest level first; empty where there are too few gaps.</summary>
    public required IReadOnlyList<SelfTestInterval> Intervals { get; init; }

    /// <summary>Number of R peaks in the hidden samples.</summary>
    public required int TrueRPeaks { get; init; }

    /// <summary>Number of R peaks in the recovered samples.</summary>
    public required int RecoveredRPeaks { get; init; }

    /// <summary>Number of recovered R peaks within 20 ms of a true one.</summary>
    public required int RPeaksWithin20Ms { get; init; }

    /// <summary>
    /// 95 % of the recovered R peaks lie at most so far from a true one; null where that is more than 0.15 s or not known.
    /// </summary>
    public required double? RPeaksWithinSeconds { get; init; }
}

/// <summary>How intervals of one level did on hidden gaps.</summary>
/// <param name="Level">The probability that a true sample lies within its interval.</param>
/// <param name="Coverage">
/// Mean over gaps of the share of samples within the interval, each gap by a calibration on the others: of each fifth on the other four.
/// </param>
/// <param name="Width">Mean width, in the lead's unit.</param>
public sealed record SelfTestInterval(double Level, double Coverage, double Width);
