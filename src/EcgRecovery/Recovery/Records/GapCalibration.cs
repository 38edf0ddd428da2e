using EcgRecovery.Recovery.Records.Intervals;

namespace EcgRecovery.Recovery.Records;

/// <summary>What the hidden gaps of one length, filled by one method, tell about a further gap like them.</summary>
/// <remarks>
/// Bounds are <c>y ± q·r·s</c>: s the method's scale of a sample's error; r, for the sample's place in the beat, the quantile of
/// <c>|y − x|/s</c> there over that at all places, 1 where fewer than 20 hidden gaps have samples there; q the conformal quantile of
/// <c>|y − x|/(r·s)</c>.
/// </remarks>
internal sealed class GapCalibration
{
    private const int MinimumGapsPerPlace = 20;

    private const int Folds = 5;
    private const double NarrowSeconds = 0.020;

    private readonly IReadOnlyList<HiddenGapScore> _gaps;
    private readonly Dictionary<double, double[]?> _quantiles = [];

    /// <param name="gaps">Hidden gaps of one length that one method filled; at least one.</param>
    public GapCalibration(IReadOnlyList<HiddenGapScore> gaps)
    {
        _gaps = gaps;
        foreach (var level in RecoveryOptions.IntervalLevels)
            _quantiles[level] = Quantiles(gaps, level);
        PeaksWithinSeconds = ConformalQuantile.OfValues(gaps.SelectMany(gap => gap.PeakErrors), RecoveryOptions.DefaultIntervalLevel);
    }

    /// <summary>Mean over the gaps, in the lead's unit.</summary>
    public double Rmse => _gaps.Average(gap => gap.Rmse);

    /// <summary>As <see cref="Rmse"/>, of straight lines.</summary>
    public double LineRmse => _gaps.Average(gap => (gap.Line ?? gap).Rmse);

    /// <summary>
    /// 95 % of the recovered R peaks lie at most so far from a true one; null where that is more than 150 ms or not known.
    /// </summary>
    public double? PeaksWithinSeconds { get; }

    /// <summary>What the same gaps tell about straight lines.</summary>
    public GapCalibration Line => field ??= new GapCalibration([.. _gaps.Select(gap => gap.Line ?? gap)]);

    /// <summary>Returns half the width of the interval at each sample of a gap; null where there are too few hidden gaps.</summary>
    /// <param name="level">One of <see cref="RecoveryOptions.IntervalLevels"/>.</param>
    /// <param name="scale">s, [samples].</param>
    /// <param name="places">[samples].</param>
    public float[]? HalfWidths(double level, ReadOnlySpan<float> scale, ReadOnlySpan<BeatPlace> places)
    {
        if (_quantiles[level] is not { } quantiles)
            return null;
        var widths = new float[scale.Length];
        for (var t = 0; t < widths.Length; t++)
            widths[t] = (float)(quantiles[(int)places[t]] * scale[t]);
        return widths;
    }

    /// <summary>Returns the figures for users.</summary>
    /// <param name="lead">Number of the lead.</param>
    public SelfTestCell ToCell(int lead) => new()
    {
        Lead = lead,
        Method = _gaps[0].Method,
        MinimumSeconds = _gaps.Min(gap => gap.Seconds),
        MaximumSeconds = _gaps.Max(gap => gap.Seconds),
        Gaps = _gaps.Count,
        Rmse = Rmse,
        LineRmse = LineRmse,
        Intervals = [.. RecoveryOptions.IntervalLevels.Select(Test).OfType<SelfTestInterval>()],
        TrueRPeaks = _gaps.Sum(gap => gap.TruePeaks),
        RecoveredRPeaks = _gaps.Sum(gap => gap.PeakErrors.Length),
        RPeaksWithin20Ms = _gaps.Sum(gap => gap.PeakErrors.Count(seconds => seconds <= NarrowSeconds)),
        RPeaksWithinSeconds = PeaksWithinSeconds,
    };

    // Cross-conformal: each gap is covered, or not, by the quantiles of gaps that it is not one of.
    private SelfTestInterval? Test(double level)
    {
        var (covered, width, tested) = (0.0, 0.0, 0);
        for (var fold = 0; fold < Folds; fold++)
        {
            if (Quantiles([.. _gaps.Where((_, i) => i % Folds != fold)], level) is not { } quantiles)
                continue;
            foreach (var gap in _gaps.Where((_, i) => i % Folds == fold))
            {
                covered += gap.Errors.Where((error, t) => error <= quantiles[(int)gap.Places[t]]).Count() / (double)gap.Errors.Length;
                width += gap.Scale.Select((scale, t) => 2 * quantiles[(int)gap.Places[t]] * scale).Average();
                tested++;
            }
        }

        return tested == 0 ? null : new SelfTestInterval(level, covered / tested, width / tested);
    }

    /// <summary>Returns q·r of each place; null where there are too few gaps.</summary>
    private static double[]? Quantiles(IReadOnlyList<HiddenGapScore> gaps, double level)
    {
        if (gaps.Count == 0)
            return null; // a single gap has no others to be tested by
        var ratios = Ratios(gaps, level);
        var errors = gaps.Select(gap => gap.Errors.Select((error, t) => error / (float)ratios[(int)gap.Places[t]]).ToArray()).ToList();
        return ConformalQuantile.OfGaps(errors, level) is { } quantile ? Array.ConvertAll(ratios, ratio => ratio * quantile) : null;
    }

    /// <summary>Returns the quantile of the errors at each place, relative to that of all.</summary>
    private static double[] Ratios(IReadOnlyList<HiddenGapScore> gaps, double level)
    {
        var all = Quantile(gaps.SelectMany(gap => gap.Errors));
        return [.. Enumerable.Range(0, BeatPlaces.Count).Select(place => At((BeatPlace)place))];

        double At(BeatPlace place)
        {
            float[][] errors = [.. gaps.Select(gap => ErrorsAt(gap, place)).Where(errors => errors.Length > 0)];
            var ratio = errors.Length < MinimumGapsPerPlace ? 1 : Quantile(errors.SelectMany(error => error)) / all;
            return ratio > 0 && double.IsFinite(ratio) ? ratio : 1;
        }

        double Quantile(IEnumerable<float> errors)
        {
            float[] sorted = [.. errors.Order()];
            return sorted[(int)(level * (sorted.Length - 1))];
        }
    }

    private static float[] ErrorsAt(HiddenGapScore gap, BeatPlace place) =>
        [.. gap.Errors.Where((_, t) => gap.Places[t] == place)];
}
