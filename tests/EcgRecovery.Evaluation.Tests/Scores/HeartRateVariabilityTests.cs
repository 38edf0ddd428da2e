using EcgRecovery.Evaluation.Scores;

namespace EcgRecovery.Evaluation.Tests.Scores;

public class HeartRateVariabilityTests
{
    /// <remarks>
    /// From scipy 1.10.1:
    /// <code>
    /// import numpy as np
    /// from scipy.signal import lombscargle
    /// def peaks(n):
    ///     t = [0.5]
    ///     for i in range(n - 1):
    ///         x = t[-1]
    ///         t.append(x + 0.8 + 0.05*np.sin(2*np.pi*0.1*x) + 0.02*np.sin(2*np.pi*0.27*x) + 0.003*((i*7919) % 11 - 5))
    ///     return np.array(t)
    /// def hrv(t, dropped):
    ///     rr = np.diff(t)
    ///     ok = ~dropped &amp; (rr >= .3) &amp; (rr &lt;= 2)
    ///     at = np.flatnonzero(ok)
    ///     nn = np.zeros(len(rr), bool)
    ///     for k, i in enumerate(at):
    ///         m = np.median(rr[np.r_[at[max(0, k-5):k], at[k+1:k+6]]])
    ///         nn[i] = abs(rr[i] - m) &lt;= .2*m
    ///     d = np.diff(rr)[nn[1:] &amp; nn[:-1]]
    ///     y, ty = rr[nn], t[1:][nn]
    ///     f = lambda a, b: a + 0.0005*(np.arange(round((b-a)/0.0005)) + .5)
    ///     p = lambda a, b: lombscargle(ty, y - y.mean(), 2*np.pi*f(a, b)).sum()
    ///     return nn.sum(), 1000*y.std(ddof=1), 1000*np.sqrt((d**2).mean()), p(.04, .15)/p(.15, .4)
    /// t = peaks(400)
    /// print(hrv(t, np.zeros(399, bool)))
    /// u = t.copy(); u[100] -= .25; u = np.delete(u, 200); u = np.sort(np.append(u, u[300] + .2))
    /// print(hrv(u, np.zeros(len(u)-1, bool)))
    /// drop = np.array([any(a &lt; g1 and g0 &lt; b for g0, g1 in [(50, 52.5), (120, 180)]) for a, b in zip(u, u[1:])])
    /// print(drop.sum(), hrv(u, drop))
    /// </code>
    /// </remarks>
    [Fact]
    public void The_figures_are_those_of_scipy()
    {
        Agree(HeartRateVariability.Of(Peaks(400)), 399, 39.718904607445126, 26.8155993592465, 5.8066851409419415);
        var disturbed = Disturbed();
        Agree(HeartRateVariability.Of(disturbed), 394, 39.86631694757798, 26.56417430185117, 5.752116993795789);
        var isDropped = HeartRateVariability.Across(disturbed, [(50, 52.5), (120, 180)]);
        Assert.Equal(80, isDropped.Count(dropped => dropped));
        Agree(HeartRateVariability.Of(disturbed, isDropped), 315, 39.94179212150914, 26.93156625844481, 5.282296419413968);
    }

    // Intervals of 0.8 s, two of 1 s far apart: SDNN from two values that differ, RMSSD from four steps of 0.2 s among 20.
    [Fact]
    public void Deviation_and_steps_can_be_worked_by_hand()
    {
        double[] intervals = [.. Enumerable.Range(0, 21).Select(i => i is 6 or 14 ? 0.9 : 0.8)];
        var score = HeartRateVariability.Of(Times(intervals));
        Assert.Equal(21, score.Intervals);
        Assert.Equal(1000 * Math.Sqrt(0.01 * (2 - (4 / 21.0)) / 20), score.Sdnn, 1e-9);
        Assert.Equal(1000 * Math.Sqrt(4 * 0.01 / 20), score.Rmssd, 1e-9);
        Assert.True(double.IsNaN(score.LowToHigh));
    }

    // Without the two intervals 10 and 11 the pairs (9, 10), (10, 11) and (11, 12) are lost: none joins 9 and 12.
    [Fact]
    public void No_step_leads_across_a_dropped_interval()
    {
        double[] intervals = [.. Enumerable.Range(0, 24).Select(i => i < 10 ? 0.8 : 0.9)];
        var dropped = new bool[24];
        dropped[10] = dropped[11] = true;
        var score = HeartRateVariability.Of(Times(intervals), dropped);
        Assert.Equal(22, score.Intervals);
        Assert.Equal(0, score.Rmssd, 1e-9);
        Assert.Equal(1000 * 0.1 * Math.Sqrt(10 * 12 / 22.0 / 21), score.Sdnn, 1e-9);
    }

    [Fact]
    public void Too_little_gives_no_figure()
    {
        Assert.Equal(new HeartRateVariability(0, double.NaN, double.NaN, double.NaN), HeartRateVariability.Of([]));
        Assert.Equal(0, HeartRateVariability.Of([1, 2]).Intervals);
        var nine = HeartRateVariability.Of(Peaks(10));
        Assert.Equal((9, true, true), (nine.Intervals, double.IsNaN(nine.Sdnn), double.IsNaN(nine.Rmssd)));
        var ten = HeartRateVariability.Of(Peaks(11));
        Assert.Equal((10, false, true), (ten.Intervals, double.IsNaN(ten.Sdnn), double.IsNaN(ten.Rmssd)));
        // 150 intervals of 0.8 s are 120 s.
        Assert.True(double.IsNaN(HeartRateVariability.Of(Peaks(140)).LowToHigh));
        Assert.False(double.IsNaN(HeartRateVariability.Of(Peaks(160)).LowToHigh));
    }

    [Fact]
    public void A_gap_drops_every_interval_that_it_touches()
    {
        double[] peaks = [1, 2, 3, 4, 5, 6];
        Assert.Equal([false, true, true, false, false], HeartRateVariability.Across(peaks, [(2.5, 3.5)]));
        Assert.Equal([false, true, false, false, false], HeartRateVariability.Across(peaks, [(2, 3)]));
        Assert.Equal([true, false, false, true, true], HeartRateVariability.Across(peaks, [(0, 1.1), (4.9, 5.1), (7, 9)]));
        Assert.Empty(HeartRateVariability.Across([], [(0, 1)]));
    }

    [Fact]
    public void Flags_of_another_number_are_refused()
    {
        var exception = Assert.Throws<ArgumentException>(() => HeartRateVariability.Of([0, 1, 2], [false]));
        Assert.Contains("has 1 values; expected one for each of 2 intervals", exception.Message, StringComparison.Ordinal);
    }

    private static void Agree(HeartRateVariability score, int intervals, double sdnn, double rmssd, double lowToHigh)
    {
        Assert.Equal(intervals, score.Intervals);
        Assert.Equal([sdnn, rmssd, lowToHigh], [score.Sdnn, score.Rmssd, score.LowToHigh], (a, b) => Math.Abs(a - b) < 1e-9 * a);
    }

    private static double[] Peaks(int count)
    {
        var peaks = new double[count];
        peaks[0] = 0.5;
        for (var i = 0; i + 1 < count; i++)
        {
            var x = peaks[i];
            var waves = (0.05 * Math.Sin(Math.Tau * 0.1 * x)) + (0.02 * Math.Sin(Math.Tau * 0.27 * x));
            peaks[i + 1] = x + 0.8 + waves + (0.003 * ((i * 7919 % 11) - 5));
        }

        return peaks;
    }

    // A premature beat, a missed and an invented one.
    private static double[] Disturbed()
    {
        var peaks = Peaks(400).ToList();
        peaks[100] -= 0.25;
        peaks.RemoveAt(200);
        peaks.Insert(301, peaks[300] + 0.2);
        return [.. peaks];
    }

    private static double[] Times(double[] intervals)
    {
        var times = new double[intervals.Length + 1];
        for (var i = 0; i < intervals.Length; i++)
            times[i + 1] = times[i] + intervals[i];
        return times;
    }
}
